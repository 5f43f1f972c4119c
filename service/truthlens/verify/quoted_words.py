"""Quotation marks of a sentence against its evidence: what stands within them was said, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from truthlens.domain import Span
from truthlens.verify.objection import Objection
from truthlens.voices.quotation import quotations

MASK = "\ufffc"
SCARE = 3
"""Words up to which a quotation is one of single words: without its marks they become the teller's own."""

_MARKS = "“”„«»‘’\"'"
_GAP = re.compile(r"…|\.\.\.|\[[^\]]{0,80}\]|\([^)]{0,80}\)")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-", "–": "-", "—": "-"})


def within(text: str) -> tuple[tuple[Span, str], ...]:
    """Quotations with their place, without marks and without the punctuation that an editor adds."""
    return tuple((span, span.of(text).strip(_MARKS).strip(" ,.;:!?")) for span in quotations(text))


def outside(text: str) -> str:
    """The text with each quoted character masked, so that offsets stay."""
    characters = list(text)
    for span in quotations(text):
        characters[span.start : span.end] = MASK * len(span)
    return "".join(characters)


def of_quotations(text: str, evidence: Sequence[str], *, strict: bool) -> Iterator[Objection]:
    """``strict``: the words must stand in quotation marks in the evidence as well, and keep them."""
    whole = [plain(piece) for piece in evidence]
    quoted = [plain(words) for piece in evidence for _, words in within(piece)]
    for _, said in within(text):
        for part in _GAP.split(said):
            wanted = plain(part).strip(" ,.;:!?")
            if wanted and not any(_stands_in(wanted, piece) for piece in (quoted if strict else whole)):
                yield Objection("quotation", part.strip())
                break
    if strict:
        own = plain(outside(text))
        unmarked = [plain(outside(piece)) for piece in evidence]
        for words in quoted:
            bare = words and len(words.split()) <= SCARE and _stands_in(words, own)
            if bare and not any(_stands_in(words, piece) for piece in unmarked):
                yield Objection("quotation", f"{words} without its marks")


def plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split()).casefold()


def _stands_in(words: str, text: str) -> bool:
    """As whole words."""
    start = text.find(words)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(words) : start + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            return True
        start = text.find(words, start + 1)
    return False
