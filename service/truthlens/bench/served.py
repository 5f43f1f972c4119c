"""The service as a reader meets it: an answer that is known already, memory over many articles, and several
clients at once.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from truthlens.bench.articles import ADDRESS, article, page
from truthlens.bench.figure import Figure
from truthlens.bench.own_service import OwnService
from truthlens.bench.readers import Json, Reader, Tally
from truthlens.bench.rounds import Effort, seconds
from truthlens.errors import ServiceError
from truthlens.settings import Settings

CACHED_MS = 20.0
MEBIBYTES = 700.0
FLAT = 20.0
"""MiB by which memory may grow over 500 articles and still count as flat: less than one article's states, and
allocators return pages late."""

WORDS = 700
CLIENTS = (1, 4, 16)
SETTLED = 0.2  # of the articles, before memory is judged: caches fill and workers are first used


def measure(_settings: Settings, effort: Effort) -> list[Figure]:
    """One service for all; what it keeps goes into a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        service = OwnService(Path(folder))
        try:
            readers = _readers(service, max(CLIENTS))
            time.sleep(1.0)  # for what follows the loading of the model
            rest = service.sample()
            known = _known(readers[0], effort)
            throughput = [_throughput(readers[:clients], effort) for clients in CLIENTS]
            rows = [known, *throughput]
            if rest is not None:
                rows += _memory(service, readers[0], rest.resident, effort)
        finally:
            service.kill()
    return rows


def _readers(service: OwnService, count: int) -> list[Reader]:
    origins = [f"chrome-extension://{'abcdefghijklmnop'[number] * 32}" for number in range(count)]
    tokens = service.tokens(origins)
    return [
        Reader(service.port, origin, token, Tally()) for origin, token in zip(origins, tokens, strict=True)
    ]


def _known(reader: Reader, effort: Effort) -> Figure:
    asked = {"html": page(), "url": ADDRESS}
    _analysed(reader, asked)
    taken = statistics.median(
        seconds(lambda: reader.request("POST", "/v1/analyses", asked)) for _ in range(effort.rounds * 3)
    )
    return Figure(
        measure="served",
        name="answer that is known already",
        value=round(taken * 1000, 1),
        unit="ms",
        aim=CACHED_MS,
        note="the whole report over HTTP, a new connection each time",
    )


def _throughput(readers: list[Reader], effort: Effort) -> Figure:
    """Each reader hands in an article, waits for its report and hands in the next."""
    clients = len(readers)
    asked = [_text(1000 * clients + number) for number in range(max(effort.each, 2 * clients))]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda item: _analysed(readers[item[0] % clients], item[1]), enumerate(asked)))
    taken = time.perf_counter() - began
    return Figure(
        measure="served",
        name=f"throughput with {clients} client{'s' * (clients > 1)}",
        value=round(60 * len(asked) / taken, 1),
        unit="articles a minute",
        note=f"{len(asked)} articles of {WORDS} words, each asked for every 250 ms until it is done",
    )


def _memory(service: OwnService, reader: Reader, rest: float, effort: Effort) -> list[Figure]:
    sizes = []
    for number in range(effort.articles):
        _analysed(reader, {**_text(number), "keep": False})
        sample = service.sample()
        if sample is not None:
            sizes.append(sample.resident)
    workers = service.workers_resident()
    judged = sizes[int(len(sizes) * SETTLED) :]
    slope = statistics.linear_regression(range(len(judged)), judged).slope if len(judged) > 1 else 0.0

    def row(name: str, value: float, note: str, aim: float | None = MEBIBYTES) -> Figure:
        return Figure(measure="served", name=name, value=round(value, 1), unit="MiB", aim=aim, note=note)

    return [
        row("memory at rest", rest, "resident, model loaded, nothing asked yet"),
        row("memory at work", max(sizes), f"the most after any of {len(sizes)} articles of {WORDS} words"),
        row(f"memory after {len(sizes)} articles", sizes[-1], "resident"),
        row("memory of its extraction workers", workers, "two processes, beside the above", None),
        row(
            "growth over 500 articles",
            500 * slope,
            f"slope of a line through the last {len(judged)} articles",
            FLAT,
        ),
    ]


def _text(number: int) -> Json:
    made = article(WORDS, number)
    return {"text": made.text, "title": made.title}


def _analysed(reader: Reader, asked: Json) -> None:
    """Raises ServiceError ``not_measured`` when no report came: a figure of refusals would say nothing."""
    if reader.analyse(asked) is None:
        raise ServiceError(
            "not_measured",
            "The service that is measured gave no report.",
            "Run `truthlens doctor`, which names what is missing.",
        )
