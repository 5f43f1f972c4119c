"""Sites that take their time get the total and no more, wherever they stall."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from local_fetch import HERE, outcome
from local_site import LocalSite
from trust import tries
from truthlens.errors import ServiceError
from truthlens.net.fetch import Limits, fetch

pytestmark = pytest.mark.enable_socket
# Each wait alone is allowed to be long, so that only the total can end it.
TOTAL = Limits(connect_seconds=20.0, read_seconds=20.0, total_seconds=float(tries(1, 8)) * 0.5)
PAUSE = 0.02
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def one_by_one(data: Iterator[int]) -> Iterator[bytes]:
    return (bytes([byte]) for byte in data)


CASES: dict[str, Callable[[], Iterator[bytes]]] = {
    "the status line, a byte at a time": lambda: one_by_one(itertools.cycle(b"HTTP/1.1 ")),
    "a header, a byte at a time": lambda: itertools.chain([OK + b"X: "], one_by_one(itertools.repeat(120))),
    "a header now and then": lambda: itertools.chain(
        [OK], itertools.repeat(b"X: y\r\n", 90), itertools.repeat(b"z")
    ),
    "not yet, again and again": lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the body, a byte at a time": lambda: itertools.chain([OK + b"\r\n"], itertools.repeat(b"x")),
    "the body in small pieces": lambda: itertools.chain(
        [OK + b"Transfer-Encoding: chunked\r\n\r\n"], itertools.repeat(b"1\r\nx\r\n")
    ),
    "the size of a piece": lambda: itertools.chain(
        [OK + b"Transfer-Encoding: chunked\r\n\r\n"], itertools.repeat(b"0")
    ),
    "what follows the last piece": lambda: itertools.chain(
        [OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"], itertools.repeat(b"X: y\r\n")
    ),
    "nothing": lambda: itertools.repeat(b""),
}


@pytest.mark.parametrize("name", CASES)
def test_a_site_that_drips_gets_the_total_and_no_more(name: str) -> None:
    ended = threading.Event()

    def drip(path: str) -> Iterator[bytes]:
        for piece in CASES[name]():
            yield piece
            if ended.wait(PAUSE):
                return

    with LocalSite(drip) as site:
        found = outcome(site, limits=TOTAL)
        ended.set()
    assert found == "fetch_timeout"


def test_redirects_share_one_total() -> None:
    ended = threading.Event()

    def slow(path: str) -> Iterator[bytes]:
        ended.wait(TOTAL.total_seconds / 3)
        yield b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"

    with LocalSite(slow) as site:
        found = outcome(site, limits=TOTAL)
        asked = len(site.requests)
        ended.set()
    assert found == "fetch_timeout"
    assert asked < 6


def test_a_site_that_accepts_nobody_is_left() -> None:
    """Its queue is full, so that a connection never comes about."""
    limits = Limits(connect_seconds=0.3, total_seconds=1.0)
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        listener.listen(0)
        place = listener.getsockname()
        waiting = []
        for _ in range(4):
            waiting.append(socket.socket())
            waiting[-1].setblocking(False)
            waiting[-1].connect_ex(place)
        with pytest.raises(ServiceError) as caught:
            fetch(
                f"http://site.test:{place[1]}/",
                resolver=lambda h, p: [HERE],
                approve=lambda a: True,
                ports={place[1]},
                limits=limits,
            )
        for each in waiting:
            each.close()
    assert caught.value.code == "fetch_timeout"
