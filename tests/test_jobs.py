"""The queue: what is asked twice is computed once, leaving is private, a crash stays in its job."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from job_queue import ME, OTHER, Bench, code, open_bench
from service_under_test import until
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.server.jobs import KEPT_RESULTS, KEPT_SETTLED
from truthlens.server.requests import AnalysisRequest
from truthlens.store.library import Library
from truthlens.store.preferences import Preferences


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as made:
        yield made


def test_a_job_runs_to_its_result(bench: Bench) -> None:
    job = bench.submit("one")
    assert set(job) == {"id", "state", "stage", "stage_title", "progress", "annotations"}
    done = bench.finished(job)
    assert (done["state"], done["progress"], done["id"]) == ("done", 1.0, job["id"])
    assert done["article"] == {"text": "one"}
    assert list(done["timings_ms"]) == ["extract", "voice", "total"]


def test_the_same_request_twice_at_once_is_computed_once(bench: Bench) -> None:
    first = bench.holding()
    again = [bench.submit("first", client) for client in (ME, OTHER)]
    assert [job["id"] for job in again] == [first["id"]] * 2
    bench.analyser.gate.set()
    bench.finished(first)
    assert bench.analyser.seen == ["first"]


def test_a_finished_result_is_answered_at_once(bench: Bench) -> None:
    done = bench.finished(bench.submit("one"))
    assert bench.submit("one") == done
    assert bench.analyser.seen == ["one"]


def test_other_versions_compute_anew(bench: Bench) -> None:
    bench.finished(bench.submit("one"))
    bench.analyser.versions["model"] = "another"
    job = bench.submit("one")
    assert job["state"] != "done"
    bench.finished(job)
    assert bench.analyser.seen == ["one", "one"]


def test_pages_that_hold_the_same_article_share_an_analysis(bench: Bench) -> None:
    bench.obtain = lambda request, cancelled: Article(text="the article", url=request.url)
    pages = [AnalysisRequest(url="https://news.example/a", html=html) for html in ("<p>1", "<p>2")]
    results = [bench.finished(bench.jobs.submit(page, client=ME)) for page in pages]
    assert results[0]["id"] != results[1]["id"]
    assert results[0]["rendered_for"] == results[1]["rendered_for"]
    assert bench.analyser.seen == ["the article"]


def test_a_bare_address_is_fetched_anew_each_time(bench: Bench) -> None:
    texts = iter(["before", "after", "after"])
    bench.obtain = lambda request, cancelled: Article(text=next(texts), url=request.url)
    request = AnalysisRequest(url="https://news.example/live")
    seen = [bench.finished(bench.jobs.submit(request, client=ME))["article"]["text"] for _ in range(3)]
    assert seen == ["before", "after", "after"]
    assert bench.analyser.seen == ["before", "after"]


def test_progress_names_the_stage_and_never_goes_back(bench: Bench) -> None:
    job = bench.holding()
    view = bench.jobs.view(job["id"])
    assert (view["state"], view["stage"], view["stage_title"]) == ("working", "voice", "who")
    assert view["progress"] == 0.2
    waiting = bench.jobs.view(bench.submit("second")["id"])
    assert (waiting["state"], waiting["stage_title"], waiting["progress"]) == (
        "queued",
        "waiting for its turn",
        0,
    )


def test_a_full_queue_turns_the_next_away_and_recovers(bench: Bench) -> None:
    bench.holding()
    waiting = [bench.submit(f"waiting {number}") for number in range(3)]
    assert code(lambda: bench.submit("one too many")) == "queue_full"
    assert bench.submit("waiting 0")["id"] == waiting[0]["id"]  # joining takes no place
    bench.analyser.gate.set()
    for job in waiting:
        assert bench.finished(job)["state"] == "done"
    assert bench.finished(bench.submit("one too many"))["state"] == "done"


def test_a_queued_job_is_cancelled_and_its_place_freed(bench: Bench) -> None:
    bench.holding()
    jobs = [bench.submit(f"waiting {number}") for number in range(3)]
    assert bench.jobs.withdraw(jobs[1]["id"], client=ME) == {"id": jobs[1]["id"], "state": "cancelled"}
    assert bench.state(jobs[1]) == "cancelled"
    last = bench.submit("takes the place")
    bench.analyser.gate.set()
    bench.finished(last)
    assert bench.analyser.seen == ["first", "waiting 0", "waiting 2", "takes the place"]


def test_a_job_is_cancelled_inside_the_analysis(bench: Bench) -> None:
    job = bench.holding()
    bench.jobs.withdraw(job["id"], client=ME)
    assert bench.state(job) == "cancelled"
    bench.analyser.gate.set()
    assert bench.finished(bench.submit("second"))["state"] == "done"
    assert bench.state(job) == "cancelled"
    assert [saved.title for saved in bench.library.listing()] == [""]


def test_a_job_is_cancelled_while_its_page_is_read(bench: Bench) -> None:
    reading, let_go = threading.Event(), threading.Event()

    def obtain(request: AnalysisRequest, cancelled: Callable[[], bool]) -> Article:
        reading.set()
        until(cancelled)
        let_go.set()
        raise ServiceError("cancelled", "Cancelled.", "Again.")

    bench.obtain = obtain
    job = bench.submit("one")
    assert reading.wait(10)
    assert bench.jobs.view(job["id"])["stage_title"] == "reading the page"
    bench.jobs.withdraw(job["id"], client=ME)
    assert let_go.wait(10)
    assert bench.finished(job)["state"] == "cancelled"
    assert bench.analyser.seen == []


def test_cancelled_and_asked_for_again_is_a_new_job(bench: Bench) -> None:
    job = bench.holding()
    bench.jobs.withdraw(job["id"], client=ME)
    assert bench.submit("first")["state"] == "queued"
    bench.analyser.gate.set()
    assert bench.finished(job)["state"] == "done"


def test_one_clients_leaving_does_not_cancel_anothers_job(bench: Bench) -> None:
    job = bench.holding()
    bench.submit("first", OTHER)
    for _ in range(3):  # leaving once more than one came changes nothing for the other
        bench.jobs.withdraw(job["id"], client=ME)
    assert bench.state(job) == "working"
    assert bench.jobs.withdraw(job["id"], client="a stranger")["state"] == "working"
    bench.analyser.gate.set()
    assert bench.finished(job)["state"] == "done"


def test_two_panels_of_one_browser_count_as_two(bench: Bench) -> None:
    job = bench.holding()
    bench.submit("first")
    bench.jobs.withdraw(job["id"], client=ME)
    assert bench.state(job) == "working"
    bench.jobs.withdraw(job["id"], client=ME)
    assert bench.state(job) == "cancelled"


def test_what_is_finished_is_forgotten(bench: Bench) -> None:
    job = bench.submit("one")
    bench.finished(job)
    assert bench.jobs.withdraw(job["id"], client=ME) == {"id": job["id"], "state": "forgotten"}
    assert code(lambda: bench.jobs.view(job["id"])) == "unknown_analysis"
    assert code(lambda: bench.jobs.withdraw(job["id"], client=ME)) == "unknown_analysis"


@pytest.mark.parametrize("error", [RuntimeError("secret"), MemoryError(), SystemExit(1), KeyboardInterrupt()])
def test_a_crash_stays_in_its_job(
    bench: Bench, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    bench.analyser.error = error
    job = bench.submit("one")
    failed = bench.finished(job)
    assert (failed["state"], failed["error"]["code"]) == ("failed", "internal")
    assert "secret" not in caplog.text
    bench.analyser.error = None
    assert bench.finished(bench.submit("one"))["state"] == "done"


def test_a_refusal_of_the_article_is_told(bench: Bench) -> None:
    def obtain(request: AnalysisRequest, cancelled: Callable[[], bool]) -> Article:
        raise ServiceError("too_short", "Short.", "Longer.", status=422)

    bench.obtain = obtain
    failed = bench.finished(bench.submit("one"))
    assert failed["error"] == {"code": "too_short", "message": "Short.", "remedy": "Longer."}


def test_what_cannot_be_stored_is_still_answered(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(bench.library, "save", full)
    job = bench.submit("one")
    done = bench.finished(job)
    assert (done["state"], done["article"]) == ("done", {"text": "one"})
    assert [problem["code"] for problem in done["report"]["problems"]] == ["not_saved"]
    assert bench.jobs.withdraw(job["id"], client=ME)["state"] == "forgotten"


def test_settled_jobs_do_not_pile_up(bench: Bench) -> None:
    bench.analyser.error = RuntimeError()
    jobs = []
    for number in range(KEPT_SETTLED + 2):
        jobs.append(bench.submit(str(number)))
        bench.finished(jobs[-1])
    assert code(lambda: bench.jobs.view(jobs[0]["id"])) == "unknown_analysis"
    assert bench.state(jobs[-1]) == "failed"


# What is not to be kept


def everything(library: Library) -> list[str]:
    with library.reading() as connection:
        return [line for line in connection.iterdump() if line.startswith("INSERT")]


def private(bench: Bench, text: str) -> dict[str, Any]:
    return bench.jobs.submit(AnalysisRequest(text=text, keep=False), client=ME)


def test_a_private_analysis_is_answered_and_nothing_of_it_written(bench: Bench) -> None:
    before = everything(bench.library)
    job = private(bench, "one")
    done = bench.finished(job)
    assert (done["state"], done["article"], done["report"]) == ("done", {"text": "one"}, {"problems": []})
    assert private(bench, "one") == done
    assert bench.analyser.seen == ["one"]
    assert everything(bench.library) == before
    assert bench.jobs.withdraw(job["id"], client=ME)["state"] == "forgotten"
    assert code(lambda: bench.jobs.view(job["id"])) == "unknown_analysis"


def test_a_private_analysis_and_a_kept_one_do_not_share_a_job(bench: Bench) -> None:
    held = bench.holding("first")
    assert private(bench, "first")["id"] != held["id"]
    bench.analyser.gate.set()
    bench.finished(held)
    assert len(bench.library.listing()) == 1


def test_what_is_kept_answers_a_private_request_and_stays_as_it_is(bench: Bench) -> None:
    kept = bench.finished(bench.submit("one"))
    before = everything(bench.library)
    done = bench.finished(private(bench, "one"))
    assert done == {**kept, "id": done["id"]}
    assert bench.analyser.seen == ["one"]
    assert everything(bench.library) == before


def test_with_keeping_off_nothing_is_written(bench: Bench) -> None:
    bench.library.prefer(Preferences(keeping=False))
    before = everything(bench.library)
    for _ in range(2):
        assert bench.finished(bench.submit("one"))["article"] == {"text": "one"}
    assert everything(bench.library) == before
    bench.library.prefer(Preferences(keeping=True))
    bench.finished(bench.submit("one"))
    assert len(bench.library.listing()) == 1


def test_keeping_that_is_switched_off_during_an_analysis_holds_for_it(bench: Bench) -> None:
    job = bench.holding()
    bench.library.prefer(Preferences(keeping=False))
    bench.analyser.gate.set()
    assert bench.finished(job)["state"] == "done"
    assert bench.library.listing() == []


def test_results_in_memory_do_not_pile_up(bench: Bench) -> None:
    jobs = []
    for number in range(KEPT_RESULTS + 2):
        jobs.append(private(bench, str(number)))
        bench.finished(jobs[-1])
    assert code(lambda: bench.jobs.view(jobs[0]["id"])) == "unknown_analysis"
    assert bench.state(jobs[-1]) == "done"


def test_forgetting_everything_empties_memory_too_and_ends_no_job(bench: Bench) -> None:
    gone = [private(bench, "private"), bench.submit("kept")]
    for job in gone:
        bench.finished(job)
    held = bench.holding("under way")
    assert bench.jobs.forget_all() == 1
    for job in gone:
        assert code(lambda asked=job["id"]: bench.jobs.view(asked)) == "unknown_analysis"
    bench.analyser.gate.set()
    assert bench.finished(held)["state"] == "done"


def test_a_trace_is_kept_and_a_broken_one_costs_only_itself(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from truthlens.events import event_trace

    def broken(_: object) -> None:
        raise RuntimeError("secret")

    bench.finished(bench.submit("one"))
    monkeypatch.setattr(event_trace, "trace", broken)
    bench.finished(bench.submit("two"))
    assert [saved.traced for saved in bench.library.listing()] == [False, True]
    assert "without a trace" in caplog.text
    assert "secret" not in caplog.text


# While the model loads


def test_jobs_wait_for_the_model(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert bench.jobs.model_state() == ("loading", "")
    job = bench.submit("one")
    assert (job["state"], job["stage_title"]) == ("queued", "loading the model")
    bench.jobs.model_ready(bench.analyser)
    assert bench.jobs.model_state() == ("ready", "")
    assert bench.finished(job)["state"] == "done"
    bench.close()


def test_a_stored_result_is_used_once_the_model_says_it_is_current(tmp_path: Path) -> None:
    for _ in range(2):
        bench = Bench(tmp_path)
        job = bench.submit("one")
        bench.jobs.model_ready(bench.analyser)
        assert bench.finished(job)["state"] == "done"
        seen = bench.analyser.seen
        bench.close()
    assert seen == []


def test_a_cancelled_attempt_does_not_hide_what_is_stored(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.submit("one")
    bench.jobs.model_ready(bench.analyser)
    bench.finished(bench.submit("one"))
    bench.close()
    bench = Bench(tmp_path)
    job = bench.submit("one")
    assert bench.jobs.withdraw(job["id"], client=ME)["state"] == "cancelled"
    bench.jobs.model_ready(bench.analyser)
    assert bench.submit("one")["state"] == "done"
    assert bench.jobs.view(job["id"])["state"] == "done"
    bench.close()


def test_a_model_that_fails_fails_what_waits_and_what_comes(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    job = bench.submit("one")
    bench.jobs.model_failed(
        ServiceError("weights_wrong", "The weights are wrong.", "Run doctor.", status=500)
    )
    assert bench.jobs.model_state() == ("failed", "The weights are wrong. Run doctor.")
    assert bench.finished(job)["error"]["code"] == "model_failed"
    assert code(lambda: bench.submit("two")) == "model_failed"
    bench.close()


def test_stopping_ends_everything(bench: Bench) -> None:
    running = bench.holding()
    queued = bench.submit("second")
    stopper = threading.Thread(target=bench.jobs.stop, args=(10,))
    stopper.start()
    until(lambda: bench.state(queued) == "cancelled")
    bench.analyser.gate.set()
    stopper.join()
    assert bench.state(running) == "cancelled"
    assert code(lambda: bench.submit("third")) == "queue_full"
    assert bench.analyser.seen == ["first"]
