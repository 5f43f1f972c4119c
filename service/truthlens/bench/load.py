"""The service under load: readers of short and long articles, hostile requests among them and slow clients
beside them for minutes on end, and then a stop in the middle of it.
"""

from __future__ import annotations

import json
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPException
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from truthlens.bench import hostile
from truthlens.bench.load_articles import Articles
from truthlens.bench.load_judged import REPLY_SECONDS, ms, percentile, replies, resources, status_row
from truthlens.bench.load_rows import Row
from truthlens.bench.own_service import OwnService, Sample
from truthlens.bench.readers import Json, Reader, SlowClients, Tally, watch_status

AT_ONCE = (10, 50, 200)
SLOW = 150
END_SECONDS = 10.0
NOISE_SECONDS = 0.01  # below which twice as slow means nothing
FULL_MINUTES = 10.0  # from which on all counts are as docs/security.md names them
VARYING = {"id", "timings_ms", "created_at"}
Say = Callable[[str], None]
T = TypeVar("T")


def measure(*, minutes: float, clients: int, say: Say) -> list[Row]:
    """Everything, on a service of its own that is ended afterwards. ``say`` gets what begins now.

    Raises ServiceError ``service_unreachable``.
    """
    full = minutes >= FULL_MINUTES
    with tempfile.TemporaryDirectory() as folder:
        say("starting a service of its own")
        service = OwnService(Path(folder))
        try:
            load = _Load(service, max(clients, 8), say)
            say("the status route, with nothing else to do")
            with _status(service.port) as idle:
                time.sleep(20 if full else 4)
            rows = [load.overload(), load.same(), load.alike(200 if full else 20, clients)]
            rows.append(load.slow(idle, 60 if full else 4))
            rows += load.busy(idle, minutes, clients)
            rows.append(load.stop())
        finally:
            service.kill()
    return rows


class _Load:
    def __init__(self, service: OwnService, clients: int, say: Say) -> None:
        self.service = service
        self.say = say
        self.articles = Articles()
        self.tally = Tally()
        self.rested: Sample | None = None
        origins = [_origin(number) for number in range(clients)]
        self.tokens = list(zip(origins, service.tokens(origins), strict=True))

    def reader(self, number: int, tally: Tally | None = None) -> Reader:
        origin, token = self.tokens[number % len(self.tokens)]
        return Reader(self.service.port, origin, token, tally or self.tally)

    def overload(self) -> Row:
        """None of these is asked for again when it is refused; what was taken must be finished."""
        taken, refused, finished = 0, 0, 0
        passed, slowest = True, []
        for count in AT_ONCE:
            self.say(f"{count} analyses at once")
            replies = _at_once(count, lambda number: self._asked(number, self.articles.short()))
            views = [fields for status, _, fields in replies if status in {200, 202}]
            late = [seconds for status, seconds, _ in replies if status not in {200, 202}]
            passed &= {status for status, _, _ in replies} <= {200, 202, 429, 503}
            taken, refused = taken + len(views), refused + len(late)
            slowest += [f"{ms(max(late))} of {count}"] if late else []
            reports = _at_once(len(views), partial(self._followed, views))
            finished += sum(report is not None for report in reports)
        figure = f"{taken} taken, {finished} of them finished; {refused} refused"
        figure += f", the last after {', '.join(slowest)} at once" if slowest else ""
        return Row(
            key="overload",
            tried=sum(AT_ONCE),
            passed=passed and taken == finished and refused > 0 and not self.tally.wrong,
            figure=figure,
        )

    def same(self) -> Row:
        self.say("one article asked for a hundred times at once")
        before = self.service.saved()
        page = self.articles.page()
        alike = [page] * 50 + [{**page, "html": page["html"] + f"<!-- {each} -->"} for each in range(50)]
        reports = _at_once(len(alike), lambda number: self.reader(number).analyse(alike[number]))
        computed = {json.dumps(report["timings_ms"]) for report in reports if report is not None}
        saved = self.service.saved() - before
        answered = sum(report is not None for report in reports)
        return Row(
            key="same",
            tried=len(alike),
            passed=answered == len(alike) and len(computed) == 1 and saved == 1,
            figure=f"{answered} answered, {len(computed)} computed, {saved} saved",
        )

    def alike(self, count: int, clients: int) -> Row:
        self.say(f"{count} pages by one reader and by {clients}")
        asked = [{**self.articles.text(number), "keep": False} for number in range(count)]
        alone = [self._bytes(self.reader(number), each) for number, each in enumerate(asked)]
        with ThreadPoolExecutor(clients) as pool:
            together = list(
                pool.map(lambda item: self._bytes(self.reader(item[0]), item[1]), enumerate(asked))
            )
        differ = sum(one != other or not one for one, other in zip(alone, together, strict=True))
        return Row(key="alike", tried=count, passed=not differ, figure=f"{differ} of {count} differ")

    def slow(self, idle: Sequence[float], seconds: float) -> Row:
        self.rested = self.service.sample()  # warm, and before any client holds a connection open
        self.say(f"the status route beside {SLOW} slow clients")
        with SlowClients(self.service.port, SLOW), _status(self.service.port) as beside:
            time.sleep(seconds)
        before, after = percentile(idle, 95), percentile(beside, 95)
        return Row(
            key="slow",
            tried=len(beside),
            passed=-1.0 not in beside and after < max(2 * before, NOISE_SECONDS),
            figure=f"p95 {ms(before)} alone, {ms(after)} beside them",
        )

    def busy(self, idle: Sequence[float], minutes: float, clients: int) -> list[Row]:
        """The load proper."""
        self.say(f"{clients} readers, hostile requests and slow clients for {minutes:g} minutes")
        tally, stop = Tally(), threading.Event()
        samples: list[tuple[int, Sample]] = []
        work: list[Callable[[], None]] = [
            *(lambda number=number: self._read(number, tally, stop) for number in range(clients)),
            lambda: self._attack(tally, stop),
            lambda: self._sample(tally, samples, stop),
        ]
        threads = [threading.Thread(target=each, daemon=True) for each in work]
        with SlowClients(self.service.port, SLOW), _status(self.service.port) as loaded:
            for thread in threads:
                thread.start()
            time.sleep(minutes * 60)
            stop.set()
            for thread in threads:
                thread.join()
        time.sleep(8)  # until the service has closed what the slow clients left open
        return [
            *replies(tally),
            status_row(idle, loaded),
            *resources(samples, self.rested, self.service.sample()),
        ]

    def stop(self) -> Row:
        self.say("stopping it with eight analyses under way")
        ended: list[bool] = []

        def read(number: int) -> None:
            with suppress(OSError, HTTPException, ValueError):  # what it was told once the service is gone
                self.reader(number, Tally()).analyse(self.articles.long())
            ended.append(True)

        threads = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(1.0)
        end = self.service.end()
        for thread in threads:
            thread.join(REPLY_SECONDS)
        self.service.saved()  # raises when the library was left damaged
        return Row(
            key="stop",
            tried=len(threads),
            passed=end.code == 0
            and not end.left
            and end.seconds <= END_SECONDS
            and len(ended) == len(threads),
            figure=f"{end.seconds:.1f} s, exit status {end.code}"
            + (", a process was left" if end.left else "")
            + ("" if len(ended) == len(threads) else ", a client was left waiting"),
        )

    def _followed(self, views: Sequence[Json], number: int) -> Json | None:
        return self.reader(number).follow(views[number])

    def _asked(self, number: int, payload: Json) -> tuple[int, float, Json]:
        began = time.monotonic()
        status, _, fields = self.reader(number).request("POST", "/v1/analyses", payload)
        return status, time.monotonic() - began, fields

    def _bytes(self, reader: Reader, payload: Json) -> bytes:
        report = reader.analyse(payload)
        if report is None:
            return b""
        reader.request("DELETE", f"/v1/analyses/{report['id']}")  # so that nothing answers for the next
        kept = {name: value for name, value in report.items() if name not in VARYING}
        return json.dumps(kept, sort_keys=True).encode()

    def _read(self, number: int, tally: Tally, stop: threading.Event) -> None:
        """One reader: articles of all sizes, some left before they are done."""
        chance = random.Random(number)  # noqa: S311  # the same load each time
        reader = self.reader(number, tally)
        while not stop.is_set():
            sizes = (self.articles.short, self.articles.page, self.articles.long)
            payload = chance.choices(sizes, weights=(5, 4, 1))[0]()
            with suppress(OSError, HTTPException, ValueError):  # tallied
                if chance.random() < 0.1:
                    status, _, view = reader.request("POST", "/v1/analyses", payload)
                    if status == 202:
                        reader.request("DELETE", f"/v1/analyses/{view['id']}")
                else:
                    reader.analyse(payload, stop=stop)

    def _attack(self, tally: Tally, stop: threading.Event) -> None:
        origin, token = self.tokens[-1]
        while not stop.is_set():
            for raw in hostile.requests(self.service.port, origin, token):
                hostile.send(self.service.port, raw, tally)
                if stop.wait(0.5):
                    return

    def _sample(self, tally: Tally, samples: list[tuple[int, Sample]], stop: threading.Event) -> None:
        while not stop.wait(1.0):
            if (sample := self.service.sample()) is not None:
                samples.append((tally.done, sample))


def _origin(number: int) -> str:
    """As Chromium writes ids: hexadecimal, with letters for digits."""
    digits = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
    return "chrome-extension://" + f"{number:032x}".translate(digits)


@contextmanager
def _status(port: int) -> Iterator[list[float]]:
    """Look at the status meanwhile, from another process; the seconds of each look are there at the end."""
    spawn = get_context("spawn")
    stop, answer = spawn.Event(), spawn.Queue()
    process = spawn.Process(target=watch_status, args=(port, stop, answer), daemon=True)
    process.start()
    times: list[float] = []
    try:
        yield times
    finally:
        stop.set()
        times += answer.get(timeout=60)
        process.join()


def _at_once(count: int, deed: Callable[[int], T]) -> list[T]:
    """``deed`` with each number below ``count``, all begun at the same moment."""
    ready = threading.Barrier(max(count, 1))

    def begin(number: int) -> T:
        ready.wait()
        return deed(number)

    with ThreadPoolExecutor(max(count, 1)) as pool:
        return list(pool.map(begin, range(count)))
