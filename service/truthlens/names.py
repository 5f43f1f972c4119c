"""Names of persons, organisations and places, decoded from the word head ``entity``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Floats

Kind = Literal["person", "organisation", "place"]

OUTPUTS = (
    "none", "person_first", "person", "organisation_first", "organisation", "place_first", "place",
)  # fmt: skip
"""Of the head: no name, the first word of a name, a further word of it. They exclude one another."""

_KINDS: dict[str, Kind] = {"person": "person", "organisation": "organisation", "place": "place"}
_POSSESSIVES = ("’s", "'s", "’", "'")


_FOLLOWS = np.array(
    [  # none  per1   per  org1   org  pla1   pla: log-odds of the column behind the row
        [-0.1, -4.3, -np.inf, -3.9, -np.inf, -2.9, -np.inf],
        [-1.6, -6.8, -0.3, -4.1, -np.inf, -4.2, -np.inf],
        [-0.4, -5.2, -1.1, -5.8, -np.inf, -5.5, -np.inf],
        [-0.8, -4.0, -np.inf, -4.7, -0.7, -4.6, -np.inf],
        [-0.7, -3.6, -np.inf, -4.3, -0.8, -5.5, -np.inf],
        [-0.4, -3.3, -np.inf, -4.2, -np.inf, -3.2, -1.5],
        [-0.2, -4.1, -np.inf, -4.9, -np.inf, -3.3, -2.5],
    ],
    np.float32,
)
_OPENS = np.array([-0.3, -2.4, -np.inf, -2.9, -np.inf, -2.1, -np.inf], np.float32)
"""Logarithms of how often one output of OUTPUTS follows another, and opens a sentence, in the rows of the
Groningen Meaning Bank that train the head. A further word never follows anything but a name of its kind."""

SHARE = 0.2
"""How much these count beside what the head says of each word. Of 0 to 1 on the rows that calibrate the head
(F1 of whole names): .768 word by word, .796 with 0, which only forbids, .798 with 0.2, .790 with 0.5."""


def names(
    text: str, words: Sequence[Span], scores: Floats, *, outputs: Sequence[str] = OUTPUTS
) -> tuple[tuple[Span, Kind], ...]:
    """The names in one sentence with their kind, in order and without overlap.

    ``words`` are the sentence's words as spans within ``text``, ``scores`` (words, outputs). The likeliest
    series of outputs is taken as a whole (Viterbi 1967). A possessive ending is not part of a name.
    """
    columns = [outputs.index(output) for output in OUTPUTS]
    tags = [OUTPUTS[column] for column in _likeliest(scores[:, columns])]
    return tuple(
        (_without_possessive(text, Span(words[first].start, words[last - 1].end)), kind)
        for first, last, kind in runs(tags)
    )


def _likeliest(scores: Floats) -> list[int]:
    """Per word a column; ``scores`` (words, columns of OUTPUTS)."""
    if not len(scores):
        return []
    odds = np.log(np.maximum(scores, 1e-6))
    best = odds[0] + SHARE * _OPENS
    came_from = []
    for row in odds[1:]:
        ways = best[:, None] + SHARE * _FOLLOWS
        came_from.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for columns in reversed(came_from):
        path.append(int(columns[path[-1]]))
    return path[::-1]


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
