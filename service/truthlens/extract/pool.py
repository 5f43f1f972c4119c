"""Processes that extract articles under limits: a page that hangs or breaks one costs one error."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from truthlens.domain import Article, Link
from truthlens.errors import ServiceError
from truthlens.extract.frames import REPLY_BYTES, receive, send
from truthlens.extract.prescan import BYTES_CEILING, page_too_large
from truthlens.extract.worker import extraction_failed

WALL_SECONDS = 9.0  # per page, so that killing and replying end within ten; measured pages take 0.06
START_SECONDS = 60.0  # a cold start imports the parsers from a slow disk
PAGES = 200  # after which a worker is replaced: parsers leak and their caches grow
MEMORY_MEGABYTES = 300  # at which it is replaced earlier
POLL_SECONDS = 0.05  # how soon a cancelled job lets go


class ExtractionPool:
    """``extract`` as of `extract.article`, in worker processes started beforehand. Safe for many threads.

    ``work`` names the function the workers run, as "module:function".
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        work: str = "truthlens.extract.article:extract",
        wall_seconds: float = WALL_SECONDS,
        pages: int = PAGES,
    ) -> None:
        self._work, self._wall_seconds, self._pages = work, wall_seconds, pages
        self._lock = threading.Lock()
        self._closed = False
        self._workers: set[_Worker] = set()
        self._idle: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._start()

    def extract(self, html: str, url: str, cancelled: Callable[[], bool] = lambda: False) -> Article:
        """The article on a page.

        ``cancelled`` is asked every 50 ms; once true, the work is killed. Waiting for a free worker does not
        count against the seconds of a page. Raises ServiceError: those of `extract.article.extract`,
        ``extraction_timeout``, ``extraction_failed``, ``cancelled``.
        """
        if len(html) > BYTES_CEILING:
            raise page_too_large("The page has more than 8 MiB of HTML.")
        worker = self._free(cancelled)
        fit = False
        try:
            reply = worker.ask({"html": html, "url": url}, self._wall_seconds, cancelled)
            fit = not reply.get("worn") and reply.get("memory_megabytes", 0) <= MEMORY_MEGABYTES
            return _article(reply)
        finally:
            self._give_back(worker, fit=fit and worker.pages < self._pages)

    def close(self) -> None:
        """Ends all workers. Extractions under way fail with ``extraction_failed``."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.end()
        self._idle.put(None)

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = _Worker(self._work)
            self._workers.add(worker)
        self._idle.put(worker)

    def _free(self, cancelled: Callable[[], bool]) -> _Worker:
        while True:
            if cancelled():
                raise _cancelled()
            try:
                worker = self._idle.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if worker is None:
                self._idle.put(None)  # for the next thread that waits
                raise extraction_failed()
            return worker

    def _give_back(self, worker: _Worker, *, fit: bool) -> None:
        if fit:
            self._idle.put(worker)
            return
        with self._lock:
            self._workers.discard(worker)
        worker.end()
        self._start()


class _Worker:
    """One process and the thread that talks to it: pipes cannot be waited on with a deadline everywhere."""

    def __init__(self, work: str) -> None:
        self.pages = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "truthlens.extract.worker", work],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=os.name == "posix",  # so that children of its own die with it
        )
        self._requests: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._ready = self._ended = False
        self._talk = threading.Thread(target=self._converse, daemon=True)
        self._talk.start()

    def ask(self, request: dict[str, Any], seconds: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        """The reply. Raises ServiceError when the worker takes too long, dies, or nobody waits any more."""
        if not self._ready:
            self._wait(START_SECONDS, cancelled)
            self._ready = True
        self.pages += 1
        self._requests.put(request)
        return self._wait(seconds, cancelled)

    def end(self) -> None:
        """Kills the process and whatever it started, and waits until it is gone."""
        self._requests.put(None)
        if os.name == "posix" and not self._ended:  # later the number may belong to someone else
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._ended = True
        self._process.kill()
        self._process.wait()
        if threading.current_thread() is not self._talk:
            self._talk.join()

    def _wait(self, seconds: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            try:
                reply = self._replies.get(timeout=max(0.0, min(POLL_SECONDS, left)))
            except queue.Empty:
                if cancelled():
                    raise _cancelled() from None
                if left <= 0:
                    raise _timeout() from None
                continue
            if reply is not None:
                return reply
            raise _timeout() if self._out_of_time() else extraction_failed()

    def _out_of_time(self) -> bool:
        if os.name != "posix":
            return False
        with suppress(subprocess.TimeoutExpired):  # its pipe closes a moment before it can be reaped
            return self._process.wait(timeout=1) == -signal.SIGXCPU
        return False

    def _converse(self) -> None:
        requests, replies = self._process.stdin, self._process.stdout
        assert requests is not None
        assert replies is not None
        try:
            with replies, suppress(OSError, EOFError, ValueError):
                self._replies.put(receive(replies, REPLY_BYTES))  # the greeting
                while (request := self._requests.get()) is not None:
                    send(requests, request)
                    self._replies.put(receive(replies, REPLY_BYTES))
        finally:
            with suppress(OSError):  # what was not written yet has no reader any more
                requests.close()
            self._replies.put(None)


def _environment() -> dict[str, str]:
    """Only what the interpreter needs: no token, no model folder, no proxy, no home."""
    kept = {
        key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ") if key in os.environ
    }
    return kept | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTHONSAFEPATH": "1",
        "OPENBLAS_NUM_THREADS": "1",  # numpy comes along with py3langid, and reserves memory by thread
    }


def _article(reply: dict[str, Any]) -> Article:
    error = reply.get("error")
    try:
        if error is not None:
            raise ServiceError(error["code"], error["message"], error["remedy"], status=error["status"])
        fields = dict(reply["article"])
        fields["links"] = tuple(Link(link["text"], link["url"]) for link in fields["links"])
        fields["labels"] = tuple(fields["labels"])
        return Article(**fields)
    except (KeyError, TypeError) as broken:
        raise extraction_failed() from broken


def _timeout() -> ServiceError:
    return ServiceError(
        "extraction_timeout",
        "The page took too long to read.",
        "Hand in the article's text instead of the page.",
        status=422,
    )


def _cancelled() -> ServiceError:
    return ServiceError(
        "cancelled", "The work was cancelled.", "Start it again if you still want it.", status=409
    )
