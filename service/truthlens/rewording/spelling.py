"""Whether an article is spelt in the American way, and a plainer wording in that spelling. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

_AMERICAN = re.compile(
    r"\bU\.S\.|\b(?:Sen|Rep|Gov)\.\s|\bGOP\b|\b(?:percent|toward|gotten)\b"
    r"|\b[a-z]{3,20}(?:iz(?:e|es|ed|ing)|ization)\b"
    r"|\b[a-z]{0,6}(?:color|labor|harbor|favor|honor|behavior|neighbor)"
    r"|\b(?:center|centers|defense|program|programs|traveled|canceled)\b"
)
_BRITISH = re.compile(
    r"\bper cent\b|\btowards\b|\b[a-z]{3,20}(?:isation|ising|ised)\b"
    r"|\b[a-z]{0,6}(?:colour|labour|harbour|favour|honour|behaviour|neighbour)"
    r"|\b(?:centre|centres|defence|programme|programmes|travelled|cancelled)\b"
)
_ALIKE = frozenset(
    "raised raising advised advising promised promising surprised surprising revised revising exercised "
    "exercising comprised comprising supervised supervising praised praising disguised compromised "
    "rising arising advertised advertising premised televised improvised despised devised".split()
)
"""Written with an s on both sides of the ocean."""

_STEMS = re.compile(r"\b((?:critic|(?:dis)?organ|politic)i)s(?=e|ing)", re.IGNORECASE)
_WORDS = {
    "centre": "center", "programme": "program", "favourable": "favorable", "sceptic": "skeptic",
    "sceptics": "skeptics", "towards": "toward",
}  # fmt: skip
_LISTED = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def is_american(text: str) -> bool:
    """By what it holds more of; British on a tie, as the table of wordings is."""
    british = sum(match.group() not in _ALIKE for match in _BRITISH.finditer(text))
    return sum(1 for _ in _AMERICAN.finditer(text)) > british


def american(wording: str) -> str:
    """A wording of the table as Americans spell it, in its own case."""
    return _LISTED.sub(_listed, _STEMS.sub(r"\1z", wording))


def _listed(match: re.Match[str]) -> str:
    word = _WORDS[match.group().lower()]
    return word.capitalize() if match.group()[0].isupper() else word
