"""Score and 95% interval of any figure, drawing the cases anew: as `row.interval` does for plain ratios."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from truthlens.evaluation.row import ROUNDS, SEED

Doubles = npt.NDArray[np.float64]
Statistic = Callable[[Doubles], float]
"""Takes how often each case counts, (cases,), and answers with the figure."""


def measured(statistic: Statistic, cases: int) -> tuple[float, float, float]:
    """The figure over all cases, and the ends of its bootstrap 95% interval.

    A case is whatever is drawn as a whole: a sentence, or an article with all that stands in it.
    """
    draw = np.random.default_rng(SEED)
    figures = [
        statistic(np.bincount(draw.integers(0, cases, cases), minlength=cases).astype(np.float64))
        for _ in range(ROUNDS)
    ]
    low, high = np.quantile(figures, [0.025, 0.975])
    return float(statistic(np.ones(cases))), float(low), float(high)
