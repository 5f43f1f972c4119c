"""What a corpus costs: articles a second, memory and bytes, and ten million articles worked out from them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from batch_watch import MIB, Watched

Row = dict[str, Any]

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


def rows(costs: Costs) -> Iterator[Row]:
    def row(name: str, value: float, unit: str, *, of: str = "", aim: str = "", note: str = "") -> Row:
        return {"name": name, "value": round(value, 4), "unit": unit, "of": of, "aim": aim, "note": note}

    made = f"{costs.count} made articles of {costs.words:.0f} words"
    core = "seconds of processor time, so that other work on the machine hardly matters"
    yield row("from HTML", 1 / costs.page, "articles/s a core", of=made, note=core)
    yield row("from text", 1 / costs.text, "articles/s a core", of=made, note=core)
    yield row("extraction", costs.extraction, "s a page", of=made)
    yield row("two workers to one", costs.two, "×", aim="2", note="by the clock, a thread each")
    yield row(
        "memory of a worker", costs.worker / MIB, "MiB", aim="at most 700", note="most that was resident"
    )
    yield row("of it shared", costs.shared / MIB, "MiB", note="libraries, which workers of one machine share")
    yield row("memory of its parser", costs.parser / MIB, "MiB", note="only where pages are read")
    yield row("tables", costs.written / 1000, "kB an article", note="in parts of 20; larger ones take less")
    yield row("start", costs.start, "s of a core", note="until the first record is in hand, and to end")
    yield from (row(**found) for found in estimate(costs))


def estimate(costs: Costs) -> Iterator[Row]:
    """Ten million articles of CC-NEWS, worked out and not run."""
    hours = (ARTICLES * costs.page + (PAGES - ARTICLES) * costs.extraction) / 3600
    cluster = f"{MACHINES} machines of {CORES} cores and {MEMORY_GB} GiB"
    yield {
        "name": "ten million articles",
        "value": hours,
        "unit": "core hours",
        "note": f"of {PAGES / 1e6:.0f} million pages, the others refused once extracted; on cores as here",
    }
    yield {
        "name": "ten million articles, time",
        "value": hours / (MACHINES * CORES * BUSY),
        "unit": "hours",
        "of": cluster,
        "note": f"cores busy {BUSY:.0%} of the time",
    }
    yield {
        "name": "ten million articles, cost",
        "value": hours / BUSY * DOLLARS,
        "unit": "dollars",
        "of": cluster,
        "note": f"at an assumed {DOLLARS} dollars a core hour, without storage and traffic",
    }
    yield {
        "name": "ten million articles, memory",
        "value": CORES * (costs.worker + costs.parser) / 2**30,
        "unit": "GiB a machine",
        "aim": f"at most {MEMORY_GB}",
        "note": "as if workers shared nothing",
    }
    yield {"name": "ten million articles, tables", "value": ARTICLES * costs.written / 1e9, "unit": "GB"}
