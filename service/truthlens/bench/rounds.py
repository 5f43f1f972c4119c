"""How long something takes: several rounds of everything in turn, so that a slow minute hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is done for one figure. ``rounds`` of each thing, the median is shown; ``long_rounds`` of what
    takes seconds; ``words`` of the articles whose growth is measured; ``articles`` for memory; ``each`` for
    throughput, by the number of clients.
    """

    rounds: int = 9
    long_rounds: int = 3
    words: tuple[int, ...] = (100, 300, 1000, 3000, 10_000, 20_000)
    articles: int = 500
    each: int = 24


FULL = Effort()
QUICK = Effort(rounds=2, long_rounds=1, words=(100, 300), articles=6, each=2)
"""Enough to see that everything works; its figures say nothing."""

Action = Callable[[], object]


def seconds(action: Action) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def medians(actions: Mapping[str, Action], rounds: int) -> dict[str, float]:
    """Seconds of each. All are done once beforehand, unmeasured: that pays for what is made once."""
    for action in actions.values():
        action()
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(seconds(action))
    return {name: statistics.median(times) for name, times in taken.items()}
