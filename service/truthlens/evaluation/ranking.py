"""How well scores put the positive rows first: area under the ROC curve, and average precision.

Rows with equal scores stand or fall together, so that no figure rests on the order of a file.
"""

from __future__ import annotations

import numpy as np

from truthlens.encode import Floats
from truthlens.evaluation.bootstrap import Doubles
from truthlens.evaluation.macro_f1 import Flags


def auc(scores: Floats, labels: Flags, weights: Doubles | None = None) -> float:
    """The chance that a positive row scores above a negative one, a tie counting half.

    .5 when only one class is there. ``weights`` (n,) says how often each row counts.
    """
    positives, negatives = _by_score(scores, labels, weights)
    total = positives.sum() * negatives.sum()
    if not total:
        return 0.5
    below = np.cumsum(negatives) - negatives
    return float((positives * (below + negatives / 2)).sum() / total)


def average_precision(scores: Floats, labels: Flags, weights: Doubles | None = None) -> float:
    """Area under precision over recall, by steps at each distinct score; 0 when nothing is positive."""
    positives, negatives = (counts[::-1] for counts in _by_score(scores, labels, weights))
    if not positives.sum():
        return 0.0
    found = np.cumsum(positives)
    precision = found / np.maximum(found + np.cumsum(negatives), 1e-12)
    return float((positives * precision).sum() / positives.sum())


def _by_score(scores: Floats, labels: Flags, weights: Doubles | None) -> tuple[Doubles, Doubles]:
    """(distinct scores,) each, ascending: how many positive and how many negative rows have that score."""
    counts = np.ones(len(labels)) if weights is None else weights
    distinct, place = np.unique(scores, return_inverse=True)
    positives, negatives = np.zeros(len(distinct)), np.zeros(len(distinct))
    np.add.at(positives, place[labels], counts[labels])
    np.add.at(negatives, place[~labels], counts[~labels])
    return positives, negatives
