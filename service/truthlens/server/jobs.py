"""The queue of analyses and the one thread that computes them, one after the other.

The same request asked twice at once is one job; nothing that happens inside a job ends the thread.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from threading import Condition, Thread
from typing import Literal

from truthlens.errors import ServiceError
from truthlens.freed_memory import give_back
from truthlens.server.computation import Analysing, Computation, versions_digest
from truthlens.server.job import Cancelled, Job, done_view
from truthlens.server.reply import internal, place_of
from truthlens.server.requests import AnalysisRequest
from truthlens.store.library import Library

KEPT_SETTLED = 64  # failed and cancelled jobs that clients may still ask about
KEPT_RESULTS = 16  # results that stand in memory alone, because they were not to be stored or could not be
ModelState = Literal["loading", "ready", "failed"]
_log = logging.getLogger(__name__)


class Jobs:
    """``computation`` does one job; ``titles`` names the stages in their order, for people; ``now`` gives
    seconds that never go back.

    A client that vanishes without a word is noticed by its silence (`Job.leave_if_forsaken`). Nobody watches
    for that: it is looked at wherever a forsaken job would cost something, at each step of the analysis, when
    a job's turn comes, and when the queue is full.
    """

    def __init__(
        self,
        *,
        library: Library,
        computation: Computation,
        titles: Callable[[], Mapping[str, str]],
        queue_size: int,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._library = library
        self._computation = computation
        self._titles = titles
        self._queue_size = queue_size
        self._now = now
        self._queue: deque[tuple[Job, AnalysisRequest]] = deque()  # a page is kept no longer than it waits
        self._jobs: dict[str, Job] = {}
        self._changed = Condition()  # guards everything here
        self._analyser: Analysing | None = None
        self._failure: ServiceError | None = None
        self._stopping = False
        self._thread: Thread | None = None

    def model_ready(self, analyser: Analysing) -> None:
        """Let the waiting jobs begin."""
        with self._changed:
            self._analyser = analyser
            self._changed.notify_all()

    def model_failed(self, failure: ServiceError) -> None:
        """Fail the waiting jobs and refuse new ones with the reason."""
        with self._changed:
            self._failure = ServiceError("model_failed", failure.message, failure.remedy, status=503)
            while self._queue:
                job, _ = self._queue.popleft()
                job.state, job.error = "failed", self._failure

    def analyser(self) -> Analysing:
        """The analyser, for what needs no job. Raises ServiceError ``model_loading`` or ``model_failed``."""
        with self._changed:
            if self._failure is not None:
                raise self._failure
            if self._analyser is None:
                raise ServiceError(
                    "model_loading", "The model is still loading.", "Try again in a few seconds.", status=503
                )
            return self._analyser

    def model_state(self) -> tuple[ModelState, str]:
        """How far the model is, and why it failed."""
        # Without the lock, which may be held until the disk has taken what is being saved.
        if (failure := self._failure) is not None:
            return "failed", f"{failure.message} {failure.remedy}"
        return ("loading" if self._analyser is None else "ready"), ""

    def submit(self, request: AnalysisRequest, *, client: str) -> dict[str, object]:
        """Join, start or answer an analysis; its view says which ("done" carries the result).

        Raises ServiceError ``queue_full`` or ``model_failed``.
        """
        with self._changed:
            job = self._jobs.get(request.id)
            if job is not None and job.state == "done" and not request.keep and request.mode != "url":
                return self._view(job)
            if job is None or not job.live:
                if (stored := self._stored(request)) is not None:
                    self._jobs.pop(request.id, None)  # a cancelled attempt would hide what is stored
                    return done_view(request.id, self._titles(), stored)
                job = self._enqueue(request)
            job.waiters[client] += 1
            job.asked_at = self._now()
            return self._view(job)

    def view(self, asked_id: str) -> dict[str, object]:
        """A job or a stored analysis. Raises ServiceError ``unknown_analysis``."""
        with self._changed:
            if (job := self._jobs.get(asked_id)) is not None:
                job.asked_at = self._now()
                return self._view(job)
        if (stored := self._library.result(asked_id)) is not None:
            return done_view(asked_id, self._titles(), stored)
        raise _unknown()

    def withdraw(self, asked_id: str, *, client: str) -> dict[str, object]:
        """Take a client off a job, or forget what is finished. Raises ServiceError ``unknown_analysis``.

        A job that others wait for goes on; to the client that left, it is cancelled.
        """
        with self._changed:
            job = self._jobs.get(asked_id)
            if job is not None and job.live:
                waited = job.waiters[client] > 0
                job.leave(client)
                self._queue = deque(entry for entry in self._queue if entry[0].live)
                return {"id": asked_id, "state": "cancelled" if waited else job.state}
            settled = self._jobs.pop(asked_id, None)
        if not self._library.forget(asked_id) and settled is None:
            raise _unknown()
        return {"id": asked_id, "state": "forgotten"}

    def forget_all(self) -> int:
        """Forget everything that is finished, stored or in memory; say how many were stored."""
        with self._changed:
            self._jobs = {each.id: each for each in self._jobs.values() if each.live}
        return self._library.forget_all()

    def stop(self, seconds: float) -> None:
        """Cancel everything and wait at most so long for the thread."""
        with self._changed:
            self._stopping = True
            self._queue.clear()
            for job in self._jobs.values():
                if job.live:
                    job.state = "cancelled"
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)

    def _stored(self, request: AnalysisRequest) -> dict[str, object] | None:
        # A fetched page may have changed since, so a bare address is looked at anew each time.
        if request.mode == "url" or self._analyser is None:
            return None
        return self._library.result(request.id, versions=versions_digest(self._analyser))

    def _enqueue(self, request: AnalysisRequest) -> Job:
        if self._failure is not None:
            raise self._failure
        if len(self._queue) >= self._queue_size:
            for waiting, _ in self._queue:
                waiting.leave_if_forsaken(self._now())
            self._queue = deque(entry for entry in self._queue if entry[0].live)
        if self._stopping or len(self._queue) >= self._queue_size:
            raise ServiceError(
                "queue_full",
                "Too many analyses are waiting already.",
                "Try again in a few seconds.",
                status=503,
            )
        job = Job(id=request.id, asked_at=self._now())
        self._jobs.pop(job.id, None)  # so that the newest stands last
        self._jobs[job.id] = job
        self._queue.append((job, request))
        settled = [each for each in self._jobs.values() if not each.live]
        in_memory = [each for each in settled if each.result is not None]
        for old in {each.id for each in (*settled[:-KEPT_SETTLED], *in_memory[:-KEPT_RESULTS])}:
            del self._jobs[old]
        if self._thread is None:
            self._thread = Thread(target=self._work, name="inference", daemon=True)
            self._thread.start()
        self._changed.notify_all()
        return job

    def _view(self, job: Job) -> dict[str, object]:
        waiting = "loading the model" if self._analyser is None else "waiting for its turn"
        return job.view(self._titles(), waiting)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or (self._queue and self._analyser is not None))
                if self._stopping or self._analyser is None:
                    return
                analyser = self._analyser
                job, request = self._queue.popleft()
                job.leave_if_forsaken(self._now())
                if not job.live:
                    continue
                job.state = "working"
            error = self._compute(job, request, analyser)
            del request  # a page of megabytes, which would stay until the next job
            with self._changed:
                self._settle(job, error)
            give_back()

    def _settle(self, job: Job, error: ServiceError | None) -> None:
        job.annotations = []
        if job.live:
            job.state, job.error = ("done", None) if error is None else ("failed", error)
        # What is stored is read from the library; a job that was cancelled and then asked for again has a
        # successor under its id.
        if job.state == "done" and job.result is None and self._jobs.get(job.id) is job:
            del self._jobs[job.id]

    def _compute(self, job: Job, request: AnalysisRequest, analyser: Analysing) -> ServiceError | None:
        def cancelled() -> bool:
            with self._changed:
                job.leave_if_forsaken(self._now())
                return not job.live

        def progress(stage: str, share: float) -> None:
            with self._changed:
                if cancelled():
                    raise Cancelled
                job.stage, job.progress = stage, max(job.progress, min(share, 1.0))

        def show(annotations: list[dict[str, object]]) -> None:
            with self._changed:
                job.annotations = annotations

        try:
            unsaved = self._computation(request, analyser, progress, cancelled, show)
            with self._changed:
                job.result = unsaved
        except Cancelled:
            return ServiceError("cancelled", "The analysis was cancelled.", "Start it again.", status=409)
        except ServiceError as error:
            return error
        except BaseException as error:  # noqa: BLE001  # a crash belongs to its job, the thread serves the next
            _log.error("an analysis crashed: %s", place_of(error))  # a traceback quotes pages
            return internal()
        return None


def _unknown() -> ServiceError:
    return ServiceError(
        "unknown_analysis",
        "There is no analysis of that id.",
        "Start it again; analyses that were cancelled or forgotten are not kept.",
        status=404,
    )
