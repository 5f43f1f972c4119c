"""Runs parts on the cores of this machine: processes with a model each, begun as they are needed."""

from __future__ import annotations

import multiprocessing
import os
import queue
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from truthlens.batch import worker
from truthlens.batch.examine import Job
from truthlens.batch.record import Part
from truthlens.batch.watch import Watch
from truthlens.errors import ServiceError

POLL_SECONDS = 0.2  # how soon Ctrl-C is noticed
UNSTARTED = 3  # processes that may die before they are ready, one after another, until we give up
THREADS = "OMP_NUM_THREADS"
"""Torch and numpy read it when they are loaded. What the user has set is left alone."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Connection[Any, Any]
    ready: bool = False
    part: Part | None = None


def run(parts: Iterator[Part], job: Job, watch: Watch, *, workers: int) -> None:
    """Every part, unless ``watch.stopping``. Raises ServiceError when workers cannot be started.

    A worker that dies is replaced and its part done again; `attempts.py` finds a record that is to blame.
    """
    feed = _Feed(parts, ahead=workers)
    crew = _Crew(job, watch, workers)
    try:
        with _threads(workers):
            while not (watch.stopping() and not crew.busy):
                while not watch.stopping() and crew.wants() and (part := feed.next()) is not None:
                    crew.take(part)
                if feed.finished and not crew.busy and not crew.waiting:
                    return
                crew.listen()
    finally:
        feed.close()
        crew.end()


class _Crew:
    def __init__(self, job: Job, watch: Watch, most: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._job, self._watch, self._most = job, watch, most
        self._workers: list[_Worker] = []
        self._unstarted = 0
        self.waiting: deque[Part] = deque()

    @property
    def busy(self) -> bool:
        return any(each.part is not None for each in self._workers)

    def wants(self) -> bool:
        """Whether another part would not have to wait for one that is in hand."""
        return len(self.waiting) < self._most - sum(each.part is not None for each in self._workers)

    def take(self, part: Part) -> None:
        self.waiting.append(part)
        self._hand_out()

    def listen(self) -> None:
        """Hear what workers say, for at most `POLL_SECONDS`."""
        self._hand_out()
        pipes = {each.pipe: each for each in self._workers}
        if not pipes:
            threading.Event().wait(POLL_SECONDS)
        for pipe in wait(list(pipes), POLL_SECONDS) if pipes else []:
            each = pipes[pipe]  # type: ignore[index]  # only connections were handed in
            try:
                self._hear(each, worker.received(each.pipe))
            except (EOFError, OSError):
                self._bury(each)
        self._hand_out()

    def end(self) -> None:
        for each in self._workers:
            each.pipe.close()
            # An idle one ends by itself; one with a part in hand would go on to the next record.
            if each.part is not None or not each.ready:
                each.process.kill()
        for each in self._workers:
            each.process.join()

    def _hear(self, each: _Worker, message: worker.Message) -> None:
        match message:
            case worker.Ready(versions=versions):
                self._watch.versions(versions)
                each.ready, self._unstarted = True, 0
            case worker.Failed(code=code, message=text, remedy=remedy):
                raise ServiceError(code, text, remedy, status=503)
            case worker.At():
                if each.part is not None:
                    self._watch.record(each.part)
            case worker.Done(finished=finished):
                each.part = None
                self._watch.done(finished)

    def _hand_out(self) -> None:
        idle = [each for each in self._workers if each.ready and each.part is None]
        while self.waiting and idle and not self._watch.stopping():
            each, part = idle.pop(), self.waiting.popleft()
            each.part = part
            try:
                worker.give(each.pipe, part)
            except OSError:
                self._bury(each)
        starting = sum(not each.ready for each in self._workers)
        while starting < len(self.waiting) and len(self._workers) < self._most and not self._watch.stopping():
            self._workers.append(self._started())
            starting += 1

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=worker.main, args=(theirs, self._job), daemon=True)
        process.start()
        theirs.close()  # or its end would never be heard
        return _Worker(process=process, pipe=ours)

    def _bury(self, each: _Worker) -> None:
        self._workers.remove(each)
        each.pipe.close()
        each.process.join()
        if each.part is not None:
            self.waiting.appendleft(each.part)
        elif not each.ready:
            self._unstarted += 1
        if self._unstarted == UNSTARTED:
            raise ServiceError(
                "worker_failed",
                f"A worker process ended before it was ready (exit code {each.process.exitcode}).",
                "Run `truthlens doctor`; with little memory, try --workers 1.",
                status=503,
            )


class _Feed:
    """Reads, and fetches, the next parts in a thread while workers are at others."""

    def __init__(self, parts: Iterator[Part], *, ahead: int) -> None:
        self.finished = False
        self._parts = parts
        self._ready: queue.Queue[Part | BaseException | None] = queue.Queue(maxsize=ahead)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def next(self) -> Part | None:
        """The next part, None when none is ready. Raises what reading raised."""
        if self.finished:
            return None
        try:
            found = self._ready.get_nowait()
        except queue.Empty:
            return None
        if isinstance(found, BaseException):
            raise found
        self.finished = found is None
        return found

    def close(self) -> None:
        """The thread ends with the part that it is at; a fetch is not waited for."""
        self._closed.set()

    def _read(self) -> None:
        try:
            for part in self._parts:
                if not self._put(part):
                    return
        except BaseException as error:  # noqa: BLE001  # whoever reads the queue raises it
            self._put(error)
        else:
            self._put(None)

    def _put(self, item: Part | BaseException | None) -> bool:
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._ready.put(item, timeout=POLL_SECONDS)
                return True
        return False


@contextmanager
def _threads(workers: int) -> Iterator[None]:
    """Cores divided among workers, for the processes started in here."""
    if THREADS in os.environ:
        yield
        return
    os.environ[THREADS] = str(max(1, cores() // workers))
    try:
        yield
    finally:
        os.environ.pop(THREADS, None)


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
