"""A body is counted while it comes: whatever is said of its length, no more than the limit is ever held."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from process_memory import MEASURABLE, MIB, MeasuredService
from service_under_test import client_headers
from trust import tries

LIMIT = 8 * MIB
SENT = tries(64, 1024) * MIB  # of a body without end
Answer = tuple[int, str]

pytestmark = pytest.mark.skipif(not MEASURABLE, reason="memory is counted by Linux's /proc")


@pytest.fixture(scope="module")
def service() -> Iterator[MeasuredService]:
    running = MeasuredService()
    yield running
    running.close()


def article(size: int) -> bytes:
    """A request of exactly so many bytes, whose page is one long text."""
    frame = json.dumps({"url": "https://a.example/", "html": ""}).encode()
    return frame[:-2] + b"x" * (size - len(frame)) + frame[-2:]


def head(service: MeasuredService, *lines: str) -> bytes:
    said = [f"{name}: {value}" for name, value in client_headers(service.token)]
    start = ["POST /v1/analyses HTTP/1.1", f"Host: 127.0.0.1:{service.port}", "Connection: close"]
    return "\r\n".join([*start, *said, *lines, "", ""]).encode()


def talk(service: MeasuredService, pieces: Iterator[bytes]) -> Answer | None:
    """Status and error code; None when the service hung up without a word."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        with suppress(OSError):  # it had heard enough
            for piece in pieces:
                connection.sendall(piece)
        received = b""
        with suppress(OSError):
            while chunk := connection.recv(65536):
                received += chunk
    if not received:
        return None
    first, _, body = received.partition(b"\r\n\r\n")
    fields = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])
    return int(first.split(b" ")[1]), fields.get("error", fields).get("code", "")


def chunked(total: int, size: int = 65536) -> Iterator[bytes]:
    yield b'10\r\n{"url":"","html"\r\n'
    for _ in range(total // size):
        yield b"%x\r\n%b\r\n" % (size, b"x" * size)
    yield b"0\r\n\r\n"


def whole(service: MeasuredService, body: bytes, said: int | None = None) -> Iterator[bytes]:
    yield head(service, f"Content-Length: {len(body) if said is None else said}")
    yield body


def in_pieces(service: MeasuredService, total: int) -> Iterator[bytes]:
    yield head(service, "Transfer-Encoding: chunked")
    yield from chunked(total)


def endless(service: MeasuredService, said: int) -> Iterator[bytes]:
    yield head(service, f"Content-Length: {said}")
    for _ in range(min(said, SENT) // MIB):
        yield b"x" * MIB


def slowly(service: MeasuredService, body: bytes) -> Iterator[bytes]:
    yield head(service, f"Content-Length: {len(body)}")
    step = len(body) // 20 + 1
    for start in range(0, len(body), step):
        time.sleep(0.02)
        yield body[start : start + step]


def packed(service: MeasuredService) -> Iterator[bytes]:
    body = gzip.compress(b"x" * (64 * MIB))
    yield head(service, f"Content-Length: {len(body)}", "Content-Encoding: gzip")
    yield body


TOO_LARGE = (413, "body_too_large")
TAKEN = (202, "")
CASES: dict[str, tuple[Callable[[MeasuredService], Iterator[bytes]], Answer | None]] = {
    "one byte more": (lambda service: whole(service, article(LIMIT + 1)), TOO_LARGE),
    "in pieces, one more": (lambda service: in_pieces(service, LIMIT), TOO_LARGE),
    "in pieces, no end": (lambda service: in_pieces(service, SENT), TOO_LARGE),
    "1 GiB by its header": (lambda service: whole(service, b"x" * MIB, 1024 * MIB), TOO_LARGE),
    "1 GiB": (lambda service: endless(service, 1024 * MIB), TOO_LARGE),
    "just under what is thrown away": (lambda service: endless(service, 64 * MIB), TOO_LARGE),
    "more than it said": (lambda service: whole(service, article(LIMIT), 100), (400, "bad_json")),
    "packed": (packed, (415, "not_json")),
    "slowly": (lambda service: slowly(service, article(LIMIT + 1)), TOO_LARGE),
    # The last, since memory that its analysis took is not given back and would hide what others take.
    "the limit": (lambda service: whole(service, article(LIMIT)), TAKEN),
}


@pytest.mark.parametrize("name", CASES)
def test_no_body_takes_twice_its_limit(
    service: MeasuredService, name: str, record_property: Callable[[str, object], None]
) -> None:
    sent, expected = CASES[name]
    with service.grown() as grown:
        answer = talk(service, sent(service))
    assert answer == expected
    if answer != TAKEN:
        assert grown[0] < 2 * LIMIT
    record_property("figure", f"{name}: {grown[0] / MIB:.0f} MiB")
    # It answers the next one as if nothing had been.
    assert talk(service, whole(service, b"{}")) == (422, "bad_request")
