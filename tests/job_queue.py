"""A queue of jobs with its library, a fake analyser and a clock that stands still, for tests of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from service_under_test import FakeAnalyser, bare_intake, until
from truthlens.domain import Article, Report
from truthlens.errors import ServiceError
from truthlens.server.computation import Computation
from truthlens.server.job import HEARTBEAT_SECONDS
from truthlens.server.jobs import Jobs
from truthlens.server.requests import AnalysisRequest
from truthlens.store.library import Library

TITLES: Mapping[str, str] = {
    "extract": "reading the page",
    "voice": "who",
    "encode": "how",
    "report": "writing",
}
ME, OTHER = "chrome-extension://me", "moz-extension://other"


def render(analysis_id: str, report: Report) -> dict[str, Any]:
    return {
        "article": {"text": report.article.text},
        "rendered_for": analysis_id,
        "report": {"problems": []},
        "timings_ms": dict(report.timings_ms),
    }


class Bench:
    """A queue with its library and fakes; ``obtain`` may be replaced before the first job."""

    def __init__(self, data_dir: Path, queue_size: int = 16) -> None:
        self.analyser = FakeAnalyser()
        self.clock = 0.0
        self.library = Library.open(data_dir)
        self.obtain: Callable[[AnalysisRequest, Callable[[], bool]], Article] = bare_intake()
        self.jobs = Jobs(
            library=self.library,
            computation=Computation(
                library=self.library,
                obtain=self._obtained,
                render=render,
            ),
            titles=lambda: TITLES,
            queue_size=queue_size,
            now=lambda: self.clock,
        )

    def silence(self) -> None:
        """Let as much time pass as a job lives without anyone asking about it, and a little more."""
        self.clock += HEARTBEAT_SECONDS + 1

    def _obtained(self, request: AnalysisRequest, cancelled: Callable[[], bool]) -> Article:
        return self.obtain(request, cancelled)

    def submit(self, text: str, client: str = ME) -> dict[str, Any]:
        return self.jobs.submit(AnalysisRequest(text=text), client=client)

    def state(self, job: dict[str, Any]) -> str:
        return str(self.jobs.view(job["id"])["state"])

    def finished(self, job: dict[str, Any]) -> dict[str, Any]:
        until(lambda: self.state(job) not in {"queued", "working"})
        return self.jobs.view(job["id"])

    def holding(self, text: str = "first") -> dict[str, Any]:
        """A job that has the thread and stays in it until the gate opens."""
        self.analyser.gate.clear()
        job = self.submit(text)
        assert self.analyser.entered.wait(10)
        return job

    def close(self) -> None:
        self.analyser.gate.set()
        self.jobs.stop(10)
        self.library.close()


@contextmanager
def open_bench(data_dir: Path) -> Iterator[Bench]:
    """One with its model, and a queue of three."""
    made = Bench(data_dir, queue_size=3)
    made.jobs.model_ready(made.analyser)
    yield made
    made.close()


def code(call: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        call()
    return caught.value.code
