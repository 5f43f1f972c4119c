"""One measured number, with what it takes to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

ROUNDS = 1000  # bootstrap resamples; the interval's ends move by less than .002 between seeds
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``low`` and ``high`` are the ends of a bootstrap 95% interval over the ``n`` cases.

    ``baselines`` and ``published`` hold other scores of the same metric by name; ``note`` says what a reader
    must know, above all when the rows chose something that they now measure.
    """

    task: str
    metric: str
    score: float
    low: float
    high: float
    n: int
    baselines: dict[str, float] = field(default_factory=dict)
    published: dict[str, float] = field(default_factory=dict)
    note: str = ""


def interval(cases: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Score and 95% interval of a ratio: the sum of first entries over the sum of second ones."""
    pairs = np.asarray(cases, np.float64)
    picks = np.random.default_rng(SEED).integers(0, len(pairs), (ROUNDS, len(pairs)))
    sums = pairs[picks].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / np.maximum(sums[:, 1], 1e-12), [0.025, 0.975])
    total = pairs.sum(axis=0)
    return float(total[0] / max(total[1], 1e-12)), float(low), float(high)
