"""A headline or sentence reworded: what changes, how it then reads, whether it may be offered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.ledgers.figures import values
from truthlens.rewording.wording import WORD, agree

CLOSE = 0.8
"""Cosine to the original from which a rewording is taken to say the same. Measured on 700 titles of NeuS'
train part: 79 candidates changed a loaded wording, all but one lay above it, and those above came nearer to
the neutral title of the event in 56%. The one below ("firestorm" for a dispute) moved away.
"""

GAIN = 0.05
"""By how much a headline must read as less loaded. Of the 71 titles with a candidate 20 gained less: they
were plain ("cases surge", "vows to become speaker") or had another, louder word that stayed.
"""

QUALIFIED = 0.05
"""By how much a qualifier put back may move that score: "at least" says less, not more. Of six on the same
titles none moved it up by more than .01.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``span`` of the article's text gives way to ``plainer``: "" leaves it out, an empty span puts it in.

    ``lost`` completes "loses …". A qualifier that is put back has ``source``, the sentence that
    states it, and the ``figure`` that it belongs to.
    """

    span: Span
    plainer: str
    lost: str = ""
    source: Span | None = None
    figure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``text`` is what then stands in place of ``span``, a headline or a sentence."""

    span: Span
    text: str
    changes: tuple[Change, ...]

    @property
    def plainer(self) -> bool:
        """Whether it takes wording away; else it only puts qualifiers back."""
        return any(change.source is None for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A candidate that may be offered. ``closeness`` is a cosine to the original, ``fit`` one to the rest of
    the article; ``loaded`` and ``was_loaded`` are the chances that it and the original read as loaded.
    """

    text: str
    changes: tuple[Change, ...]
    closeness: float
    fit: float
    loaded: float
    was_loaded: float


def candidate(text: str, span: Span, changes: Sequence[Change]) -> Candidate:
    """``span`` of the article with all ``changes`` made; they must not overlap."""
    ordered = tuple(sorted(changes, key=lambda change: (change.span.start, change.span.end)))
    reworded = span.of(text)
    for change in reversed(ordered):
        reworded = _changed(reworded, change.span.start - span.start, change.span.end - span.start, change)
    return Candidate(span=span, text=reworded, changes=ordered)


def keeps(original: str, reworded: str, names: Collection[str]) -> bool:
    """Whether every number of the original, and every word of it that is in ``names`` (lower case), stays."""
    mine = _words(reworded)
    named = {word for word in _words(original) if word in names}
    return values(original) == values(reworded) and named <= mine


def acceptable(
    candidate: Candidate, *, closeness: float, loaded: float, was_loaded: float, gain: float
) -> bool:
    """Whether it says the same and reads as less loaded, by more than ``gain``.

    One that only puts qualifiers back need not gain anything.
    """
    if closeness < CLOSE:
        return False
    return loaded < was_loaded - gain if candidate.plainer else loaded <= was_loaded + QUALIFIED


def _changed(text: str, start: int, end: int, change: Change) -> str:
    before, after = text[:start], text[end:]
    if not change.plainer:
        after = after.lstrip() if not before or before[-1].isspace() else after
        if after[:1] in ",.;:!?)":
            before = before.rstrip()
    new = f"{change.plainer} {after}" if start == end else change.plainer + after
    opens = not any(character.isalnum() for character in before)
    if opens and text[start : start + 1].isupper():
        new = new[:1].upper() + new[1:]
    return agree(before, new) + new


def _words(text: str) -> set[str]:
    return {match.group() for match in WORD.finditer(text.lower().replace("’", "'"))}
