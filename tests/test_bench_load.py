"""What `truthlens bench load` sends is refused politely, and what it measures is judged as it says."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from service_under_test import CHROME, Running, running
from truthlens.bench import hostile
from truthlens.bench.load_articles import Articles
from truthlens.bench.load_judged import percentile, replies, resources, status_row
from truthlens.bench.load_rows import KEYS, Row
from truthlens.bench.own_service import Sample
from truthlens.bench.readers import Reader, SlowClients, Tally
from truthlens.server.admit import WORDS_FLOOR


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data"), queue_size=2) as run:
        yield run


@pytest.fixture(scope="module")
def token(served: Running) -> str:
    return served.token(CHROME)


def test_every_hostile_request_is_refused_and_none_is_a_fault(served: Running, token: str) -> None:
    tally = Tally()
    sent = 0
    for raw in hostile.requests(served.port, CHROME, token):
        if raw.startswith(b"\x16"):  # no request: it is hung up on after 30 seconds
            continue
        hostile.send(served.port, raw, tally)
        sent += 1
    assert not tally.wrong
    assert tally.replies == sent
    refused = sum(count for status, count in tally.statuses.items() if status >= 400)
    assert refused >= sent - len([*hostile.pages()]) - 2  # a fetch and documents are taken, as jobs


def test_a_reader_comes_back_when_it_was_told_to(served: Running, token: str) -> None:
    tally = Tally()
    reader = Reader(served.port, CHROME, token, tally)
    served.analyser.gate.clear()
    reports: list[object] = []
    asked = [{"text": f"text {number}"} for number in range(4)]

    def read(payload: dict[str, str]) -> None:
        reports.append(reader.analyse(payload))

    threads = [threading.Thread(target=read, args=(each,)) for each in asked]
    for thread in threads:
        thread.start()
    while not tally.statuses[503]:  # two wait, one is at work: one is turned away
        threading.Event().wait(0.01)
    served.analyser.gate.set()
    for thread in threads:
        thread.join()
    assert all(reports)
    assert (tally.done, tally.wrong) == (4, [])


def test_slow_clients_connect_and_are_gone_at_the_end(served: Running, token: str) -> None:
    with SlowClients(served.port, 8) as slow:
        while len(slow._open) < 8:
            threading.Event().wait(0.05)
        status, _, _ = Reader(served.port, CHROME, token, Tally()).request("GET", "/v1/indicators")
        assert status == 200
    assert all(each.fileno() == -1 for each in slow._open)


def test_articles_differ_unless_they_are_asked_for_by_number() -> None:
    articles = Articles()
    made = [str(make()) for make in (articles.short, articles.page, articles.long) for _ in range(20)]
    assert len({*made}) == len(made)
    assert articles.text(3) == articles.text(3) != articles.text(4)
    assert min(len(articles.short()["text"].split()) for _ in range(200)) >= WORDS_FLOOR


def tallied(*seen: tuple[int, dict[str, str], float]) -> Tally:
    tally = Tally()
    for each in seen:
        tally.reply(*each)
    tally.finished()
    return tally


def by_key(rows: Iterator[Row] | list[Row]) -> dict[str, Row]:
    found = {row.key: row for row in rows}
    assert found.keys() <= KEYS.keys()
    return found


@pytest.mark.parametrize(
    ("seen", "held"),
    [
        ([(200, {}, 0.1), (404, {}, 0.1), (503, {"Retry-After": "5"}, 0.1)], True),
        ([(200, {}, 0.1), (503, {}, 0.1)], False),
        ([(200, {}, 0.1), (500, {"Retry-After": "5"}, 0.1)], False),
    ],
)
def test_only_503_that_says_when_to_come_back_is_no_fault(
    seen: list[tuple[int, dict[str, str], float]], held: bool
) -> None:
    assert by_key(replies(tallied(*seen)))["refusals"].passed is held


def test_a_reply_that_outlasts_a_browsers_patience_fails() -> None:
    assert by_key(replies(tallied((200, {}, 24.0))))["replies"].passed
    assert not by_key(replies(tallied((200, {}, 26.0))))["replies"].passed


def test_the_status_must_answer_each_time_and_soon() -> None:
    assert status_row([0.002] * 100, [0.05] * 100).passed
    assert not status_row([0.002] * 100, [0.05] * 98 + [0.2] * 2).passed
    assert not status_row([0.002] * 100, [0.05] * 99 + [-1.0]).passed
    assert percentile([0.3, 0.1, 0.2, -1.0], 50) == 0.2


def samples(per_analysis: float) -> list[tuple[int, Sample]]:
    return [
        (number, Sample(at=number, resident=500 + per_analysis * number, files=12, threads=15))
        for number in range(1, 1001)
    ]


@pytest.mark.parametrize(("per_analysis", "held"), [(0.0, True), (0.01, True), (0.1, False)])
def test_memory_that_grows_is_seen_and_its_slope_told(per_analysis: float, held: bool) -> None:
    seen = samples(per_analysis)
    row = by_key(resources(seen, seen[0][1], seen[-1][1]))["memory"]
    assert row.passed is held
    assert row.figure.startswith(f"{per_analysis * 1000:+.1f} MiB for 1,000 analyses")


def test_memory_is_not_judged_by_a_short_run() -> None:
    seen = samples(0.5)[:600]  # of which the first fifth fills caches
    row = by_key(resources(seen, seen[0][1], seen[-1][1]))["memory"]
    assert row.passed is None
    assert row.figure.endswith("not judged by 479")


def test_files_that_stay_open_are_seen() -> None:
    seen = samples(0.0)
    after = Sample(at=0, resident=500, files=40, threads=15)
    assert by_key(resources(seen, seen[0][1], seen[-1][1]))["descriptors"].passed
    assert not by_key(resources(seen, seen[0][1], after))["descriptors"].passed
