"""How the pages of a list are fetched: what robots.txt says counts, and no host is hurried."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from local_site import LocalSite, reply
from truthlens.batch.polite import ROBOTS, Polite
from truthlens.batch.record import Part, Record
from truthlens.errors import ServiceError
from truthlens.net.fetch import Fetched, Page, download


class Web:
    """Pages by address, robots.txt by host. Time passes only while somebody sleeps."""

    def __init__(self, robots: dict[str, str | int], leads: dict[str, str] | None = None) -> None:
        self._robots, self._leads = robots, leads or {}
        self._lock = threading.Lock()
        self.now = 0.0
        self.asked: list[tuple[float, str]] = []

    def get(self, url: str) -> Page:
        self._note(url)
        return Page(self._leads.get(url, url), f"<p>{url}</p>")

    def get_robots(self, url: str) -> Fetched:
        self._note(url)
        said = self._robots.get(url.split("/")[2], 404)
        if isinstance(said, int):
            raise ServiceError("fetch_failed", f"The site answered with status {said}.", "Try later.")
        return Fetched(url=url, body=said.encode(), kind="text/plain", charset="")

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds

    def fetched(self, *urls: str, delay: float = 2.0) -> list[Record]:
        polite = Polite(
            delay=delay, get=self.get, get_robots=self.get_robots, clock=lambda: self.now, sleep=self.sleep
        )
        records = tuple(Record(number=n, url=url, fetch=True) for n, url in enumerate(urls))
        return list(polite.part(Part(source=0, index=0, last=True, weight=0, records=records)).records)

    def _note(self, url: str) -> None:
        with self._lock:
            self.asked.append((self.now, url))


def code(record: Record) -> str:
    return record.refusal.code if record.refusal else ""


def test_pages_come_in_the_order_of_the_list() -> None:
    web = Web({})
    urls = ["https://a.test/1", "https://b.test/1", "https://a.test/2"]
    found = web.fetched(*urls)
    assert [(record.number, record.html) for record in found] == [
        (n, f"<p>{url}</p>") for n, url in enumerate(urls)
    ]
    assert not any(record.fetch for record in found)


def test_robots_txt_is_asked_once_and_obeyed() -> None:
    web = Web({"a.test": "User-agent: *\nDisallow: /private/\n\nUser-agent: TruthLens\nDisallow: /own/"})
    found = web.fetched("https://a.test/own/1", "https://a.test/private/2", "https://a.test/3")
    assert [code(record) for record in found] == ["robots_disallowed", "", ""]
    assert sum(url.endswith("/robots.txt") for _, url in web.asked) == 1
    assert "https://a.test/own/1" not in [url for _, url in web.asked]


def test_patterns_and_the_longest_rule_count() -> None:
    said = "User-agent: *\nDisallow: /*?print\nDisallow: /*.pdf$\nDisallow: /news/\nAllow: /news/open/"
    urls = {
        "https://a.test/story?print=1": "robots_disallowed",
        "https://a.test/story?page=2": "",
        "https://a.test/deep/paper.pdf": "robots_disallowed",
        "https://a.test/paper.pdf.html": "",
        "https://a.test/news/1": "robots_disallowed",
        "https://a.test/news/open/1": "",
    }
    assert [code(record) for record in Web({"a.test": said}).fetched(*urls)] == list(urls.values())


def test_a_robots_txt_that_is_an_attack_is_read_in_no_time() -> None:
    hostile = "User-agent: *\nDisallow: /" + "*a" * 5000 + "*b$\n" + "Disallow: /x\n" * 20_000
    assert code(Web({"a.test": hostile}).fetched("https://a.test/" + "a" * 2000)[0]) == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [(404, ""), (403, ""), (500, "robots_unreachable"), ("", ""), ("<html>No such page</html>", "")],
)
def test_sites_without_a_robots_txt(said: str | int, expected: str) -> None:
    assert code(Web({"a.test": said}).fetched("https://a.test/1")[0]) == expected


def test_requests_to_one_host_lie_apart() -> None:
    web = Web({})
    web.fetched(*(f"https://a.test/{n}" for n in range(4)), delay=3.0)
    times = [time for time, _ in web.asked]
    assert [after - before for before, after in pairwise(times)] == [3.0] * 4


def test_robots_txt_may_ask_for_more_time_but_not_for_hours() -> None:
    web = Web({"a.test": "User-agent: *\nCrawl-delay: 7", "b.test": "User-agent: *\nCrawl-delay: 3600"})
    found = web.fetched("https://a.test/1", "https://a.test/2", "https://b.test/1")
    times = [time for time, url in web.asked if url in ("https://a.test/1", "https://a.test/2")]
    assert times[1] - times[0] >= 7
    assert code(found[2]) == "robots_delay"


def test_a_page_that_leads_where_robots_may_not_go_is_thrown_away() -> None:
    leads = {"https://a.test/1": "https://b.test/own", "https://a.test/2": "https://a.test/no"}
    rules = {"b.test": "User-agent: *\nDisallow: /own", "a.test": "User-agent: *\nDisallow: /no"}
    found = Web(rules, leads).fetched("https://a.test/1", "https://a.test/2")
    assert [(code(record), record.html) for record in found] == [("robots_disallowed", "")] * 2


@pytest.mark.parametrize("url", ["https://[bad", "ftp://a.test/x", "no address"])
def test_what_is_no_address_is_refused_by_the_fetcher(url: str) -> None:
    def get(url: str) -> Page:
        raise ServiceError("bad_url", "No.", "Another.")

    def asked(url: str) -> Fetched:
        raise AssertionError(url)

    polite = Polite(get=get, get_robots=asked)
    (record,) = polite.fetched([Record(url=url, fetch=True)])
    assert code(record) == "bad_url"


def test_a_part_without_addresses_is_left_alone() -> None:
    part = Part(source=0, index=0, last=True, weight=0, records=(Record(text="Ferries stop."),))
    assert Polite(get=Web({}).get).part(part) is part


@pytest.mark.enable_socket
@pytest.mark.parametrize(("status", "expected"), [("404 Not Found", ""), ("503 Busy", "robots_unreachable")])
def test_the_real_fetcher_tells_the_status_that_decides(status: str, expected: str) -> None:
    def get_robots(url: str) -> Fetched:
        return download(
            url,
            ROBOTS,
            resolver=lambda host, port: ["127.0.0.1"],
            approve=lambda address: address == "127.0.0.1",
            ports={site.port},
        )

    with LocalSite(lambda path: reply(b"", status=status)) as site:
        polite = Polite(get=lambda url: Page(url, "<p>Here</p>"), get_robots=get_robots, sleep=lambda _: None)
        (record,) = polite.fetched([Record(url=site.url("/1"), fetch=True)])
    assert code(record) == expected
