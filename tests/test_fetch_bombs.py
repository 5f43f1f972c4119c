"""What swells when it is unpacked, or never ends, costs no memory: counted by Linux, under a hard limit."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from local_site import LocalSite, redirect, reply
from process_memory import MEASURABLE, MIB
from trust import tries

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not MEASURABLE, reason="memory is counted by Linux's /proc"),
]
GROWTH = 64 * MIB  # more than a page of the largest size needs, far less than any bomb
UNPACKED = tries(128, 1024) * MIB
PIECE = b"\0" * MIB
SMALL = b"%x\r\n%b\r\n" % (SIZE := tries(64, 4), b"x" * SIZE)


def bomb() -> bytes:
    """So many zeros, packed to a thousandth."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(PIECE) for _ in range(UNPACKED // MIB)) + packer.flush()


@pytest.fixture(scope="module")
def packed() -> bytes:
    return bomb()


def coded(body: bytes, coding: str) -> bytes:
    return reply(body, headers=f"Content-Encoding: {coding}\r\n")


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield piece


HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GZIP = HTML + b"Content-Encoding: gzip\r\n"
Make = Callable[[bytes], bytes | Iterator[bytes]]
CASES: dict[str, tuple[Make, str]] = {
    "gzip": (lambda packed: coded(packed, "gzip"), "page_too_large"),
    "x-gzip": (lambda packed: coded(packed, "x-gzip"), "page_too_large"),
    "deflate": (lambda packed: coded(packed, "deflate"), "fetch_failed"),
    "br": (lambda packed: coded(packed, "br"), "fetch_failed"),
    "zstd": (lambda packed: coded(packed, "zstd"), "fetch_failed"),
    "packed twice": (lambda packed: coded(gzip.compress(packed), "gzip"), "not_html"),
    "said to be packed twice": (lambda packed: coded(gzip.compress(packed), "gzip, gzip"), "fetch_failed"),
    "packed twenty times": (lambda packed: coded(packed, ", ".join(["gzip"] * 20)), "fetch_failed"),
    "packed, and not said": (reply, "not_html"),
    "in a redirect": (
        lambda packed: reply(
            packed, status="302 Found", headers="Location: /next\r\nContent-Encoding: gzip\r\n"
        ),
        "too_many_redirects",
    ),
    "in an error": (
        lambda packed: reply(packed, status="404 No", headers="Content-Encoding: gzip\r\n"),
        "fetch_failed",
    ),
    "a length that is too small": (
        lambda packed: HTML + b"Content-Length: 3\r\n\r\n<p>" + PIECE * 64,
        "3 characters",
    ),
    "a length that is too large": (
        lambda packed: HTML + b"Content-Length: 9999999999\r\n\r\n<p>",
        "fetch_failed",
    ),
    "no end": (lambda packed: endless(HTML + b"\r\n", b"x" * MIB), "page_too_large"),
    "no end, packed": (
        lambda packed: endless(GZIP + b"\r\n" + packed[:1000], packed[1000:2000]),
        "page_too_large",
    ),
    "a piece of 1 GiB": (
        lambda packed: endless(HTML + b"Transfer-Encoding: chunked\r\n\r\n40000000\r\n", b"x" * MIB),
        "page_too_large",
    ),
    "small pieces": (
        lambda packed: endless(HTML + b"Transfer-Encoding: chunked\r\n\r\n", SMALL * 10_000),
        "page_too_large",
    ),
    "a file name without end": (
        lambda packed: endless(GZIP + b"\r\n\x1f\x8b\x08\x08" + b"\0" * 6, b"n" * MIB),
        "page_too_large",
    ),
    "garbage": (lambda packed: coded(b"garbage" * 100_000, "gzip"), "fetch_failed"),
    "many files in one": (lambda packed: coded(gzip.compress(b"<p>a</p>") * 100_000, "gzip"), "8 characters"),
}


@pytest.fixture(scope="module")
def fetcher() -> Iterator[subprocess.Popen[str]]:
    program = Path(__file__).with_name("measured_fetch.py")
    process = subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.communicate(timeout=30)


@pytest.mark.parametrize("name", CASES)
def test_no_answer_swells(
    fetcher: subprocess.Popen[str], packed: bytes, name: str, record_property: Callable[[str, object], None]
) -> None:
    make, expected = CASES[name]
    assert fetcher.stdin is not None
    assert fetcher.stdout is not None
    with LocalSite(lambda path: make(packed)) as site:
        print(site.url(), site.port, file=fetcher.stdin, flush=True)
        told, growth = json.loads(fetcher.stdout.readline())
    assert told == expected
    assert growth < GROWTH
    record_property("figure", f"{name}: {growth / MIB:.0f} MiB")


def test_the_measure_measures(fetcher: subprocess.Popen[str]) -> None:
    """A page of the largest size does cost memory, so the counting works."""
    body = b"<p>" + b"word " * (MIB - 100)
    assert fetcher.stdin is not None
    assert fetcher.stdout is not None
    with LocalSite(lambda path: redirect("/a") if path == "/" else reply(body[: 5 * MIB - 1000])) as site:
        print(site.url(), site.port, file=fetcher.stdin, flush=True)
        told, growth = json.loads(fetcher.stdout.readline())
    assert told.endswith("characters")
    assert MIB < growth < GROWTH
