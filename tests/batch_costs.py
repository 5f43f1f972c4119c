"""What a corpus costs: articles a second, memory and bytes, and ten million articles worked out from them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from batch_watch import MIB, Watched
from truthlens.bench.figure import Figure
from truthlens.bench.suite import CORPUS

ARTICLES = 10_000_000
PAGES = 25_000_000
"""Of CC-NEWS that are read for so many: an assumption, that two in five are English and an article."""
MACHINES, CORES, MEMORY_GB = 8, 64, 128
"""A cluster such as eight c7a.16xlarge: 64 real cores and 128 GiB each."""
BUSY = 0.85  # share of the time in which a core works: an assumption
DOLLARS = 0.05  # a core hour: an assumption; look up today's price


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Seconds of one core, an article: from a page, from a text, and for taking the article out of the page.
    ``two`` is how many times as many articles two workers do as one. Bytes as in `Watched`; ``written`` an
    article.
    """

    page: float
    text: float
    extraction: float
    start: float
    two: float
    worker: int
    shared: int
    parser: int
    written: float
    count: int
    words: float


def each(many: Watched, one: Watched, count: int) -> float:
    """Seconds of a core for one article; a run over one article tells those for the start, left out here."""
    return (many.processor - one.processor) / (count - 1)


def rate(run: Watched, workers: int, size: int, count: int) -> float:
    """Articles a second by the clock, from when the first ``workers`` parts of ``size`` are done."""
    begun, parts = next((at, parts) for at, parts in run.finished if parts >= workers)
    ended = run.finished[-1][0]
    return (count - parts * size) / max(ended - begun, 1e-9)


def extraction(pages: list[tuple[str, str]]) -> float:
    """Seconds of a core to take the article out of one of these (page, address); the first warms up."""
    from truthlens.extract.article import extract

    extract(*pages[0])
    began = time.process_time()
    for page, url in pages:
        extract(page, url)
    return (time.process_time() - began) / len(pages)


def figures(costs: Costs) -> Iterator[Figure]:
    """What was measured, and what ten million articles would take by it."""
    made = f"{costs.count} made articles of {costs.words:.0f} words"
    core = "seconds of processor time, so that other work on the machine hardly matters"
    yield figure("from HTML", 1 / costs.page, "articles/s a core", of=made, note=core)
    yield figure("from text", 1 / costs.text, "articles/s a core", of=made, note=core)
    yield figure("extraction", costs.extraction, "s a page", of=made)
    yield figure("two workers to one", costs.two, "×", note="by the clock, a thread each; 2 would be ideal")
    yield figure("memory of a worker", costs.worker / MIB, "MiB", aim=700, note="most that was resident")
    shared = "libraries, which workers of one machine share"
    yield figure("of it shared", costs.shared / MIB, "MiB", note=shared)
    yield figure("memory of its parser", costs.parser / MIB, "MiB", note="only where pages are read")
    smaller = "in parts of 20; larger ones take less"
    yield figure("tables", costs.written / 1000, "kB an article", note=smaller)
    until = "until the first record is in hand, and to end"
    yield figure("start", costs.start, "s of a core", note=until)
    yield from estimate(costs)


def estimate(costs: Costs) -> Iterator[Figure]:
    """Ten million articles of CC-NEWS, worked out and not run."""
    hours = (ARTICLES * costs.page + (PAGES - ARTICLES) * costs.extraction) / 3600
    cluster = f"{MACHINES} machines of {CORES} cores and {MEMORY_GB} GiB"
    yield figure(
        "ten million articles",
        hours,
        "core hours",
        note=f"of {PAGES / 1e6:.0f} million pages, the others refused once extracted; on cores as here",
    )
    yield figure(
        "ten million articles, time",
        hours / (MACHINES * CORES * BUSY),
        "hours",
        of=cluster,
        note=f"cores busy {BUSY:.0%} of the time",
    )
    yield figure(
        "ten million articles, cost",
        hours / BUSY * DOLLARS,
        "dollars",
        of=cluster,
        note=f"at an assumed {DOLLARS} dollars a core hour, without storage and traffic",
    )
    yield figure(
        "ten million articles, memory",
        CORES * (costs.worker + costs.parser) / 2**30,
        "GiB a machine",
        aim=MEMORY_GB,
        note="as if workers shared nothing",
    )
    yield figure("ten million articles, tables", ARTICLES * costs.written / 1e9, "GB")


def figure(
    name: str, value: float, unit: str, *, of: str = "", aim: float | None = None, note: str = ""
) -> Figure:
    """One of a corpus."""
    return Figure(measure=CORPUS, name=name, value=round(value, 4), unit=unit, of=of, aim=aim, note=note)
