"""Names that move while they are looked at: a real DNS server lies, and no private address is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_fetch import HERE, INSIDE, QUICK, Tripwire, get, outcome
from local_site import LocalSite, redirect, reply
from lying_dns import AAAA, A, Answer, LyingDns, Record, Said, asking
from namespaces import in_namespace
from trust import tries
from truthlens.errors import ServiceError
from truthlens.net import fetch as fetching

pytestmark = pytest.mark.enable_socket

TTLS = (0, 1, 60, 2**31 - 1)
PAGE = "<p>Hello</p>"
UNKNOWN = Said(code=3)


def said(*values: str, ttl: int = 0) -> Said:
    return Said(tuple(Record(value, ttl) for value in values))


def alias(to: str, *values: str) -> Said:
    return Said((Record(to), *(Record(value, name=to) for value in values)))


CASES: dict[str, tuple[Answer, str]] = {
    "public": (lambda name, before: said(HERE), PAGE),
    "public, then private": (lambda name, before: said(HERE if not before else INSIDE), PAGE),
    "private": (lambda name, before: said(INSIDE), "address_refused"),
    "private, then public": (lambda name, before: said(INSIDE if not before else HERE), "address_refused"),
    "both, public first": (lambda name, before: said(HERE, INSIDE), "address_refused"),
    "both, private first": (lambda name, before: said(INSIDE, HERE), "address_refused"),
    "private as the last of many": (
        lambda name, before: said(HERE, *(f"127.0.0.1{n % 10}" for n in range(9)), INSIDE),
        "address_refused",
    ),
    "IPv4 public, IPv6 private": (lambda name, before: said(HERE, "::1"), "address_refused"),
    "IPv6 in disguise": (lambda name, before: said(HERE, f"::ffff:{INSIDE}"), "address_refused"),
    "an alias to public": (lambda name, before: alias("cdn.test", HERE), PAGE),
    "an alias to private": (lambda name, before: alias("cdn.test", INSIDE), "address_refused"),
    "an alias to localhost": (lambda name, before: alias("localhost", INSIDE), "address_refused"),
    "an alias to nothing": (lambda name, before: alias("cdn.test"), "fetch_failed"),
    "no such name": (lambda name, before: UNKNOWN, "fetch_failed"),
    "no address": (lambda name, before: Said(), "fetch_failed"),
    "refused": (lambda name, before: Said(code=5), "fetch_failed"),
    "broken server": (lambda name, before: Said(code=2), "fetch_failed"),
    "too slow": (lambda name, before: Said((Record(HERE),), wait=1.5), "fetch_timeout"),
    "never": (lambda name, before: Said(wait=None), "fetch_timeout"),
    "private after a while": (lambda name, before: Said((Record(INSIDE),), wait=0.1), "address_refused"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_look_up_for_one_connection_to_a_public_address(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    answer, expected = CASES[name]
    with LocalSite(lambda path: reply()) as site, Tripwire(site.port) as wire, LyingDns(answer) as dns:
        limits = {"limits": QUICK} if expected == "fetch_timeout" else {}
        assert outcome(site, resolver=asking(dns.address), **limits) == expected
        looked_up = dns.asked.copy()
        assert len(site.requests) == (expected == PAGE)
    assert wire.touched == 0
    assert all(kind in {A, AAAA} for _, kind in looked_up)
    assert len(looked_up) == len(set(looked_up)), "a name was asked for twice"
    record_property("tried", 1)


def test_a_name_that_moves_at_every_question(record_property: Callable[[str, object], None]) -> None:
    """As an attacker does it: the answer alternates, whatever life it is said to have."""
    rounds = tries(12, 200)

    def moving(name: str, before: int) -> Said:
        return said(INSIDE if (before // 3) % 2 else HERE, ttl=TTLS[before % len(TTLS)])

    with LocalSite(lambda path: reply()) as site, Tripwire(site.port) as wire, LyingDns(moving) as dns:
        found = [outcome(site, resolver=asking(dns.address)) for _ in range(rounds)]
        asked = len(dns.asked)
    assert set(found) == {PAGE, "address_refused"}
    assert wire.touched == 0
    assert asked == 2 * rounds  # one question for each type, for each connection
    record_property("tried", rounds)


def test_each_hop_is_looked_up_anew() -> None:
    """The first page leads on to the same name, which then is another computer."""
    answer: Answer = lambda name, before: said(HERE if not before else INSIDE)  # noqa: E731  # a table's cell
    with (
        LocalSite(lambda path: redirect("/b") if path == "/" else reply()) as site,
        Tripwire(site.port) as wire,
        LyingDns(answer) as dns,
    ):
        assert outcome(site, resolver=asking(dns.address)) == "address_refused"
        assert dns.asked == [("site.test", A), ("site.test", AAAA)] * 2
        assert len(site.requests) == 1
    assert wire.touched == 0


def test_who_answers_must_be_who_was_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a connection ever end elsewhere than it was sent, nothing is asked there."""
    real = fetching.connect
    monkeypatch.setattr(
        fetching, "connect", lambda address, *rest: real(HERE if address == "192.0.2.7" else address, *rest)
    )
    with LocalSite(lambda path: reply()) as site:
        options: dict[str, Any] = {"resolver": lambda h, p: ["192.0.2.7"], "approve": lambda a: a != HERE}
        assert outcome(site, **options) == "address_refused"
        assert site.requests == []


def test_the_systems_own_resolver_is_believed_once(tmp_path: Path) -> None:
    """getaddrinfo itself, in a namespace where our server is the only one."""
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:1\n")
    (tmp_path / "hosts").write_text("127.0.0.1 localhost\n")
    (tmp_path / "nsswitch.conf").write_text("hosts: files dns\n")
    told = json.loads(in_namespace("-rmn", "moved_names.py", str(tmp_path), timeout=120))
    assert told["touched"] == 0
    assert told["moved"] == "fetch_failed"  # the public address, to which no way leads from there
    assert told["private"] == told["mixed"] == told["alias"] == "address_refused"
    assert told["unknown"] == "fetch_failed"
    assert told["questions"] == {
        "moved.example": 2,
        "private.example": 2,
        "mixed.example": 2,
        "alias.example": 2,
        "unknown.example": 2,
    }


def test_a_failure_of_the_resolver_is_a_refusal_in_words() -> None:
    with LocalSite(lambda path: reply()) as site, pytest.raises(ServiceError) as caught:
        get(site, resolver=asking(("127.0.0.1", 9), seconds=0.2))
    assert caught.value.code in {"fetch_failed", "fetch_timeout"}
