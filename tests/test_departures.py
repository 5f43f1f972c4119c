"""What was asked of others is counted, by site, and only who is paired may read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from local_fetch import HERE, get
from local_site import LocalSite
from service_under_test import ask, client_headers, running
from truthlens.errors import ServiceError
from truthlens.net import fetch as fetching
from truthlens.net.departures import MOST, Departures
from truthlens.server import routes

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>A page"


@pytest.fixture
def departures(monkeypatch: pytest.MonkeyPatch) -> Departures:
    counted = Departures()
    monkeypatch.setattr(fetching, "DEPARTURES", counted)
    monkeypatch.setattr(routes, "DEPARTURES", counted)
    return counted


def moved(site: LocalSite, host: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {site.url('/', host=host)}\r\nContent-Length: 0\r\n\r\n".encode()


def test_what_was_asked_is_counted_by_site(departures: Departures) -> None:
    assert departures.listing() == []
    with LocalSite(lambda path: moved(site, "other.test") if path == "/moved" else PAGE) as site:
        get(site)
        get(site)
        get(site, "/moved")  # a redirect asks a second site
    assert departures.listing() == [("site.test", 3), ("other.test", 1)]


def test_a_name_that_is_only_looked_up_has_left_too(departures: Departures) -> None:
    with LocalSite(lambda _: PAGE) as site, pytest.raises(ServiceError, match="address_refused"):
        get(site, resolver=lambda host, port: ["10.0.0.1"], approve=lambda address: address == HERE)
    assert departures.listing() == [("site.test", 1)]


def test_an_address_that_is_refused_has_not(departures: Departures) -> None:
    for url in ("http://10.0.0.1/", "http://localhost/", "file:///etc/passwd"):
        with pytest.raises(ServiceError):
            fetching.fetch(url)
    assert departures.listing() == []


def test_names_do_not_pile_up(departures: Departures) -> None:
    for number in range(MOST + 5):
        departures.note(f"site{number}.test")
    departures.note("site0.test")
    listing = dict(departures.listing())
    assert (len(listing), listing["site0.test"], listing[""]) == (MOST + 1, 2, 5)


def test_it_is_told_to_who_is_paired_alone(tmp_path: Path, departures: Departures) -> None:
    departures.note("news.example")
    with running(tmp_path) as run:
        told = ask(run.port, "GET", "/v1/departures", client_headers(run.cli_token()))
        assert told.json["hosts"] == [{"host": "news.example", "requests": 1}]
        assert told.json["since"].endswith("Z")
        assert ask(run.port, "GET", "/v1/departures").status == 401
        assert b"news.example" not in ask(run.port, "GET", "/v1/status").body
