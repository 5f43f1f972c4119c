"""Names of persons, organisations and places, decoded from the word head ``entity``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from truthlens.domain import Span
from truthlens.encode import Floats

Kind = Literal["person", "organisation", "place"]

OUTPUTS = (
    "none", "person_first", "person", "organisation_first", "organisation", "place_first", "place",
)  # fmt: skip
"""Of the head: no name, the first word of a name, a further word of it. They exclude one another."""

_KINDS: dict[str, Kind] = {"person": "person", "organisation": "organisation", "place": "place"}
_POSSESSIVES = ("’s", "'s", "’", "'")


def names(
    text: str, words: Sequence[Span], scores: Floats, *, outputs: Sequence[str] = OUTPUTS
) -> tuple[tuple[Span, Kind], ...]:
    """The names in one sentence with their kind, in order and without overlap.

    ``words`` are the sentence's words as spans within ``text``, ``scores`` (words, outputs). Each word takes
    its likeliest output. A further word that follows no name of its kind opens one all the same: heads miss
    beginnings more often than they make names up. A possessive ending is not part of a name.
    """
    tags = [outputs[column] for column in scores.argmax(axis=1)] if len(words) else []
    return tuple(
        (_without_possessive(text, Span(words[first].start, words[last - 1].end)), kind)
        for first, last, kind in runs(tags)
    )


def runs(tags: Sequence[str]) -> list[tuple[int, int, Kind]]:
    """Names as half-open ranges of words: (first, last, kind), from one of `OUTPUTS` per word."""
    found: list[tuple[int, int, Kind]] = []
    for index, tag in enumerate(tags):
        kind = _KINDS.get(tag.removesuffix("_first"))
        if kind is None:
            continue
        if found and found[-1][1:] == (index, kind) and not tag.endswith("_first"):
            found[-1] = (found[-1][0], index + 1, kind)
        else:
            found.append((index, index + 1, kind))
    return found


def _without_possessive(text: str, span: Span) -> Span:
    name = span.of(text)
    ending = next((ending for ending in _POSSESSIVES if name.endswith(ending)), "")
    return Span(span.start, span.end - len(ending)) if len(ending) < len(name) else span
