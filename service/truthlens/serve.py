"""Puts the real parts together, listens at once, loads the model meanwhile, and stops cleanly."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

from waitress import wasyncore

from truthlens.errors import ServiceError
from truthlens.server.app import create_app, parts
from truthlens.server.computation import Analysing, Obtain, Render
from truthlens.server.intake import Intake
from truthlens.server.listener import bind, listen
from truthlens.server.reply import place_of
from truthlens.settings import Settings
from truthlens.store.library import Library
from truthlens.store.library_error import LibraryError

ANSWERS_SECONDS = 2.0  # at the end, for replies under way
ANALYSIS_SECONDS = 4.0  # and for the analysis, which is cancelled and stops at its next step
EXIT_SECONDS = 9.0  # after which the process ends whatever still holds it
SWITCH_SECONDS = 0.0005
"""How long an analysis may keep Python to itself while a reply waits, which it does some ten times. With
Python's 0.005 the status took 59 ms (median) beside a thread that computes without end, at this 12.
"""
_log = logging.getLogger(__name__)


class Service:
    """A service that is bound to its port: ``settings.port`` is the real one, ``notices`` are for the reader,
    ``stopping`` is set from the moment the end begins.

    Raises ServiceError ``port_taken`` or ``library_newer``. ``run`` serves until ``stop``; then ``close``.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        obtain: Obtain,
        analyser: Analysing | None = None,
        render: Render | None = None,
    ) -> None:
        bound = bind(settings)
        try:
            self.settings = replace(settings, port=bound.getsockname()[1])
            self.library = Library.open(settings.data_dir, thorough=True)
        except BaseException:
            bound.close()
            raise
        try:
            self.library.apply_retention()
        except LibraryError as error:  # it is tried again after each analysis
            _log.error("old analyses could not be deleted: %s", place_of(error))
        self.notices = [self.library.notice] if self.library.notice else []
        self.app = create_app(self.settings, analyser, library=self.library, obtain=obtain, render=render)
        self.jobs = parts(self.app).jobs
        self.pairings = parts(self.app).pairings
        self._server: Any = listen(self.app, bound, self.settings)
        self.stopping = threading.Event()

    def run(self) -> None:
        """Answer requests in this thread until ``stop`` is called from a signal handler or another thread."""
        # Not waitress's own loop, which ends by an exception raised wherever the signal happens to strike.
        while not self.stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self._server._map, count=1)

    def stop(self) -> None:
        self.stopping.set()
        self._server.pull_trigger()  # wakes the loop

    def close(self) -> None:
        """Let replies end, cancel the analyses, release the port and the library."""
        self._server.task_dispatcher.shutdown(timeout=ANSWERS_SECONDS)
        self.jobs.stop(ANALYSIS_SECONDS)
        wasyncore.close_all(self._server._map, ignore_all=True)
        self.library.close()


def serve(
    settings: Settings,
    *,
    on_ready: Callable[[Service], None] = lambda _service: None,
    on_model: Callable[[str, str], None] = lambda _state, _detail: None,
) -> bool:
    """Serve until SIGINT or SIGTERM. ``on_ready`` is called once the port takes requests, before the model
    is loaded; ``on_model`` with its state and the detail of a failure once that is settled, from another
    thread.

    Returns whether the model was settled by the end. While that other thread still imports its libraries, the
    interpreter cannot be taken down in order, so the caller should leave by `os._exit`.
    Raises ServiceError ``port_taken`` or ``library_newer``.
    """
    from truthlens.extract.pool import ExtractionPool
    from truthlens.net.fetch import fetch
    from truthlens.server.admit import admit

    sys.setswitchinterval(SWITCH_SECONDS)
    intake: Intake | None = None

    def obtain(request: Any, cancelled: Callable[[], bool]) -> Any:
        assert intake is not None  # set below, before the model that every job waits for
        return intake(request, cancelled)

    service = Service(settings, obtain=obtain)
    pool = ExtractionPool(workers=settings.extraction_workers)
    intake = Intake(extract=pool.extract, fetch=fetch, admit=admit)

    def load() -> None:
        load_model(service)
        on_model(*service.jobs.model_state())

    loader = threading.Thread(target=load, name="load-model", daemon=True)
    with _stopped_by_signals(service):
        on_ready(service)
        loader.start()
        service.run()
        last_resort = threading.Timer(EXIT_SECONDS, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
        service.close()
        pool.close()
        last_resort.cancel()
    return not loader.is_alive()


def load_model(service: Service) -> None:
    """Load the real analyser into a service, or tell it why that failed. Raises nothing."""
    try:
        from truthlens.analyse import Analyser

        analyser = Analyser.load_for_good(service.settings)
        parts(service.app).language_model.fit(analyser)
    except ServiceError as error:
        service.jobs.model_failed(error)
    except Exception as error:  # noqa: BLE001  # whatever a library raises, the reader must learn of it
        _log.error("the model could not be loaded: %s", place_of(error))
        service.jobs.model_failed(
            ServiceError(
                "model_failed",
                f"The language model could not be loaded ({type(error).__name__}).",
                "Run `truthlens doctor`, which names what is missing.",
                status=503,
            )
        )


@contextmanager
def _stopped_by_signals(service: Service) -> Iterator[None]:
    """The first signal stops the service, a second one does what it did before (ends the process)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous: dict[int, Any] = {}

    def restore() -> None:
        for number, handler in previous.items():
            signal.signal(number, handler)

    def stop(_number: int, _frame: FrameType | None) -> None:
        restore()
        service.stop()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last one on Windows only
        if hasattr(signal, name):
            number = int(getattr(signal, name))
            previous[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
