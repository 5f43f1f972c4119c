"""Clients that vanish without a word: nobody asks about their analyses, and these end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_encoder import BagOfWordsEncoder
from job_queue import OTHER, Bench, code, open_bench
from service_under_test import CHROME, FIREFOX, FakeAnalyser, ask, bare_intake, client_headers, running
from truthlens.analyse import Analyser
from truthlens.domain import Article, Report
from truthlens.errors import ServiceError
from truthlens.reading import Reading
from truthlens.server.computation import Analysing
from truthlens.server.job import HEARTBEAT_SECONDS
from truthlens.server.pairing import CLI_ORIGIN
from truthlens.server.requests import AnalysisRequest


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as made:
        yield made


STORY = "The mayor said on Monday that the budget was disastrous. Critics slammed the shameful plan."


class Vanishing:
    """The real analysis with a fake encoder; the client falls silent as ``stage`` begins."""

    def __init__(self, inner: Analyser, bench: Bench, stage: str) -> None:
        self.versions = inner.versions
        self.inner, self.bench, self.stage = inner, bench, stage
        self.begun: list[str] = []

    def analyse_with_reading(
        self, article: Article, *, progress: Callable[[str, float], None], early: Callable[..., None]
    ) -> tuple[Report, Reading]:
        def seen(stage: str, share: float) -> None:
            if stage == self.stage and article.text == STORY:
                self.bench.silence()
            progress(stage, share)
            self.begun.append(stage)

        return self.inner.analyse_with_reading(article, progress=seen, early=early)

    def reading(self, article: Article, *, progress: Callable[[str, float], None]) -> Reading:
        return self.inner.reading(article, progress=progress)


@pytest.mark.parametrize("stage", ["queued", "extract", "voice", "encode", "report"])
def test_work_stops_when_nobody_asks_about_it(
    tmp_path: Path, encoder: BagOfWordsEncoder, analyser: Analyser, stage: str
) -> None:
    bench = Bench(tmp_path)
    vanishing: Analysing = Vanishing(analyser, bench, stage)
    intake = bare_intake()

    def obtain(request: AnalysisRequest, cancelled: Callable[[], bool]) -> Article:
        if stage == "extract" and request.text == STORY:
            bench.silence()
            assert cancelled()
            raise ServiceError("cancelled", "Cancelled.", "Again.")
        return intake(request, cancelled)

    bench.obtain = obtain
    gone = bench.submit(STORY)
    if stage == "queued":
        bench.silence()
    next_one = bench.submit("The next article is short.", CLI_ORIGIN)  # whose jobs silence does not end
    bench.jobs.model_ready(vanishing)
    assert bench.finished(next_one)["state"] == "done"
    assert bench.state(gone) == "cancelled"
    read = [call for call in encoder.calls if call[0].startswith("The mayor")]
    assert len(read) == (1 if stage == "report" else 0)  # the last stage begins when the pass is over
    assert len(bench.library.listing()) == 1
    bench.close()


def test_a_job_that_is_asked_about_goes_on(bench: Bench) -> None:
    job = bench.holding()
    for _ in range(5):
        bench.clock += HEARTBEAT_SECONDS - 1
        assert bench.state(job) == "working"
    bench.analyser.gate.set()
    assert bench.finished(job)["state"] == "done"


def test_what_the_command_line_began_goes_on_unasked(bench: Bench) -> None:
    job = bench.jobs.submit(AnalysisRequest(text="first"), client=CLI_ORIGIN)
    bench.silence()
    assert bench.finished(job)["state"] == "done"


def test_a_second_client_keeps_a_job_that_the_first_forsook(bench: Bench) -> None:
    job = bench.holding()
    bench.silence()
    assert bench.submit("first", OTHER)["state"] == "working"
    bench.analyser.gate.set()
    assert bench.finished(job)["state"] == "done"


def test_a_full_queue_gives_the_places_of_forsaken_jobs_away(bench: Bench) -> None:
    bench.holding()
    gone = [bench.submit(f"gone {number}") for number in range(3)]
    assert code(lambda: bench.submit("one too many", OTHER)) == "queue_full"
    bench.silence()
    kept = bench.submit("a reader who is there", OTHER)
    assert [bench.state(job) for job in gone] == ["cancelled"] * 3
    bench.analyser.gate.set()
    assert bench.finished(kept)["state"] == "done"
    assert bench.analyser.seen == ["first", "a reader who is there"]


def test_a_browser_that_is_killed_ends_its_analysis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over sockets, and with a clock that runs: the client hangs up and is not heard of again."""
    monkeypatch.setattr("truthlens.server.job.HEARTBEAT_SECONDS", 0.3)
    ended = threading.Event()

    class Endless(FakeAnalyser):
        def analyse_with_reading(
            self, article: Article, *, progress: Callable[[str, float], None], early: Callable[..., None]
        ) -> tuple[Report, Reading]:
            if article.text != "endless":
                return super().analyse_with_reading(article, progress=progress, early=early)
            try:
                while not self.entered.wait(0.01):
                    progress("encode", 0.5)
            finally:
                ended.set()
            raise AssertionError

    with running(tmp_path, analyser=Endless()) as run:
        headers = client_headers(run.token(CHROME), ("Origin", CHROME))
        started = ask(run.port, "POST", "/v1/analyses", headers, b'{"text": "endless"}').json
        for _ in range(20):  # as long as somebody asks, nothing is cancelled
            assert ask(run.port, "GET", f"/v1/analyses/{started['id']}", headers).json["state"] != "cancelled"
            threading.Event().wait(0.05)
        assert ended.wait(20)
        assert ask(run.port, "GET", f"/v1/analyses/{started['id']}", headers).json["state"] == "cancelled"
        after = run.client(FIREFOX).analyse({"text": "the next one"})
        assert after["state"] == "done"
