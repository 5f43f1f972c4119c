"""A measure over some articles, with an interval that says how far chance alone could have moved it.

The interval knows of the choice of articles and of nothing else: not of the model's mistakes, which
docs/evaluation.md measures, and not of articles that tell one event or copy one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from truthlens.corpus.counts import AT, Counts
from truthlens.corpus.measures import SCALE, Measure

ROUNDS = 1000  # as in the evaluation
SEED = 7
Z = 1.96  # of a 95% interval
BLOCKS = 1000
"""More articles than these are dealt into as many blocks, and blocks are drawn: the interval is the same but
for its own chance, and a group of a million articles takes no longer than one of a thousand."""

Sums = npt.NDArray[np.float64]
How = Literal["wilson", "bootstrap", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """``value``, ``low`` and ``high`` in the measure's unit. ``count`` over ``cases``, in ``articles``.

    Without cases there is no ``value``. Where articles do not differ, drawing them gives no interval, and
    ``how`` is empty.
    """

    articles: int
    count: float
    cases: float
    value: float | None
    low: float | None = None
    high: float | None = None
    how: How = ""


def estimates(counts: Counts, measures: Sequence[Measure]) -> tuple[Estimate, ...]:
    """One for each of ``measures`` over the articles in ``counts``. The same articles, the same intervals."""
    if not len(counts):
        return tuple(Estimate(articles=0, count=0, cases=0, value=None) for _ in measures)
    totals: Sums = counts.sum(axis=0, dtype=np.float64)
    drawn = _weights(min(len(counts), BLOCKS)) @ _blocks(counts)
    return tuple(_estimate(measure, len(counts), totals, drawn) for measure in measures)


def wilson(count: float, cases: float) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927)."""
    share, more = count / cases, Z * Z / cases
    middle, half = share + more / 2, Z * sqrt(share * (1 - share) / cases + more / (4 * cases))
    return max(0.0, (middle - half) / (1 + more)), min(1.0, (middle + half) / (1 + more))


def _estimate(measure: Measure, articles: int, totals: Sums, drawn: Sums) -> Estimate:
    count, cases = float(totals[AT[measure.count]]), float(totals[AT[measure.cases]])
    scale = SCALE[measure.unit]
    value = scale * count / cases if cases else None
    found = Estimate(articles=articles, count=count, cases=cases, value=value)
    if not cases:
        return found
    if measure.each:
        low, high = wilson(count, cases)
        return replace(found, low=scale * low, high=scale * high, how="wilson")
    tops, bottoms = drawn[:, AT[measure.count]], drawn[:, AT[measure.cases]]
    ratios = tops[bottoms > 0] / bottoms[bottoms > 0]
    if not len(ratios) or ratios.min() == ratios.max():
        return found
    low, high = np.quantile(ratios, [0.025, 0.975])
    return replace(found, low=scale * float(low), high=scale * float(high), how="bootstrap")


def _blocks(counts: Counts) -> Sums:
    if len(counts) <= BLOCKS:
        return counts.astype(np.float64)
    even = len(counts) - len(counts) % BLOCKS
    sums: Sums = counts[:even].reshape(-1, BLOCKS, counts.shape[1]).sum(axis=0, dtype=np.float64)
    sums[: len(counts) - even] += counts[even:]
    return sums


@lru_cache(maxsize=4)
def _weights(blocks: int) -> Sums:
    """(rounds, blocks): how often each is drawn in each round."""
    draw = np.random.default_rng(SEED)
    return draw.multinomial(blocks, np.full(blocks, 1 / blocks), size=ROUNDS).astype(np.float64)
