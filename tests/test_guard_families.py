"""Who is refused, by families: hosts, origins and tokens that resemble good ones, over raw sockets."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hostile_requests import host_lines, hosts, near_misses, web_origins, wrong_tokens
from service_under_test import CHROME, FIREFOX, Reply, Running, ask, data_routes, places, send
from trust import tries

Record = Callable[[str, object], None]
REFUSED_BY_PARSER = 400  # a line that is no HTTP; the server answers before the guard
METHODS = ("GET", "POST", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PROPFIND")
BODY = b'{"text":"A."}'


def some(draw: random.Random, all_of_them: Sequence[tuple[str, str]], few: int) -> Sequence[tuple[str, str]]:
    """A few of the places, all of them under `make trust`."""
    return draw.sample(all_of_them, min(tries(few, len(all_of_them)), len(all_of_them)))


def ask_with(run: Running, lines: str, method: str, target: str) -> Reply:
    raw = f"{method} {target} HTTP/1.1\r\n{lines}\r\nConnection: close\r\n\r\n"
    return send(run.port, raw.encode("utf-8"))


@pytest.mark.parametrize("kind", ["values", "lines"])
def test_no_other_host_reaches_a_handler(run: Running, record_property: Record, kind: str) -> None:
    draw = random.Random(1)
    lines = [f"Host: {each}" for each in hosts(run.port)] if kind == "values" else host_lines(run.port)
    run.handled.clear()
    asked = 0
    for each in lines:
        for method, target in some(draw, places(run), 1):
            reply = ask_with(run, each, method, target)
            if reply.status != REFUSED_BY_PARSER:
                assert (reply.status, reply.code) == (421, "bad_host"), (each, method, target)
            asked += 1
    assert run.handled == []
    record_property("tried", asked)


def test_other_spellings_of_a_good_host_are_let_in(run: Running) -> None:
    port = run.port
    for line in (f"host: 127.0.0.1:{port}", f"HOST:localhost:{port}", f"Host: \t LocalHost:{port} \t"):
        assert ask_with(run, line, "GET", "/v1/status").status == 200


def test_targets_that_are_not_one_of_our_paths_reach_no_handler(
    run: Running, record_property: Record
) -> None:
    here = f"Host: 127.0.0.1:{run.port}"
    good = f"127.0.0.1:{run.port}/v1/status"
    targets = [f"http://{good}", f"https://{good}", f"HTTP://{good}", f"//{good}", good, "*", "v1/status", ""]
    targets += [
        f"http://evil.example@{good}",
        "/\\v1/status",
        "/v1\\status",
        "/v1/status/..",
        "/v1/status%2f",
        "/v1/%73tatus",
    ]
    targets += [
        "/v1/status#",
        "/v1/status#x",
        "/./v1/status",
        "/v1/status/.",
        "/v1/;/status",
        "/v1/status%3f",
        "/v1/status%23",
    ]
    targets += [
        "/v1/stätus",
        "/v1/status\u200b",
        "/v1/status%e2%80%8b",
        "/v1/ status",
        "/v1/status\t",
        "/%76%31/status",
        "/v1/STATUS",
    ]
    run.handled.clear()
    for target in targets:
        for method in METHODS:
            reply = ask_with(run, here, method, target)
            assert reply.status in {400, 404, 405, 421}, (method, target)
            assert run.handled == [], (method, target)
    record_property("tried", len(targets) * len(METHODS))


def ask_as(run: Running, method: str, target: str, headers: list[tuple[str, str]]) -> Reply:
    said = [("X-TruthLens-Client", "1"), *headers]
    if method in {"POST", "PUT"}:
        return ask(run.port, method, target, [*said, ("Content-Type", "application/json")], BODY)
    return ask(run.port, method, target, said)


@pytest.fixture(scope="module")
def tokens(run: Running) -> dict[str, str]:
    return {CHROME: run.token(CHROME), FIREFOX: run.token(FIREFOX), "": run.cli_token()}


@pytest.mark.parametrize("paired", [CHROME, FIREFOX])
def test_no_origin_that_resembles_a_paired_one_is_let_in(
    run: Running, tokens: dict[str, str], record_property: Record, paired: str
) -> None:
    draw = random.Random(2)
    sent = near_misses(paired, seed=3)
    other = FIREFOX if paired == CHROME else CHROME
    run.handled.clear()
    asked = 0
    for origin in sent:
        if origin == other:
            continue
        for method, target in some(draw, data_routes(run), 1):
            headers = [("Origin", origin), ("Authorization", f"Bearer {tokens[paired]}")]
            reply = ask_as(run, method, target, headers)
            assert (reply.status, reply.code) == (403, "origin_refused"), (origin, method, target)
            assert reply.header("Access-Control-Allow-Origin") is None
            asked += 1
    assert run.handled == []
    record_property("tried", asked)


def test_no_page_is_let_in_whatever_its_browser_says_of_it(
    run: Running, tokens: dict[str, str], record_property: Record
) -> None:
    draw = random.Random(4)
    told = [
        (),
        (("Sec-Fetch-Site", "same-origin"),),
        (("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "cors")),
    ]
    run.handled.clear()
    asked = 0
    for origin in web_origins(run.port):
        for more in told:
            for method, target in some(draw, data_routes(run), 1):
                headers = [("Origin", origin), ("Authorization", f"Bearer {tokens[CHROME]}"), *more]
                reply = ask_as(run, method, target, headers)
                assert (reply.status, reply.code) == (403, "origin_refused"), (origin, method, target)
                asked += 1
        assert ask_as(run, "POST", "/v1/pair", [("Origin", origin)]).code == "origin_refused"
    for site in (
        "cross-site",
        "same-site",
        "Same-Origin ",
        "same-origin, cross-site",
        "cross-origin",
        "x",
        "none none",
    ):
        for method, target in some(draw, data_routes(run), 3):
            headers = [("Sec-Fetch-Site", site), ("Authorization", f"Bearer {tokens['']}")]
            if site.strip().lower() != "same-origin":
                assert ask_as(run, method, target, headers).code == "cross_site"
                asked += 1
    assert run.handled == []
    record_property("tried", asked)


@pytest.mark.parametrize("origin", [CHROME, FIREFOX, None])
def test_no_token_that_resembles_the_right_one_is_let_in(
    run: Running, tokens: dict[str, str], record_property: Record, origin: str | None
) -> None:
    draw = random.Random(5)
    right = tokens[origin or ""]
    # Without an Origin, as with an extension's GET, each of the tokens is right.
    others = [each for name, each in tokens.items() if origin is not None and name != origin]
    sent = wrong_tokens(right, others)
    run.handled.clear()
    asked = 0
    for value in sent:
        for method, target in some(draw, data_routes(run), 1):
            headers = [("Authorization", value), *([("Origin", origin)] if origin else [])]
            reply = ask_as(run, method, target, headers)
            assert (reply.status, reply.code) == (401, "wrong_token"), (value, method, target)
            asked += 1
    assert run.handled == []
    record_property("tried", asked)


def test_a_token_counts_nowhere_but_in_its_header(
    run: Running, tokens: dict[str, str], record_property: Record
) -> None:
    token = tokens[CHROME]
    names = (
        "X-Authorization",
        "Proxy-Authorization",
        "X-Token",
        "X-Api-Key",
        "Api-Key",
        "Authorisation",
        "Token",
    )
    run.handled.clear()
    asked = 0
    for method, target in data_routes(run):
        for headers in [
            *([(name, f"Bearer {token}")] for name in names),
            [("Cookie", f"Authorization=Bearer {token}; token={token}; session={token}")],
        ]:
            assert ask_as(run, method, target, [("Origin", CHROME), *headers]).code == "not_paired"
            asked += 1
        for query in (
            f"?token={token}",
            f"?Authorization=Bearer+{token}",
            f"?access_token={token}&api_key={token}",
        ):
            assert ask_as(run, method, target + query, [("Origin", CHROME)]).code == "not_paired"
            asked += 1
    assert run.handled == []
    record_property("tried", asked)
