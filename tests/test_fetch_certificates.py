"""Only who can prove the name in the address is listened to, however the connection came about."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from certificates import Authority
from local_fetch import HERE, QUICK
from local_site import LocalSite, redirect, reply
from truthlens.errors import ServiceError
from truthlens.net.fetch import fetch

pytestmark = pytest.mark.enable_socket
PAGE = "<p>Hello</p>"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority nobody believes, under the same name."""
    return Authority(tmp_path_factory.mktemp("stranger"))


def over_tls(
    site: LocalSite,
    trust: ssl.SSLContext | None,
    *,
    host: str = "site.test",
    **options: object,
) -> str:
    try:
        return fetch(
            site.url("/", host=host, scheme="https"),
            resolver=lambda h, p: [HERE],
            approve=lambda a: a == HERE,
            ports={site.port},
            tls=trust,
            **options,
        ).html
    except ServiceError as error:
        return error.code


CASES = {
    "valid": ({}, "site.test", PAGE),
    "for all names below": ({"name": "*.site.test"}, "www.site.test", PAGE),
    "expired": ({"days": (-30, -1)}, "site.test", "fetch_failed"),
    "not valid yet": ({"days": (1, 30)}, "site.test", "fetch_failed"),
    "another name": ({"name": "other.test"}, "site.test", "fetch_failed"),
    "the parent's name": ({"name": "site.test"}, "www.site.test", "fetch_failed"),
    "a name below": ({"name": "www.site.test"}, "site.test", "fetch_failed"),
    "a star two levels up": ({"name": "*.site.test"}, "a.b.site.test", "fetch_failed"),
    "a star for everything": ({"name": "*.test"}, "site.test", "fetch_failed"),
    "the address for the name": ({"name": HERE}, "site.test", "fetch_failed"),
    "named in its subject alone": ({"by_name": False}, "site.test", "fetch_failed"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_certificate_must_hold_now_and_for_this_name(authority: Authority, name: str) -> None:
    shown, host, expected = CASES[name]
    server = authority.server(**shown)
    names: list[str | None] = []
    server.sni_callback = lambda socket, said, context: names.append(said)
    with LocalSite(lambda path: reply(), tls=server) as site:
        assert over_tls(site, authority.trust(), host=host) == expected
        assert len(site.requests) == (expected == PAGE), "nothing is asked of who has not proved its name"
    assert names == [host], "the name is sent, never the address"


def test_who_vouches_must_be_believed(authority: Authority, stranger: Authority) -> None:
    with LocalSite(lambda path: reply(), tls=stranger.server()) as site:
        assert over_tls(site, authority.trust()) == "fetch_failed"
        assert over_tls(site, None) == "fetch_failed"  # the system's list, which knows neither
        assert site.requests == []


def test_old_protocols_are_not_spoken(authority: Authority) -> None:
    server = authority.server()
    server.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        server.maximum_version = ssl.TLSVersion.TLSv1_1
    server.set_ciphers("ALL:@SECLEVEL=0")
    with LocalSite(lambda path: reply(), tls=server) as site:
        assert over_tls(site, authority.trust()) == "fetch_failed"
        assert site.requests == []


def test_a_plain_site_is_not_taken_for_a_secure_one(authority: Authority) -> None:
    with LocalSite(lambda path: reply()) as site:
        assert over_tls(site, authority.trust(), limits=QUICK) in {"fetch_failed", "fetch_timeout"}


def outcome_beside(authority: Authority, wire: Callable[[socket.socket, threading.Event], None]) -> str:
    """The code of a fetch from somebody whose side of the connection is ``wire``, until the event is set."""
    ended = threading.Event()

    def answer(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with client:
            wire(client, ended)

    with socket.create_server((HERE, 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        try:
            with pytest.raises(ServiceError) as caught:
                fetch(
                    f"https://site.test:{port}/",
                    resolver=lambda h, p: [HERE],
                    approve=lambda a: True,
                    ports={port},
                    tls=authority.trust(),
                    limits=QUICK,
                )
        finally:
            ended.set()
            thread.join()
    return caught.value.code


@pytest.mark.parametrize("start", [b"", b"\x16\x03\x03\x00\x7a\x02"], ids=["silent", "the first bytes alone"])
def test_a_handshake_that_stalls_is_left(authority: Authority, start: bytes) -> None:
    def stall(client: socket.socket, ended: threading.Event) -> None:
        client.sendall(start)
        ended.wait(30)

    assert outcome_beside(authority, stall) == "fetch_timeout"


def test_a_handshake_that_drips_in_has_the_same_deadline(authority: Authority) -> None:
    def drip(client: socket.socket, ended: threading.Event) -> None:
        with suppress(OSError):
            for byte in b"\x16\x03\x03\x40\x00" + b"\x02" * 10_000:
                client.sendall(bytes([byte]))
                if ended.wait(0.02):
                    return

    begun = time.monotonic()
    found = outcome_beside(authority, drip)
    took = time.monotonic() - begun
    assert found in {"fetch_timeout", "fetch_failed"}
    assert took < 30, "the deadline fired long before the other side had done"


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("http://site.test:{port}/plain", PAGE),
        ("http://127.0.0.3/", "address_refused"),
        ("http://inside.test:{port}/", "address_refused"),
        ("https://inside.test:{port}/", "address_refused"),
        ("file:///etc/passwd", "bad_url"),
    ],
)
def test_a_secure_site_that_leads_on_is_judged_like_any(authority: Authority, to: str, expected: str) -> None:
    with LocalSite(lambda path: reply()) as plain:
        target = to.format(port=plain.port)
        with LocalSite(lambda path: redirect(target), tls=authority.server()) as site:
            try:
                found = fetch(
                    site.url("/", scheme="https"),
                    resolver=lambda h, p: ["127.0.0.3"] if h == "inside.test" else [HERE],
                    approve=lambda a: a == HERE,
                    ports={site.port, plain.port, 80, 443},
                    tls=authority.trust(),
                ).html
            except ServiceError as error:
                found = error.code
            assert found == expected
        assert len(plain.requests) == (expected == PAGE)
