"""Who is refused before a handler runs: every row of the two tables, over raw sockets, on every route."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import pytest
from service_under_test import (
    CHROME,
    FIREFOX,
    Reply,
    Running,
    ask,
    client_headers,
    data_routes,
    places,
    routes,
    running,
    send,
)
from truthlens.errors import ServiceError
from truthlens.server import checks, guard, pairing
from truthlens.server.pairing import is_extension_origin

OTHER_CHROME = "chrome-extension://" + "ponmlkjihgfedcba" * 2
OTHER_FIREFOX = "moz-extension://11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def tokens(run: Running) -> dict[str, str]:
    return {"C": run.token(CHROME), "F": run.token(FIREFOX), "cli": run.cli_token(), "wrong": "x" * 43}


REFUSED_HOSTS = [
    *("Host:", "Host: {here}\r\nHost: {here}", "Host: {here}\r\nHost: evil.example"),
    *("Host: 127.0.0.1", "Host: localhost", "Host: 127.0.0.1:{other}"),
    *("Host: evil.example", "Host: evil.example:{port}"),
    *("Host: 127.0.0.1.evil.example:{port}", "Host: localhost.evil.example:{port}"),
    *("Host: evil-localhost:{port}", "Host: localhost.:{port}", "Host: foo.localhost:{port}"),
    *("Host: myhost.local:{port}", "Host: x.internal:{port}"),
    *("Host: 0.0.0.0:{port}", "Host: 0:{port}", "Host: 127.1:{port}", "Host: 2130706433:{port}"),
    *("Host: 0x7f000001:{port}", "Host: 127.0.0.2:{port}", "Host: 192.168.1.5:{port}"),
    *("Host: [::ffff:127.0.0.1]:{port}", "Host: [::1]:{port}"),
    *("Host: 127.0.0.1:{port}@evil.example", "Host: ①②⑦.0.0.1:{port}"),
]


def ask_host(run: Running, lines: str, method: str, target: str, version: str = "1.1") -> Reply:
    port = run.port
    filled = lines.format(here=f"127.0.0.1:{port}", port=port, other=port + 1)
    raw = f"{method} {target} HTTP/{version}\r\n{filled}\r\nConnection: close\r\n\r\n"
    return send(port, raw.encode())


@pytest.mark.parametrize("lines", REFUSED_HOSTS)
def test_a_foreign_host_is_refused_on_every_route(run: Running, lines: str) -> None:
    run.handled.clear()
    for method, target in places(run):
        reply = ask_host(run, lines, method, target)
        assert (reply.status, reply.code) == (421, "bad_host"), (method, target)
    assert run.handled == []


@pytest.mark.parametrize(
    "lines", ["Host: 127.0.0.1:{port}", "Host: localhost:{port}", "Host: LOCALHOST:{port}"]
)
def test_our_own_host_is_accepted(run: Running, lines: str) -> None:
    assert ask_host(run, lines, "GET", "/v1/status").status == 200


def test_a_request_without_host_is_refused(run: Running) -> None:
    for method, target in places(run):
        assert ask_host(run, "Accept: */*", method, target, "1.0").code == "bad_host"


def test_a_target_that_is_no_path_is_refused(run: Running) -> None:
    for target in ("http://evil.example/", "http://evil.example/v1/status", "*", "evil.example:80"):
        assert ask_host(run, "Host: {here}", "GET", target).code == "bad_host"


def test_forwarding_headers_change_nothing(run: Running) -> None:
    forwarded = [("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example;for=192.0.2.1")]
    forwarded += [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https")]
    assert ask(run.port, "GET", "/v1/status", forwarded).status == 200
    saved = [("X-Forwarded-Host", f"127.0.0.1:{run.port}")]
    assert ask(run.port, "GET", "/v1/status", saved, host="evil.example").status == 421


ACCEPTED = [
    (None, "cli", ()),
    (CHROME, "C", ()),
    (FIREFOX, "F", ()),
    (None, "C", (("Sec-Fetch-Site", "none"),)),
    (None, "F", (("Sec-Fetch-Site", "same-origin"),)),
    (CHROME, "C", (("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "cors"))),
]
UNAUTHORISED = [
    (CHROME, None, "not_paired"),
    (CHROME, "wrong", "wrong_token"),
    (CHROME, "F", "wrong_token"),
    (FIREFOX, "C", "wrong_token"),
    (CHROME, "cli", "wrong_token"),
    (None, None, "not_paired"),
    (None, "wrong", "wrong_token"),
]
FOREIGN_ORIGINS = [
    OTHER_CHROME,
    OTHER_FIREFOX,
    "moz-extension://*",
    "null",
    "https://evil.example",
    "http://localhost:3000",
    "http://127.0.0.1:{port}",
    "http://localhost:{port}",
    CHROME + ".evil.example",
    CHROME + "x",
    CHROME + "/",
    "chrome-extension://" + "ABCDEFGHIJKLMNOP" * 2,
    "https://" + CHROME,
    "file://",
    "app://obsidian.md",
    "safari-web-extension://0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e",
    "",
    "*",
]


def ask_as(
    run: Running, method: str, target: str, origin: str | None, token: str | None, *more: tuple[str, str]
) -> Reply:
    headers = [("X-TruthLens-Client", "1"), *more]
    if origin is not None:
        headers.append(("Origin", origin.format(port=run.port)))
    if token is not None:
        headers.append(("Authorization", f"Bearer {token}"))
    if method in {"POST", "PUT"}:
        return ask(
            run.port, method, target, [*headers, ("Content-Type", "application/json")], b'{"text":"A."}'
        )
    return ask(run.port, method, target, headers)


@pytest.mark.parametrize(("origin", "token", "more"), ACCEPTED)
def test_our_clients_are_let_in(
    run: Running, tokens: dict[str, str], origin: str | None, token: str, more: tuple[tuple[str, str], ...]
) -> None:
    for method, target in data_routes(run):
        run.handled.clear()
        reply = ask_as(run, method, target, origin, tokens[token], *more)
        assert run.handled == [target], (method, target)
        # What they ask for may be unknown or misshapen; who asks is not in question.
        assert reply.status in {200, 202} or reply.code in {"unknown_analysis", "bad_request"}


@pytest.mark.parametrize(("origin", "token", "code"), UNAUTHORISED)
def test_without_the_token_of_this_origin_nothing_is_told(
    run: Running, tokens: dict[str, str], origin: str | None, token: str | None, code: str
) -> None:
    run.handled.clear()
    for method, target in data_routes(run):
        reply = ask_as(run, method, target, origin, tokens[token] if token else None)
        assert (reply.status, reply.code) == (401, code), (method, target)
    assert run.handled == []


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_origin_is_refused_even_with_a_token(
    run: Running, tokens: dict[str, str], origin: str
) -> None:
    run.handled.clear()
    there = {target for _, target in routes(run)}
    pairs = is_extension_origin(origin)  # /v1/pair is open to any extension that knows the code
    for method, target in places(run):
        for more in ((), (("Sec-Fetch-Site", "same-origin"),)):
            reply = ask_as(run, method, target, origin, tokens["C"], *more)
            assert reply.header("Access-Control-Allow-Origin") is None
            if target not in there:
                assert (reply.status, reply.code) == (404, "unknown_route"), (method, target)
            elif target != "/v1/pair" or not pairs:
                assert (reply.status, reply.code) == (403, "origin_refused"), (method, target)
    assert not pairs or {*run.handled} <= {"/v1/pair"}
    assert pairs or run.handled == []


@pytest.mark.parametrize("paired", [(), (CHROME,), (CHROME, FIREFOX), (CHROME, FIREFOX, OTHER_FIREFOX)])
@pytest.mark.parametrize(
    "sent", [*FOREIGN_ORIGINS[2:], " " + CHROME, FIREFOX.upper(), f"{CHROME}, {FIREFOX}"]
)
def test_an_allow_list_is_exact_however_long_it_is(paired: tuple[str, ...], sent: str) -> None:
    with pytest.raises(ServiceError):
        checks.origin({"HTTP_ORIGIN": sent, "PATH_INFO": "/v1/analyses"}, paired)
    for each in paired:
        checks.origin({"HTTP_ORIGIN": each, "PATH_INFO": "/v1/analyses"}, paired)


def test_who_may_ask_is_never_decided_by_the_beginning_of_a_word() -> None:
    for module in (checks, guard, pairing):
        source = Path(str(module.__file__)).read_text("utf-8")
        called = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
        assert not called & {"match", "search", "startswith", "endswith", "find", "fnmatch"}


def test_two_origins_are_refused(run: Running, tokens: dict[str, str]) -> None:
    reply = ask_as(run, "POST", "/v1/analyses", CHROME, tokens["C"], ("Origin", CHROME))
    assert reply.code == "origin_refused"


def test_what_a_page_sends_is_refused(run: Running, tokens: dict[str, str]) -> None:
    run.handled.clear()
    for method, target in data_routes(run):
        for origin in (None, CHROME):
            for site in ("cross-site", "same-site", "none, none", ""):
                reply = ask_as(run, method, target, origin, tokens["C"], ("Sec-Fetch-Site", site))
                assert (reply.status, reply.code) == (403, "cross_site")
                if method != "GET":
                    sent = ("Sec-Fetch-Mode", "navigate")
                    assert ask_as(run, method, target, origin, tokens["C"], sent).code == "cross_site"
    assert run.handled == []


def test_a_token_counts_in_its_header_only(run: Running, tokens: dict[str, str]) -> None:
    target = f"/v1/indicators?token={tokens['C']}&access_token={tokens['C']}"
    assert ask_as(run, "GET", target, CHROME, None).code == "not_paired"
    for value in (tokens["C"], f"Basic {tokens['C']}", f"Bearer {tokens['C']} ,", "Bearer", "Bearer "):
        headers = [("X-TruthLens-Client", "1"), ("Authorization", value.rstrip())]
        assert ask(run.port, "GET", "/v1/indicators", headers).code == "wrong_token"
    twice = [("Authorization", f"Bearer {tokens['C']}")] * 2
    assert ask(run.port, "GET", "/v1/indicators", twice).code == "wrong_token"


@pytest.mark.parametrize(
    "origin",
    [
        *(each for each in FOREIGN_ORIGINS if each not in {OTHER_CHROME, OTHER_FIREFOX}),
        " " + CHROME,
        CHROME + "\n",
        CHROME.replace("abc", "zbc"),
        FIREFOX.upper(),
        FIREFOX + ":80",
    ],
)
def test_only_extensions_written_as_browsers_write_them_may_pair(origin: str) -> None:
    assert not is_extension_origin(origin)


def test_extensions_may_pair() -> None:
    assert all(is_extension_origin(each) for each in (CHROME, FIREFOX, OTHER_CHROME, OTHER_FIREFOX))


def test_every_data_route_wants_the_clients_header(run: Running, tokens: dict[str, str]) -> None:
    for method, target in data_routes(run):
        for value in (None, "0", "1, 1", "true"):
            headers = [("Authorization", f"Bearer {tokens['cli']}"), ("Content-Type", "application/json")]
            headers += [("X-TruthLens-Client", value)] if value else []
            reply = ask(run.port, method, target, headers, b"{}" if method == "POST" else None)
            assert (reply.status, reply.code) == (403, "client_header_missing")


@pytest.mark.parametrize(
    "declared",
    [
        *("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
        *("application/jsonx", "application/json;x", "application/json; charset=utf-16"),
        *("application/json; charset=latin-1", "application/json, application/json", "text/json", "json"),
        *("application/json; charset=utf-8; charset=utf-8", "application/ld+json", "*/*", ""),
    ],
)
def test_only_json_is_read(run: Running, tokens: dict[str, str], declared: str) -> None:
    headers = [("Authorization", f"Bearer {tokens['cli']}"), ("X-TruthLens-Client", "1")]
    headers += [("Content-Type", declared)] if declared else []
    reply = ask(run.port, "POST", "/v1/analyses", headers, b'{"text":"A."}')
    assert (reply.status, reply.code) == (415, "not_json")


@pytest.mark.parametrize("declared", ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
def test_json_may_name_its_charset(run: Running, tokens: dict[str, str], declared: str) -> None:
    headers = [("Authorization", f"Bearer {tokens['cli']}"), ("X-TruthLens-Client", "1")]
    reply = ask(run.port, "POST", "/v1/analyses", [*headers, ("Content-Type", declared)], b'{"text":"A."}')
    assert reply.status in {200, 202}


def test_packed_bodies_are_not_unpacked(run: Running, tokens: dict[str, str]) -> None:
    headers = client_headers(tokens["cli"], ("Content-Encoding", "gzip"))
    assert ask(run.port, "POST", "/v1/analyses", headers, b"\x1f\x8b").code == "not_json"


@pytest.mark.parametrize(
    "target",
    [
        *("//v1/analyses", "/v1//analyses", "/v1/%61nalyses", "/v1%2Fanalyses", "/v1/%2e/analyses"),
        *("/v1/./analyses", "/v1/../v1/analyses", "/V1/analyses", "/v1/analyses;x", "/v1/analyses/"),
        *("/v1/status/", "//v1/status", "/v1/stat%75s", "/v1/status;x", "/v1/pair/", "/v1/analyses%00"),
    ],
)
def test_a_route_has_one_spelling(run: Running, target: str) -> None:
    run.handled.clear()
    for method in ("GET", "POST"):
        assert ask(run.port, method, target, [("Content-Type", "application/json")]).status == 404
    assert run.handled == []


def other_spellings(target: str) -> set[str]:
    """Ways to write a route that some server or other takes for the same."""
    rest = target.removeprefix("/v1/")
    spelled = {f"/{target}", f"/v1//{rest}", f"/v1/./{rest}", f"/v1/../v1/{rest}", f"/v1%2F{rest}"}
    spelled |= {f"/v1/%2e/{rest}", f"/v1/%{ord(rest[0]):02x}{rest[1:]}", f"/V1/{rest}", f"{target}/"}
    return spelled | {f"{target};x", f"{target}%00", f"{target}%20", f"/v1/{rest[0].upper()}{rest[1:]}"}


def test_no_route_can_be_reached_under_another_spelling(run: Running, tokens: dict[str, str]) -> None:
    run.handled.clear()
    for method, target in routes(run):
        for spelling in other_spellings(target) - {"/v1/analyses/0;x"}:  # an id like any other
            reply = ask_as(run, method, spelling, CHROME, tokens["C"])
            assert (reply.status, reply.code) == (404, "unknown_route"), (method, spelling)
    assert run.handled == []


def test_every_route_that_takes_a_body_takes_json_alone(run: Running, tokens: dict[str, str]) -> None:
    run.handled.clear()
    for method, target in routes(run):
        if method not in {"POST", "PUT"}:
            continue
        for declared in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
            headers = [("Authorization", f"Bearer {tokens['C']}"), ("X-TruthLens-Client", "1")]
            headers += [("Origin", CHROME), *([("Content-Type", declared)] if declared else [])]
            reply = ask(run.port, method, target, headers, b'{"text":"A."}')
            assert (reply.status, reply.code) == (415, "not_json"), (method, target)
    assert run.handled == []


def test_a_preflight_is_answered_for_exactly_the_paired_origins(run: Running, tokens: dict[str, str]) -> None:
    wanted = [
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "authorization,content-type,x-truthlens-client,x-other"),
        ("Access-Control-Request-Private-Network", "true"),
    ]
    for origin in (CHROME, FIREFOX):
        reply = ask(run.port, "OPTIONS", "/v1/analyses", [("Origin", origin), *wanted])
        assert reply.status == 200
        assert reply.header("Access-Control-Allow-Origin") == origin
        assert reply.header("Access-Control-Allow-Methods") == "DELETE, GET, POST, PUT"
        assert (
            reply.header("Access-Control-Allow-Headers") == "authorization, content-type, x-truthlens-client"
        )
        assert reply.header("Access-Control-Allow-Private-Network") in {None, "false"}
        assert reply.header("Vary") == "Origin"
    nobody = ask(run.port, "OPTIONS", "/v1/analyses", wanted)
    assert nobody.header("Access-Control-Allow-Origin") is None
    asking = ask(run.port, "OPTIONS", "/v1/pair", [("Origin", OTHER_CHROME), *wanted])
    assert asking.header("Access-Control-Allow-Origin") is None


def test_no_reply_opens_itself_to_others(run: Running, tokens: dict[str, str]) -> None:
    for target in sorted({target for _, target in places(run)}):
        for method in ("GET", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"):
            for origin in (None, CHROME, OTHER_CHROME, "https://evil.example"):
                reply = ask_as(run, method, target, origin, tokens["C"])
                assert reply.header("Access-Control-Allow-Origin") in {
                    None,
                    origin if origin == CHROME else None,
                }
                assert reply.header("Access-Control-Allow-Credentials") is None
                assert reply.header("Access-Control-Allow-Private-Network") in {None, "false"}
                assert reply.header("Set-Cookie") is None
                assert reply.header("Server") is None


def test_a_paired_extension_can_read_why_it_was_refused(run: Running, tokens: dict[str, str]) -> None:
    for reply in (
        ask_as(run, "GET", "/v1/indicators", CHROME, "wrong"),
        ask_as(run, "GET", "/v1/analyses/0", CHROME, tokens["C"]),
    ):
        assert reply.code
        assert reply.header("Access-Control-Allow-Origin") == CHROME
        assert reply.header("Vary") == "Origin"


def test_a_token_reaches_neither_logs_nor_replies_nor_files(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    canary, secret = "canary0canary0canary0", "http://secret.example/path-canary"
    caplog.set_level(logging.DEBUG)
    with running(tmp_path) as run:
        run.analyser.error = RuntimeError(f"{canary} {secret}")
        token = run.token(CHROME)
        bodies = [ask_as(run, method, target, CHROME, canary).body for method, target in data_routes(run)]
        bodies += [ask_as(run, "GET", f"/v1/{canary}?{canary}", CHROME, token).body]
        headers = client_headers(token, ("Origin", CHROME))
        request = f'{{"url":"{secret}","html":"{canary}"}}'.encode()
        started = ask(run.port, "POST", "/v1/analyses", headers, request)
        run.analyser.entered.wait()
        identifier = started.json["id"]
        while b"working" in (body := ask_as(run, "GET", f"/v1/analyses/{identifier}", CHROME, token).body):
            pass
        bodies.append(body)
        assert b'"internal"' in body
        stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "an analysis crashed: RuntimeError" in caplog.text
    for needle in (canary, token, "secret.example"):
        assert needle not in caplog.text
        assert needle.encode() not in stored
        assert not any(needle.encode() in body for body in bodies)


@pytest.mark.parametrize("peer", ["192.168.1.5", "10.0.0.1", "0.0.0.0", "fe80::1", "::ffff:192.168.1.5"])
def test_other_computers_are_refused(peer: str) -> None:
    with pytest.raises(ServiceError) as caught:
        checks.peer({"REMOTE_ADDR": peer})
    assert caught.value.status == 403
    checks.peer({"REMOTE_ADDR": "127.0.0.1"})
