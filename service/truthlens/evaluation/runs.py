"""From scores of words to spans: strong words draw the weaker ones beside them into one run."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.encode import Floats

GROW = 0.3
"""A run goes on over neighbours that have this share of the floor. On 124 articles of PTC's train part F1 was
.408 with .3, .398 with .5 and .387 with .7: its annotators mark longer stretches than ours."""


def runs(scores: Floats | Sequence[float], floor: float) -> list[tuple[int, int]]:
    """Half-open ranges of words, in order. Each holds a word of at least ``floor`` (hysteresis)."""
    found: list[tuple[int, int]] = []
    start = -1
    for index, score in enumerate([*scores, float("-inf")]):
        if score >= GROW * floor:
            start = index if start < 0 else start
        elif start >= 0:
            if max(scores[start:index]) >= floor:
                found.append((start, index))
            start = -1
    return found
