"""Bad input at the real service: each gets its code and the error shape, and the next request works."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

import pytest
from browser import wait_for
from service_process import ORIGIN, ServiceProcess
from site_under_test import ODD
from truthlens.seeds import articles_dir

Ask = Callable[..., tuple[int, dict[str, Any]]]
PAGE = (articles_dir() / "rate-decision.html").read_text("utf-8")
URL = "http://wire.test/rates"


@pytest.fixture(scope="module")
def ask(service: ServiceProcess) -> Ask:
    token = service.token()

    def send(method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        sent = {
            "Authorization": f"Bearer {token}",
            "X-TruthLens-Client": "1",
            "Origin": ORIGIN,
            **({"Content-Type": "application/json"} if body is not None else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    return send


def outcome(ask: Ask, payload: dict[str, str]) -> tuple[int, str]:
    """Status of the request, and the code that it or its job ended with."""
    status, reply = ask("POST", "/v1/analyses", json.dumps(payload).encode())
    if "error" in reply:
        return status, reply["error"]["code"]
    done = wait_for(
        lambda: next(
            (
                view
                for view in [ask("GET", f"/v1/analyses/{reply['id']}")[1]]
                if view["state"] in {"done", "failed", "cancelled"}
            ),
            None,
        ),
        "the analysis ends",
    )
    return status, done["error"]["code"] if done["state"] == "failed" else done["state"]


@pytest.fixture(autouse=True)
def still_works(ask: Ask) -> Any:
    yield
    assert outcome(ask, {"html": PAGE, "url": URL})[1] in {"done"}


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"", {}, (400, "bad_json")),
        (b"{", {}, (400, "bad_json")),
        (b"[]", {}, (422, "bad_request")),
        (b"{}", {}, (422, "bad_request")),
        (b'{"html": 5, "url": "http://a.test"}', {}, (422, "bad_request")),
        (b'{"html": "' + b"x" * 20_000_000 + b'", "url": "http://a.test"}', {}, (413, "body_too_large")),
        (b"{}", {"Content_Type": "text/plain"}, (415, "not_json")),
        (b"{}", {"Authorization": "Bearer wrong"}, (401, "wrong_token")),
        (b"{}", {"Origin": "https://evil.example"}, (403, "origin_refused")),
        (b"{}", {"Host": "evil.example"}, (421, "bad_host")),
    ],
)
def test_requests(ask: Ask, body: bytes, headers: dict[str, str], expected: tuple[int, str]) -> None:
    status, reply = ask("POST", "/v1/analyses", body, **headers)
    assert (status, reply["error"]["code"]) == expected
    assert set(reply) == {"error"}
    assert set(reply["error"]) == {"code", "message", "remedy"}
    assert reply["error"]["message"]
    assert reply["error"]["remedy"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"html": "%PDF-1.7\n%âãÏÓ\n1 0 obj", "url": "http://a.test/x.pdf"}, "not_html"),
        ({"html": ODD["/french"][1], "url": "http://a.test/fr"}, "not_english"),
        ({"html": ODD["/links"][1], "url": "http://a.test/"}, "no_article"),
        ({"html": ODD["/short"][1], "url": "http://a.test/s"}, "too_short"),
        ({"url": "http://192.168.1.1/secret"}, "address_refused"),
        ({"url": "http://127.0.0.1/"}, "address_refused"),
        ({"url": "http://169.254.169.254/latest/meta-data/"}, "address_refused"),
        ({"url": "file:///etc/passwd"}, "bad_url"),
    ],
)
def test_articles(ask: Ask, payload: dict[str, str], code: str) -> None:
    assert outcome(ask, payload)[1] == code


def test_an_unknown_analysis(ask: Ask) -> None:
    status, reply = ask("GET", "/v1/analyses/" + "0" * 32)
    assert (status, reply["error"]["code"]) == (404, "unknown_analysis")
