"""Macro-F1 of two classes: the mean of both classes' F1, so that the rarer one counts as much."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from truthlens.evaluation.bootstrap import Doubles

Flags = npt.NDArray[np.bool_]


def macro_f1(guesses: Flags, labels: Flags, weights: Doubles | None = None) -> float:
    """0..1, from two arrays (n,). ``weights`` (n,) says how often each row counts, once when left out.

    A class that neither labels nor guesses hold is left out, as in scikit-learn.
    """
    counts = np.ones(len(labels)) if weights is None else weights
    scores = []
    for kind in (False, True):
        guessed, true = guesses == kind, labels == kind
        both = float(counts[guessed].sum() + counts[true].sum())
        if both:
            scores.append(2 * float(counts[guessed & true].sum()) / both)
    return float(np.mean(scores)) if scores else 0.0
