"""Whoever asks too often is told to wait, gets in again at once, and takes nothing from anybody else."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from service_under_test import CHROME, FIREFOX, WIDE, Clock, Reply, Running, ask, client_headers, running
from truthlens.errors import ServiceError
from truthlens.server.rate import RETRY_AFTER_SECONDS, STANDARD, Buckets, Rate, Rates

SLOW = Rate(burst=3, per_second=1.0)


def taken(buckets: Buckets, asked: int, key: str = "") -> int:
    """How many of so many requests get a turn."""
    got = 0
    for _ in range(asked):
        with suppress(ServiceError):
            buckets.take(key)
            got += 1
    return got


def test_a_burst_is_let_through_and_no_more(clock: Clock) -> None:
    assert taken(Buckets(Rate(burst=120, per_second=20.0), now=clock), 200) == 120


def test_turns_come_back_at_a_steady_pace_and_do_not_pile_up(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=10, per_second=4.0), now=clock)
    assert taken(buckets, 50) == 10
    clock.seconds += 0.2
    assert taken(buckets, 50) == 0
    clock.seconds += 0.8
    assert taken(buckets, 50) == 4
    clock.seconds += 3600
    assert taken(buckets, 50) == 10


def test_who_has_no_turn_is_told_so(clock: Clock) -> None:
    buckets = Buckets(SLOW, now=clock)
    taken(buckets, 3)
    with pytest.raises(ServiceError) as caught:
        buckets.take()
    assert (caught.value.status, caught.value.code) == (429, "too_many_requests")


def test_asking_in_vain_costs_nothing(clock: Clock) -> None:
    buckets = Buckets(SLOW, now=clock)
    assert taken(buckets, 1000) == 3
    clock.seconds += 1
    assert taken(buckets, 1) == 1


def test_whoever_keeps_to_the_pace_is_never_refused(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=1, per_second=3.0), now=clock)
    for _ in range(1000):
        assert taken(buckets, 1) == 1
        clock.seconds += 1 / 3


def test_nobody_uses_up_anothers_turns(clock: Clock) -> None:
    buckets = Buckets(SLOW, now=clock)
    assert [taken(buckets, 9, key) for key in (CHROME, FIREFOX, "")] == [3, 3, 3]


def test_a_turn_is_given_once_however_many_ask_at_once(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=50, per_second=1.0), now=clock)
    got: list[int] = []
    threads = [threading.Thread(target=lambda: got.append(taken(buckets, 40))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(got) == 50


@pytest.mark.parametrize("rate", [STANDARD.client, STANDARD.pairing, STANDARD.stranger])
def test_after_the_time_that_the_reply_names_there_is_a_turn_again(clock: Clock, rate: Rate) -> None:
    buckets = Buckets(rate, now=clock)
    taken(buckets, rate.burst)
    clock.seconds += RETRY_AFTER_SECONDS
    assert taken(buckets, 1) == 1


def test_two_hundred_requests_in_one_second_are_too_many() -> None:
    assert STANDARD.client.burst + STANDARD.client.per_second < 200


# Through the service. Buckets that never refill while a test runs make each count exact.
CLOSING = Rate(burst=5, per_second=1e-6)


def indicators(run: Running, token: str, origin: str | None = None) -> Reply:
    more = [("Origin", origin)] if origin else []
    return ask(run.port, "GET", "/v1/indicators", client_headers(token, *more))


def refused(reply: Reply) -> bool:
    if reply.status != 429:
        return False
    assert reply.code == "too_many_requests"
    assert reply.header("Retry-After") == str(RETRY_AFTER_SECONDS)
    return True


def test_a_client_that_asks_too_often_is_turned_away_alone(tmp_path: Path) -> None:
    with running(tmp_path, rates=Rates(client=CLOSING, pairing=WIDE, stranger=WIDE)) as run:
        greedy, other = run.token(CHROME), run.token(FIREFOX)
        run.handled.clear()
        replies = [indicators(run, greedy, CHROME) for _ in range(12)]
        assert [refused(reply) for reply in replies] == [False] * 5 + [True] * 7
        assert len(run.handled) == 5
        assert replies[-1].header("Access-Control-Allow-Origin") == CHROME  # so that it can read why
        assert indicators(run, other, FIREFOX).status == 200
        assert indicators(run, run.cli_token()).status == 200
        assert all(ask(run.port, "GET", "/v1/status").status == 200 for _ in range(30))


def test_pairing_again_is_no_way_around_the_limit(tmp_path: Path) -> None:
    with running(tmp_path, rates=Rates(client=CLOSING, pairing=WIDE, stranger=WIDE)) as run:
        assert not any(refused(indicators(run, run.token(CHROME), CHROME)) for _ in range(5))
        assert refused(indicators(run, run.token(CHROME), CHROME))


def test_strangers_are_turned_away_and_clients_are_not(tmp_path: Path) -> None:
    with running(tmp_path, rates=Rates(client=WIDE, pairing=WIDE, stranger=CLOSING)) as run:
        token = run.token(CHROME)
        statuses = [indicators(run, "x" * 43).status for _ in range(3)]
        statuses += [ask(run.port, "GET", "/v1/indicators").status for _ in range(3)]
        assert statuses == [401] * 5 + [429]
        assert refused(indicators(run, "", CHROME))
        assert indicators(run, token, CHROME).status == 200
        assert ask(run.port, "GET", "/v1/status").status == 200
        # What a web page sends was never let as far as a token.
        assert indicators(run, token, "https://evil.example").code == "origin_refused"


def test_claims_of_a_code_are_limited_and_do_not_shut_out_who_is_paired(tmp_path: Path) -> None:
    with running(tmp_path, rates=Rates(client=WIDE, pairing=CLOSING, stranger=WIDE)) as run:
        token = run.token(FIREFOX)
        headers = [("X-TruthLens-Client", "1"), ("Content-Type", "application/json"), ("Origin", CHROME)]
        claims = [ask(run.port, "POST", "/v1/pair", headers, b'{"code":"ABCD-2345"}') for _ in range(8)]
        assert [reply.code for reply in claims[:5]] == ["pairing_closed"] * 5
        assert all(refused(reply) for reply in claims[5:])
        assert indicators(run, token, FIREFOX).status == 200


def test_a_refusal_for_another_reason_uses_up_no_turn(tmp_path: Path) -> None:
    with running(tmp_path, rates=Rates(client=CLOSING, pairing=WIDE, stranger=WIDE)) as run:
        token = run.token(CHROME)
        for _ in range(20):
            assert ask(run.port, "POST", "/v1/analyses", client_headers(token), b"[[[[[[[[[[").status == 422
        assert indicators(run, token).status == 200
