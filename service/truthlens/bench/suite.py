"""All measures by name, in the order in which they are taken and shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from truthlens.bench import growth, served, stages, start, whole
from truthlens.bench.figure import Figure
from truthlens.bench.rounds import Effort
from truthlens.errors import ServiceError
from truthlens.settings import Settings


@dataclass(frozen=True, slots=True)
class Measure:
    """``title`` heads its rows; ``take`` measures."""

    title: str
    take: Callable[[Settings, Effort], list[Figure]]


MEASURES = {
    "whole": Measure("One article against encoders alone", whole.measure),
    "stages": Measure("Stage by stage", stages.measure),
    "growth": Measure("Growth with length", growth.measure),
    "start": Measure("Start", start.measure),
    "served": Measure("The running service", served.measure),
    "precision": Measure("Arithmetic", whole.precision),
    "profile": Measure("Profile", stages.profile),
}
CLICK = "click"
"""Click to first mark, which wants a browser: `tests/e2e/click_to_mark.py` adds it to the same file."""

CORPUS = "corpus"
"""A corpus of made articles, killed and resumed, which takes a quarter of an hour: `tests/batch_proof.py`."""

BESIDE = {CLICK: "Click to first mark", CORPUS: "A corpus"}
TITLES = {key: each.title for key, each in MEASURES.items()} | BESIDE


def measured(
    only: Collection[str], settings: Settings, effort: Effort, begins: Callable[[str], None]
) -> Iterator[Figure]:
    """The figures of the measures named, or of all. ``begins`` gets the title of each.

    Raises ServiceError ``unknown_measure`` before anything is measured.
    """
    if unknown := sorted(set(only) - MEASURES.keys()):
        raise ServiceError(
            "unknown_measure", f"No measure is called {unknown[0]!r}.", f"There are: {', '.join(MEASURES)}."
        )
    for key, each in MEASURES.items():
        if not only or key in only:
            begins(each.title)
            yield from each.take(settings, effort)
