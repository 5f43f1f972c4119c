"""The score of SemEval-2020 task 11 for spans: overlap counts in part, by characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from truthlens.domain import Span
from truthlens.evaluation.bootstrap import Doubles

Counts = npt.NDArray[np.float64]
"""(articles, 4): covered shares of all predicted spans, how many these are, the same two of the gold ones."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order; spans that overlap or touch become one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def counts(predicted: Sequence[Iterable[Span]], gold: Sequence[Iterable[Span]]) -> Counts:
    """Per article what `f1` sums up; both sides are merged first."""
    rows = []
    for ours, theirs in zip(map(merged, predicted), map(merged, gold), strict=True):
        rows.append((_covered(ours, theirs), len(ours), _covered(theirs, ours), len(theirs)))
    return np.asarray(rows, np.float64)


def f1(table: Counts, weights: Doubles) -> float:
    """Of mean covered share of the predicted spans (precision) and of the gold ones (recall)."""
    right, predicted, found, gold = weights @ table
    precision, recall = right / max(predicted, 1.0), found / max(gold, 1.0)
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def _covered(spans: Sequence[Span], by: Sequence[Span]) -> float:
    return sum(
        sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in by) / len(span)
        for span in spans
        if len(span)
    )
