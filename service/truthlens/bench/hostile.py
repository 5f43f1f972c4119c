"""Requests that no honest client sends, for the service to refuse while it is busy."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator

from truthlens.bench.readers import Json, Tally

MIB = 2**20
ANSWER_SECONDS = 45.0  # the service hangs up after 30 on what is no request


def requests(port: int, origin: str, token: str) -> Iterator[bytes]:
    """Each kind once: strangers, forged hosts and origins, wrong tokens, broken and huge bodies."""
    here = f"127.0.0.1:{port}"
    ours = {"Origin": origin, "Authorization": f"Bearer {token}", "X-TruthLens-Client": "1"}
    form = {**ours, "Content-Type": "application/json"}
    yield _raw("GET", "/v1/library", {"Host": "evil.example"})
    yield _raw("GET", "/v1/library", {"Host": f"{here}.evil.example"})
    yield _raw("GET", "/v1/library", {"Host": here, **ours, "Origin": "https://evil.example"})
    yield _raw("GET", "/v1/library", {"Host": here, **ours, "Authorization": "Bearer " + "x" * 43})
    yield _raw("GET", "/v1/library", {"Host": here, **ours, "Sec-Fetch-Site": "cross-site"})
    yield _raw("OPTIONS", "/v1/analyses", {"Host": here, "Origin": "https://evil.example"})
    yield _raw("GET", "/v1/../v1//library", {"Host": here, **ours})
    yield _raw("TRACE", "/v1/status", {"Host": here})
    yield _raw("GET", "/" + "a" * 20_000, {"Host": here})
    yield _raw("POST", "/v1/pair", {"Host": here, **form}, b'{"code": "AAAAAAAA", "name": "x"}')
    yield _raw("POST", "/v1/analyses", {"Host": here, **ours, "Content-Type": "text/plain"}, b"{}")
    yield _raw("POST", "/v1/analyses", {"Host": here, **form}, b"[" * 100_000)
    yield _raw("POST", "/v1/analyses", {"Host": here, **form}, b'{"text": "\\ud800"}')
    yield _raw("POST", "/v1/analyses", {"Host": here, **form}, b'{"text": NaN}')
    yield _raw("POST", "/v1/analyses", {"Host": here, **form}, b" " * (9 * MIB))
    yield _raw("POST", "/v1/analyses", {"Host": here, **form, "Content-Length": "9" * 400}, b"{}")
    yield _raw("POST", "/v1/analyses", {"Host": here, **form}, b'{"url": "http://169.254.169.254/latest"}')
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200
    for page in pages():
        yield _raw("POST", "/v1/analyses", {"Host": here, **form}, json.dumps(page).encode())


def pages() -> Iterator[Json]:
    """Documents that hurt parsers."""
    for html in (
        "<div>" * 100_000,
        "<b><table><font>" * 10_000,
        "<p>" * 300_000,
        "<" * 400_000,
        "<meta content='" + "<!--" * 20_000 + "'>",
        "<!DOCTYPE" + "/" * 100_000,
        "&" * 500_000,
        "a@" * 200_000,
        "\x00" * 100_000 + "<p>text",
    ):
        yield {"url": f"https://hostile.test/{time.monotonic_ns()}", "html": html, "keep": False}


def send(port: int, raw: bytes, tally: Tally) -> None:
    """One such request; its reply is tallied. To be cut off without a word is an answer too."""
    began = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS) as connection:
            connection.sendall(raw)
            received = connection.recv(65536)
    except TimeoutError as error:
        tally.failure(error)
        return
    except OSError:
        return
    if line := re.match(rb"HTTP/1\.[01] (\d{3}) ", received):
        headers = {"Retry-After": ""} if b"retry-after" in received.lower() else {}
        tally.reply(int(line[1]), headers, time.monotonic() - began)


def _raw(method: str, target: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    fields = {**headers, "Connection": "close"}
    if body:
        fields.setdefault("Content-Length", str(len(body)))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
