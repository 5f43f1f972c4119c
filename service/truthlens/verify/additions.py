"""What a sentence adds to its evidence: purposes, clauses of its own, a wider "all" or "most"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from truthlens.verify.objection import Objection
from truthlens.verify.quoted_words import MASK, outside
from truthlens.verify.speech import Source
from truthlens.verify.words import content, stem, words

_PURPOSE = re.compile(
    r"\b(?:in order to|so as to|in an? (?:bid|effort|attempt) to|with the (?:aim|goal|intention|purpose) of|"
    r"designed (?:to|for)|aim(?:s|ed|ing)? (?:to|at)|seek(?:s|ing)? to|sought to|"
    r"intend(?:s|ed|ing)? to|intention\w*|intent|deliberate(?:ly)?|meant to|purpose(?:ly|fully)?|"
    r"tr(?:y|ies|ied|ying) to|attempt(?:s|ed|ing)? to|hop(?:es|ed|ing) to|manipulat\w+|agenda|motiv\w+)\b",
    re.IGNORECASE,
)
_AMOUNTS = frozenset(
    stem(word)
    for word in """all every everyone everybody most always entire entirely whole only several many few
    numerous""".split()
)
_CUT = re.compile(r"[,;:—–()]|\s-\s|\b(?:and|while|amid|thereby|which|with|raising|by)\b")
NEW = 0.5
"""Share of a clause's content words beyond which it says something else. A design choice: a plain rewording
exchanges a verb or a noun of a clause, an invented clause has hardly a word of the source."""

SLACK = 1
"""Words that may be put in beyond those that go: on the 20 pairs of `tests/rewordings.py` no plain rewording
needs more, and 13 bolder ones do."""


def of_intent(text: str, evidence: Sequence[str]) -> Iterator[Objection]:
    """Nobody can see an intention: only what the evidence itself calls one may be told as one."""
    known = {stem(match.group().split()[0]) for piece in evidence for match in _PURPOSE.finditer(piece)}
    for match in _PURPOSE.finditer(outside(text)):
        if stem(match.group().split()[0]) not in known:
            yield Objection("intent", match.group())


def of_words(text: str, evidence: Sequence[str], found: Source) -> Iterator[Objection]:
    """For another's wording: clauses that hardly share a word with the evidence, wider amounts, and words
    put in without another one going: adjectives are added so.
    """
    known = {word.stem for piece in evidence for word in words(piece)}
    for clause in _CUT.split(outside(text).replace(MASK, " ")):
        here = list(content(clause))
        new = [word for word in here if word not in known]
        if len(here) >= 2 and len(new) > NEW * len(here):
            yield Objection("addition", clause.strip())
    for word in words(text):
        if word.stem in _AMOUNTS and word.stem not in known:
            yield Objection("addition", word.text)
    added = set(content(outside(text))) - known
    dropped = set(content(found.text)) - set(content(text))
    if len(added) > len(dropped) + SLACK:
        yield Objection("addition", ", ".join(sorted(added)))
