"""Does a score of .7 mean seven in ten? Expected calibration error of each head; lower is better.

Measured on rows that are held out from training, word by word or sentence by sentence. The rows are sorted
into ten bins by their score; the error is the mean distance between score and share of positives, weighted by
the size of the bins.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from truthlens.encode import Floats, Ints
from truthlens.evaluation.bootstrap import Doubles, measured
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row
from truthlens.training.task import Task, tasks

BINS = 10

MOST = 2000  # rows of one head's held-out part, the first ones: an interval of ±.01 for most


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """One row per head. Raises ServiceError ``data_missing``."""
    return [_row(task, *_pairs(data, task, reader)) for task in tasks().values()]


def _pairs(data: Path, task: Task, reader: Reader) -> tuple[Floats, Floats]:
    """Probabilities and labels of everything that the head says of its held-out part.

    Outputs that exclude one another give one pair a row, the likeliest one's; others one pair an output.
    """
    parts = task.read(data)
    examples = list(parts.test)[:MOST]
    scores = read(reader, [example.text for example in examples])
    found = np.concatenate(scores.by_word[task.key]) if task.level == "word" else scores.by_sentence[task.key]
    stack = np.concatenate if task.level == "word" else np.stack
    labels = stack([example.targets for example in examples])
    if task.exclusive:
        best = found.argmax(axis=1)
        rows = np.arange(len(best))
        return found[rows, best], labels[rows, best]
    return found.reshape(-1), labels.reshape(-1)


def curve(probabilities: Floats, labels: Floats, bins: int = BINS) -> list[tuple[float, float, int]]:
    """The reliability curve: (mean probability, share of positives, rows) of each bin that holds a row."""
    index = _bins(probabilities, bins)
    return [
        (float(probabilities[inside].mean()), float(labels[inside].mean()), int(inside.sum()))
        for inside in (index == number for number in range(bins))
        if inside.any()
    ]


def _row(task: Task, probabilities: Floats, labels: Floats) -> Row:
    index = _bins(probabilities, BINS)
    gaps = probabilities.astype(np.float64) - labels

    def error(weights: Doubles) -> float:
        return float(np.abs(np.bincount(index, weights=weights * gaps)).sum() / max(weights.sum(), 1.0))

    score, low, high = measured(error, len(labels))
    reliability = " ".join(
        f"{mean:.2f}→{share:.2f} ({count})" for mean, share, count in curve(probabilities, labels)
    )
    kind = "likeliest output" if task.exclusive else "every output"
    return Row(
        task="calibration",
        metric=f"calibration error, {task.key}",
        score=score,
        low=low,
        high=high,
        n=len(labels),
        baselines={"always .5": abs(0.5 - float(labels.mean()))},
        note=f"{kind}; score→share right (n): {reliability}",
    )


def _bins(probabilities: Floats, bins: int) -> Ints:
    return np.minimum((probabilities * bins).astype(np.int64), bins - 1)
