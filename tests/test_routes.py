"""Every bad input is answered with its status and the one error shape, and the service lives on."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest
from service_under_test import CHROME, Reply, Running, ask, client_headers, running, send, until
from truthlens.client import Client
from truthlens.errors import ServiceError
from truthlens.server.reply import REPLY_HEADERS
from truthlens.server.requests import TEXT_LENGTH, TITLE_LENGTH, URL_LENGTH
from truthlens.settings import MIB
from truthlens.store.preferences import Preferences

LIMIT = 8 * MIB


def post(run: Running, token: str, body: bytes) -> Reply:
    return ask(run.port, "POST", "/v1/analyses", client_headers(token), body)


def get(run: Running, token: str, path: str) -> Reply:
    return ask(run.port, "GET", path, client_headers(token))


def still_works(run: Running, token: str) -> bool:
    reply = post(run, token, b'{"text":"It still works."}')
    until(lambda: get(run, token, f"/v1/analyses/{reply.json['id']}").json["state"] == "done")
    return True


DEEP = 100_000
NOT_JSON = [
    b"",
    b" ",
    b"{",
    b"nonsense",
    b'{"text":"a"} trailing',
    b'{"text":"a"}{"text":"b"}',
    b'{"text":"a","text":"b"}',
    b'{"text":NaN}',
    b'{"text":Infinity}',
    b'{"text":"a",}',
    b"{'text':'a'}",
    b'{"text":"\xff"}',
    b'{"text":"\xed\xa0\x80"}',
    b'{"text":"\x00"}',
    b'\xef\xbb\xbf{"text":"a"}',
    '{"text":"a"}'.encode("utf-16"),
    b'{"text":"a',
    b'{"text":"a\\',
    b'{"text":' + b"9" * 100_000 + b"}",
    b'{"text":"\n"}',
]
WRONG_SHAPE = [
    b"null",
    b"[]",
    b'"text"',
    b"1",
    b"{}",
    b'{"url":""}',
    b'{"html":"<p>a"}',
    b'{"title":"a"}',
    b'{"url":"https://a.example/","html":"a","text":"a"}',
    b'{"url":"https://a.example/","html":"a","title":"a"}',
    b'{"text":1}',
    b'{"text":["a"]}',
    b'{"text":{"a":"b"}}',
    b'{"url":null,"text":"a"}',
    b'{"text":"a","unknown":1}',
    b'{"text":"\\ud800"}',
    b'{"text":"a\\udc00b"}',
    b'{"text":"\\u0000"}',
    b'{"url":"https://a.example/","html":"\\u0000"}',
    b'{"text":"a","title":"two\\nlines"}',
    b'{"text":"a","title":"' + b"x" * (TITLE_LENGTH + 1) + b'"}',
    b'{"url":"https://a.example/' + b"x" * URL_LENGTH + b'"}',
    b'{"text":"' + b"x" * (TEXT_LENGTH + 1) + b'"}',
    b"[" * DEEP,
    b"[" * DEEP + b"]" * DEEP,
    b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    b"[" + b"{}," * 1_000_000 + b"{}]",
    b"{" + b",".join(b'"%d":1' % number for number in range(200_000)) + b"}",
    b"[" + b"1," * 1_000_000 + b"1]",
    b'"' * (4 * MIB),
]
BAD_URLS = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "news.example",
    "https://",
    "https://a b",
    "ftp://a/",
]
BAD_URLS += ["https://a.example/\u2028", "https://a.example\\@b", " https://a.example/", "https://a/\x7f"]


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:24]))
def test_what_is_not_json_is_refused(run: Running, token: str, body: bytes) -> None:
    reply = post(run, token, body)
    assert (reply.status, reply.code) == (400, "bad_json")


@pytest.mark.parametrize("body", WRONG_SHAPE, ids=lambda body: repr(body[:24]))
def test_json_of_another_shape_is_refused(run: Running, token: str, body: bytes) -> None:
    reply = post(run, token, body)
    assert (reply.status, reply.code) == (422, "bad_request")
    assert len(reply.body) < 600


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_of_no_web_page_is_refused(run: Running, token: str, url: str) -> None:
    for more in ({}, {"html": "<p>a"}, {"text": "a"}):
        reply = post(run, token, json.dumps({"url": url, **more}).encode())
        assert (reply.status, reply.code) == (422, "bad_url")


def test_the_message_names_the_field(run: Running, token: str) -> None:
    assert "text" in post(run, token, b'{"text":1}').json["error"]["message"]
    assert "title" in post(run, token, b'{"text":"a","title":[]}').json["error"]["message"]
    assert "html" in post(run, token, b'{"html":"a"}').json["error"]["message"]


def test_the_service_lives_after_all_that(run: Running, token: str) -> None:
    assert still_works(run, token)


def test_a_page_of_20_mb_is_refused_so_that_the_client_can_read_why(run: Running, token: str) -> None:
    body = json.dumps({"url": "https://a.example/", "html": "x" * 20_000_000}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=20)
    for _ in range(2):  # over the same connection: nothing of the body is taken for a request
        connection.request("POST", "/v1/analyses", body, dict(client_headers(token)))
        response = connection.getresponse()
        assert response.status == 413
        assert json.loads(response.read())["error"]["code"] == "body_too_large"
    connection.close()
    assert still_works(run, token)


def test_the_limit_is_exact(run: Running, token: str) -> None:
    assert post(run, token, b" " * LIMIT).code == "bad_json"
    assert post(run, token, b" " * (LIMIT + 1)).code == "body_too_large"
    large = b'{"url":"https://a.example/","html":"' + b"<p>" * ((LIMIT - 100) // 3) + b'"}'
    assert post(run, token, large).status == 202


def test_who_may_not_ask_learns_nothing_from_a_large_body(run: Running) -> None:
    assert post(run, "wrong", b" " * (LIMIT + 1)).code == "wrong_token"


def test_a_body_in_pieces_is_counted_too(run: Running, token: str) -> None:
    head = f"POST /v1/analyses HTTP/1.1\r\nHost: 127.0.0.1:{run.port}\r\nConnection: close\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in client_headers(token))
    head += "Transfer-Encoding: chunked\r\n\r\n"
    body = b'{"text":"In pieces."}'
    assert send(run.port, head.encode() + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)).status in {200, 202}
    size = LIMIT + 1
    refused = send(run.port, head.encode() + b"%x\r\n" % size + b" " * size + b"\r\n0\r\n\r\n")
    assert (refused.status, refused.code) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET /v1/status HTTP/1.1\r\nContent-Length: 1073741824\r\n", 413),
        (b"GET /v1/status HTTP/1.1\r\nContent-Length: %b\r\n" % (b"9" * 5000), 400),
        (b"GET /v1/status HTTP/1.1\r\nContent-Length: -1\r\n", 400),
        (b"GET /v1/status HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400),
        (b"GET /v1/status HTTP/1.1\r\nTransfer-Encoding: gzip\r\n", 501),
        (b"GET /v1/status HTTP/1.1\r\nX: %b\r\n" % (b"x" * 20_000), 431),
        (b"nonsense\r\n", 400),
        (b"get /v1/status HTTP/1.1\r\n", 400),
        (b"GET /v1/status HTTP/1.1\r\nBad Header: x\r\n", 400),
    ],
)
def test_what_the_server_itself_refuses_has_the_same_shape(run: Running, raw: bytes, status: int) -> None:
    reply = send(run.port, raw + b"Connection: close\r\n\r\n")
    assert reply.status == status
    assert reply.code in {"body_too_large", "bad_request"}
    check_headers(reply)


def check_headers(reply: Reply) -> None:
    for name, value in REPLY_HEADERS:
        assert reply.header(name) == value
    assert reply.header("Server") is None


def targets(run: Running) -> list[str]:
    return [rule.rule.replace("<analysis_id>", "0") for rule in run.service.app.url_map.iter_rules()]


def test_every_route_and_method_answers_in_shape(run: Running, token: str) -> None:
    for target in [*targets(run), "/", "/v1", "/favicon.ico"]:
        for method in ("GET", "POST", "DELETE", "PUT", "PATCH", "TRACE", "PROPFIND", "CONNECT"):
            for headers in (
                [],
                client_headers(token),
                client_headers("wrong"),
                client_headers("", ("Origin", "x")),
            ):
                reply = ask(run.port, method, target, headers, b"{" if method == "POST" else None)
                check_headers(reply)
                assert reply.status < 300 or reply.code, (method, target)
                assert reply.status < 500, (method, target)
                assert reply.status != 405 or reply.header("Allow")


def test_head_is_refused_without_a_body(run: Running, token: str) -> None:
    for target in targets(run):
        reply = ask(run.port, "HEAD", target, client_headers(token))
        assert (reply.status, reply.body) == (405, b"")


def test_only_status_and_pair_are_open(run: Running) -> None:
    for target in targets(run):
        for method in ("GET", "POST", "DELETE"):
            headers = [("X-TruthLens-Client", "1"), ("Content-Type", "application/json")]
            reply = ask(run.port, method, target, headers, b"{}" if method == "POST" else None)
            if target not in {"/v1/status", "/v1/pair"}:
                assert reply.status in {401, 405}, (method, target)


def test_status_says_what_the_extension_needs(run: Running) -> None:
    reply = ask(run.port, "GET", "/v1/status")
    assert reply.json == {
        "name": "truthlens",
        "version": "0.1.0",
        "api": 1,
        "model": {"state": "ready", "detail": ""},
        "pairing_open": False,
        "notice": "",
    }


@pytest.mark.parametrize("name", ["0", "x" * 32, "0" * 32, "..", "%00", "a b", "'--", "%E2%98%83"])
def test_an_unknown_id_is_not_found(run: Running, token: str, name: str) -> None:
    target = f"/v1/analyses/{name}".replace(" ", "%20")
    for method in ("GET", "DELETE"):
        reply = ask(run.port, method, target, client_headers(token))
        assert (reply.status, reply.code in {"unknown_analysis", "unknown_route"}) == (404, True)


def test_an_analysis_from_beginning_to_end(run: Running) -> None:
    client = run.client(CHROME)
    progress: list[tuple[str, float]] = []
    payload = {"url": "https://news.example/a", "html": "A whole article from beginning to end."}
    done = client.analyse(payload, lambda title, share: progress.append((title, share)))
    assert done["state"] == "done"
    assert done["article"]["text"] == payload["html"]
    assert done["report"]["sections"][0]["blocks"] == [{"kind": "nothing", "text": "nothing found"}]
    assert progress[-1] == ("writing the report", 1.0)
    headers = client_headers(run.token(CHROME), ("Origin", CHROME))
    again = ask(run.port, "POST", "/v1/analyses", headers, json.dumps(payload).encode())
    assert (again.status, again.json) == (200, done)
    client = run.client(CHROME)
    assert client.read(done["id"]) == done
    assert client.end(done["id"]) == {"id": done["id"], "state": "forgotten"}
    with pytest.raises(ServiceError) as caught:
        client.read(done["id"])
    assert (caught.value.code, caught.value.status) == ("unknown_analysis", 404)


def test_text_keeps_its_title_and_its_lines(run: Running, token: str) -> None:
    client = Client(run.port, token)
    done = client.analyse({"text": " One. \n\n\tTwo.\r\nThree.", "title": " A title "})
    assert done["article"]["text"] == "A title\nOne.\nTwo.\nThree."
    assert done["article"]["title"] == "A title"


def test_an_address_is_fetched(run: Running, token: str) -> None:
    done = Client(run.port, token).analyse({"url": "https://news.example/fetched"})
    assert done["article"]["text"] == "fetched from https://news.example/fetched"


# The library


def kept(run: Running, client: Client, text: str, **more: str) -> str:
    """Analyse a text and give the id under which it is kept."""
    saved = run.service.library.saved(client.analyse({"text": text, **more})["id"])
    assert saved is not None
    return saved.id


def test_the_library_is_listed_searched_and_emptied(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        client = Client(run.port, run.cli_token())
        first = kept(run, client, "Ferries stopped on Tuesday.", title="Ferries", url="https://a.example/1")
        second = kept(run, client, "Bakers sold all of their bread.", url="https://a.example/2")
        page = client.request("GET", "/v1/library")
        assert [line["id"] for line in page["analyses"]] == [second, first]
        assert (page["total"], page["notice"]) == (2, "")
        assert page["analyses"][1]["title"] == "Ferries"
        found = client.request("GET", "/v1/library?query=tuesday&limit=1&offset=0")["analyses"]
        assert [(line["id"], line["excerpt"]) for line in found] == [(first, "Ferries stopped on Tuesday.")]
        (near,) = client.request("GET", f"/v1/library?like={first}")["analyses"]
        assert near["id"] == second
        assert -1 <= near["closeness"] <= 1
        assert client.request("GET", "/v1/library?before=2000-01-01")["total"] == 0
        written = client.request("GET", "/v1/library/export")
        assert [each["result"]["article"]["text"] for each in written["analyses"]] == [
            "Ferries\nFerries stopped on Tuesday.",
            "Bakers sold all of their bread.",
        ]
        assert client.request("DELETE", "/v1/library") == {"forgotten": 2}
        assert client.request("GET", "/v1/library")["total"] == 0
        assert client.request("GET", "/v1/library/export")["analyses"] == []


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=1&limit=2",
        "offset=-1",
        "after=yesterday",
        "before=2025-02-30",
        "unknown=1",
        "query=%00",
        "query=" + "x" * 201,
    ],
)
def test_a_query_that_cannot_be_read_is_refused(run: Running, token: str, query: str) -> None:
    reply = get(run, token, f"/v1/library?{query}")
    assert (reply.status, reply.code) == (422, "bad_request")


def test_a_story_near_none_that_is_kept_is_unknown(run: Running, token: str) -> None:
    assert get(run, token, "/v1/library?like=0").code == "unknown_analysis"
    assert get(run, token, "/v1/library?query=%FF%22*").status == 200


def put(run: Running, token: str, body: bytes) -> Reply:
    return ask(run.port, "PUT", "/v1/library/preferences", client_headers(token), body)


def test_preferences_are_read_and_set(run: Running, token: str) -> None:
    assert get(run, token, "/v1/library/preferences").json == {"keeping": True, "retention_days": None}
    chosen = {"keeping": False, "retention_days": 30}
    assert put(run, token, json.dumps(chosen).encode()).json == chosen
    assert get(run, token, "/v1/library/preferences").json == chosen
    put(run, token, b'{"keeping":true,"retention_days":null}')


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"keeping":true}',
        b'{"keeping":"yes","retention_days":1}',
        b'{"keeping":true,"retention_days":0}',
        b'{"keeping":true,"retention_days":1.5}',
        b'{"keeping":true,"retention_days":1e9}',
        b'{"keeping":true,"retention_days":null,"more":1}',
    ],
)
def test_preferences_of_another_shape_are_refused(run: Running, token: str, body: bytes) -> None:
    assert put(run, token, body).code == "bad_request"
    assert get(run, token, "/v1/library/preferences").json["keeping"] is True


def test_preferences_must_be_declared_as_json(run: Running, token: str) -> None:
    headers = [(name, value) for name, value in client_headers(token) if name != "Content-Type"]
    assert ask(run.port, "PUT", "/v1/library/preferences", headers, b"{}").code == "not_json"


def test_a_private_window_leaves_no_trace(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        client = Client(run.port, run.cli_token())
        done = client.analyse({"text": "A quizzical secret.", "keep": False})
        assert done["article"]["text"] == "A quizzical secret."
        assert client.read(done["id"]) == done
        assert client.request("GET", "/v1/library")["total"] == 0
        assert client.request("GET", f"/v1/analyses/{done['id']}/revisions")["earlier"] == []
    assert not any(b"quizzical" in file.read_bytes().lower() for file in tmp_path.iterdir())


def test_an_article_that_is_opened_again_shows_what_changed(run: Running, token: str) -> None:
    client = Client(run.port, token)
    address = "https://news.example/changing"
    texts = ("At least 12 ferries stopped.", "At least 14 ferries stopped.", "All ferries run again.")
    ids = [client.analyse({"text": text, "url": address})["id"] for text in texts]
    first = run.service.library.saved(ids[0])
    assert first is not None
    assert client.request("GET", f"/v1/analyses/{ids[0]}/revisions") == {"id": ids[0], "earlier": []}
    (earlier,) = client.request("GET", f"/v1/analyses/{ids[1]}/revisions")["earlier"]
    assert earlier["id"] == first.id
    (table,) = earlier["blocks"]
    before, now = table["rows"][0]
    assert (before["text"], now["text"]) == ("At least 12 ferries stopped.", "At least 14 ferries stopped.")
    assert (before["evidence"][0]["other"], now["evidence"][0]["other"]) == (first.id, "")
    latest = client.request("GET", f"/v1/analyses/{ids[2]}/revisions")["earlier"]
    assert [each["saved_at"] <= latest[0]["saved_at"] for each in latest] == [True, True]
    assert latest[1]["id"] == first.id
    unseen = client.analyse({"text": "At least 15 ferries stopped.", "url": address, "keep": False})
    assert len(client.request("GET", f"/v1/analyses/{unseen['id']}/revisions")["earlier"]) == 3


def test_what_is_not_finished_has_no_revisions_yet(tmp_path: Path) -> None:
    with running(tmp_path, loading=True) as run:
        token = run.cli_token()
        started = post(run, token, b'{"text":"one"}').json["id"]
        reply = get(run, token, f"/v1/analyses/{started}/revisions")
        assert (reply.status, reply.code) == (409, "not_done")
        assert get(run, token, "/v1/analyses/0/revisions").code == "unknown_analysis"


def test_old_analyses_are_deleted_when_the_service_starts(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        Client(run.port, run.cli_token()).analyse({"text": "An old one."})
        run.service.library.prefer(Preferences(retention_days=3))
        with run.service.library.writing() as connection:
            connection.execute("UPDATE analyses SET created_at = 1.0")
    with running(tmp_path) as run:
        assert run.service.library.listing() == []


def test_a_failed_analysis_carries_its_reason(run: Running, token: str) -> None:
    run.analyser.error = ServiceError("too_short", "Short.", "Longer.", status=422)
    started = post(run, token, b'{"text":"Too short to be analysed."}')
    assert started.status == 202
    path = f"/v1/analyses/{started.json['id']}"
    until(lambda: get(run, token, path).json["state"] == "failed")
    reply = get(run, token, path)
    run.analyser.error = None
    assert reply.status == 200
    assert reply.json["error"] == {"code": "too_short", "message": "Short.", "remedy": "Longer."}


def test_a_full_queue_says_when_to_come_back(tmp_path: Path) -> None:
    with running(tmp_path, queue_size=1) as run:
        token = run.cli_token()
        run.analyser.gate.clear()
        post(run, token, b'{"text":"one"}')
        run.analyser.entered.wait()
        waiting = post(run, token, b'{"text":"two"}').json["id"]
        full = post(run, token, b'{"text":"three"}')
        assert (full.status, full.code, full.header("Retry-After")) == (503, "queue_full", "5")
        assert ask(run.port, "GET", "/v1/status").status == 200
        run.analyser.gate.set()
        until(lambda: get(run, token, f"/v1/analyses/{waiting}").json["state"] == "done")
        assert still_works(run, token)


def test_while_the_model_loads_the_service_answers(tmp_path: Path) -> None:
    with running(tmp_path, loading=True) as run:
        token = run.cli_token()
        assert ask(run.port, "GET", "/v1/status").json["model"] == {"state": "loading", "detail": ""}
        started = post(run, token, b'{"text":"one"}')
        assert (started.status, started.json["state"]) == (202, "queued")
        run.service.jobs.model_ready(run.analyser)
        assert still_works(run, token)
        assert get(run, token, f"/v1/analyses/{started.json['id']}").json["state"] == "done"


def test_a_model_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    with running(tmp_path, loading=True) as run:
        run.service.jobs.model_failed(ServiceError("x", "No model.", "Run doctor.", status=500))
        assert ask(run.port, "GET", "/v1/status").json["model"]["state"] == "failed"
        refused = post(run, run.cli_token(), b'{"text":"one"}')
        assert (refused.status, refused.code) == (503, "model_failed")


def test_a_crash_in_a_route_is_told_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("canary")

    with running(tmp_path) as run:
        token = run.cli_token()
        monkeypatch.setattr(run.service.jobs, "view", crash)
        reply = get(run, token, "/v1/analyses/0")
        assert (reply.status, reply.code) == (500, "internal")
        check_headers(reply)
        monkeypatch.setattr(run.service.jobs, "model_state", crash)
        assert ask(run.port, "GET", "/v1/status").code == "internal"
        assert "canary" not in caplog.text
        assert "a request crashed: RuntimeError in" in caplog.text


def test_a_client_without_a_service_says_what_to_do(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        port = run.port
    with pytest.raises(ServiceError) as caught:
        Client(port).status()
    assert caught.value.code == "service_unreachable"
    assert "truthlens serve" in caught.value.remedy
