"""The numbers of a report: each measure for all articles, by outlet, by period, and by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from truthlens.corpus.estimates import Estimate, estimates
from truthlens.corpus.gather import Corpus
from truthlens.corpus.measures import MEASURES
from truthlens.corpus.periods import between

LEAST = 20
"""Articles on which a number must rest to be shown. With fewer, an interval by drawing them anew is too
narrow, and one article moves the number by more than most outlets differ."""
ALL = ""
"""Stands for all outlets, or all periods."""

Key = tuple[str, str]
"""Outlet and period, each of which may be `ALL`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """``of[outlet, period][measure]`` where at least ``least`` articles are; (ALL, ALL) always.

    ``outlets`` are those shown, with most articles first; ``periods`` all from the first shown to the last.
    ``articles`` counts those of every outlet and period, hidden ones too.
    """

    least: int
    of: Mapping[Key, Mapping[str, Estimate]]
    outlets: tuple[str, ...]
    periods: tuple[str, ...]
    articles: Mapping[Key, int]

    def get(self, measure: str, *, outlet: str = ALL, period: str = ALL) -> Estimate | None:
        """None where it rests on too few articles."""
        found = self.of.get((outlet, period))
        return found[measure] if found else None

    @property
    def hidden(self) -> int:
        """Outlets that have too few articles."""
        names = {outlet for outlet, period in self.articles if outlet != ALL and period == ALL}
        return len(names) - len(self.outlets)

    @property
    def hidden_periods(self) -> int:
        """Of ``periods``, those in which too few articles are."""
        return sum((ALL, each) not in self.of for each in self.periods)


def points(corpus: Corpus, least: int = LEAST, watch: Callable[[float], None] = lambda _: None) -> Points:
    """``watch`` hears the share that is worked out."""
    rows = dict(_groups(corpus))
    wanted = [key for key in rows if key == (ALL, ALL) or len(rows[key]) >= least]
    measures = tuple(MEASURES.values())
    of = {}
    for place, key in enumerate(wanted):
        of[key] = dict(zip(MEASURES, estimates(corpus.counts[rows[key]], measures), strict=True))
        watch((place + 1) / len(wanted))
    outlets = [outlet for outlet, period in of if outlet != ALL and period == ALL]
    return Points(
        least=least,
        of=of,
        outlets=tuple(sorted(outlets, key=lambda name: (-len(rows[name, ALL]), name))),
        periods=between([period for outlet, period in of if outlet == ALL and period != ALL], corpus.length),
        articles={key: len(found) for key, found in rows.items()},
    )


def _groups(corpus: Corpus) -> Iterator[tuple[Key, npt.NDArray[np.int64]]]:
    """Rows by key. Articles without a day are in no period, and count in all of them together."""
    yield (ALL, ALL), np.arange(len(corpus.counts))
    outlets, its_outlet = np.unique(corpus.outlets.astype(str), return_inverse=True)
    periods, its_period = np.unique(corpus.periods.astype(str), return_inverse=True)
    yield from (((str(outlets[at]), ALL), rows) for at, rows in _split(its_outlet))
    yield from (((ALL, str(periods[at])), rows) for at, rows in _split(its_period) if periods[at])
    for at, rows in _split(its_outlet * len(periods) + its_period):
        outlet, period = divmod(at, len(periods))
        if periods[period]:
            yield (str(outlets[outlet]), str(periods[period])), rows


def _split(codes: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    order = np.argsort(codes, kind="stable")
    found, starts = np.unique(codes[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)
