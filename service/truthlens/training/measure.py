"""The figures that a manifest carries: how good a head is on held-out rows, and from which score it shows."""

from __future__ import annotations

import numpy as np

from truthlens.encode import Floats
from truthlens.training.features import Labels


def average_precision(scores: Floats, labels: Floats) -> float:
    """Area under precision over recall, by steps; 0 when nothing is positive."""
    order = np.argsort(-scores, kind="stable")
    hits = labels[order] > 0
    if not hits.any():
        return 0.0
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def calibration_error(scores: Floats, labels: Floats, bins: int = 10) -> float:
    """Expected calibration error over ``bins`` equally wide bins, weighted by their size."""
    index = np.minimum((scores * bins).astype(int), bins - 1)
    total = 0.0
    for number in range(bins):
        inside = index == number
        if inside.any():
            total += abs(scores[inside].mean() - labels[inside].mean()) * inside.mean()
    return float(total)


def threshold(scores: Floats, labels: Floats, precision: float, *, least: int) -> dict[str, float]:
    """The lowest score from which on at least ``least`` rows are shown with this precision or more.

    Where no score reaches it, the score with the best precision among those showing ``least`` rows.
    Returns score, precision, recall and n (rows shown).
    """
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order] > 0)
    shown = np.arange(1, len(order) + 1)
    reached = hits / shown
    allowed = shown >= least
    good = np.flatnonzero(allowed & (reached >= precision))
    last = int(good[-1]) if len(good) else int(np.argmax(np.where(allowed, reached, -1)))
    return {
        "score": round(float(scores[order][last]), 4),
        "precision": round(float(reached[last]), 3),
        "recall": round(float(hits[last] / max(1, hits[-1])), 3),
        "n": int(shown[last]),
    }


def summary(outputs: tuple[str, ...], scores: Floats, labels: Labels) -> dict[str, dict[str, float]]:
    """Average precision, calibration error and number of positives per output."""
    return {
        output: {
            "average_precision": round(average_precision(scores[:, column], labels[:, column]), 3),
            "calibration_error": round(calibration_error(scores[:, column], labels[:, column]), 4),
            "positives": int(labels[:, column].sum()),
        }
        for column, output in enumerate(outputs)
    }
