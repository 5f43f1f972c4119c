"""The figures that a manifest carries: how good a head is on rows it has not seen, and from which score it
shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from truthlens.encode import Floats
from truthlens.training.features import Labels
from truthlens.training.task import Task

LEAST = {"word": 20, "sentence": 20}
"""Rows of the calibration part that a threshold must show at least: a precision of fewer says little."""


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
    allowed = shown >= min(least, len(order))
    good = np.flatnonzero(allowed & (reached >= precision))
    last = int(good[-1]) if len(good) else int(np.argmax(np.where(allowed, reached, -1)))
    return at(scores, labels, float(scores[order][last]))


def at(scores: Floats, labels: Floats, score: float) -> dict[str, float]:
    """What showing everything from ``score`` on gives: precision, recall and n (rows shown)."""
    # Rounded down, so that the rounded score still shows the row it was taken from.
    score = float(np.floor(score * 1e4) / 1e4)
    shown = scores >= score
    right = float((labels[shown] > 0).sum())
    return {
        "score": score,
        "precision": round(right / max(1, int(shown.sum())), 3),
        "recall": round(right / max(1.0, float((labels > 0).sum())), 3),
        "n": int(shown.sum()),
    }


def thresholds(task: Task, scores: Floats, labels: Labels) -> dict[str, dict[str, float]]:
    """Per output, chosen for the task's precision on the calibration part."""
    return {
        output: threshold(scores[:, column], labels[:, column], task.precision, least=LEAST[task.level])
        for column, output in enumerate(task.outputs)
    }


def summary(
    outputs: tuple[str, ...], scores: Floats, labels: Labels, chosen: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, Any]]:
    """Per output: average precision, calibration error, positives, and what its threshold gives here."""
    return {
        output: {
            "average_precision": round(average_precision(scores[:, column], labels[:, column]), 3),
            "calibration_error": round(calibration_error(scores[:, column], labels[:, column]), 4),
            "positives": int(labels[:, column].sum()),
            "shown": at(scores[:, column], labels[:, column], chosen[output]["score"]),
        }
        for column, output in enumerate(outputs)
    }
