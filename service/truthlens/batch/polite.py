"""Fetches the pages of a list as a guest should: asks robots.txt first, and each host only so often."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from truthlens.batch.record import Part, Record, Refusal
from truthlens.errors import ServiceError
from truthlens.net.fetch import Fetched, Limits, Page, Wanted, download, fetch

if TYPE_CHECKING:
    from protego import Protego

AGENT = "TruthLens"  # by which robots.txt may name us
DELAY = 2.0  # seconds between two requests to one host
LONGEST_DELAY = 60.0  # that a robots.txt may ask for; longer would stop the run
AT_ONCE = 8  # hosts
HOSTS = 4096  # that are remembered; of more, the one asked longest ago is forgotten
ROBOTS_BYTES = 512 * 1024  # RFC 9309 wants at least 500 KiB to be read
_STATUS = re.compile(r"answered with status (\d{3})\b")

Sleep = Callable[[float], None]


def _not_robots() -> ServiceError:
    return ServiceError(
        "robots_unreadable", "The site's robots.txt is no text.", "Leave this site out.", status=502
    )


ROBOTS = Wanted(
    # Many sites serve a page of their own where there is no robots.txt; no line of it is a rule.
    kinds=frozenset({"text/plain", "text/html", "text/x-robots", "application/octet-stream", ""}),
    accept="text/plain",
    refusal=_not_robots,
)


def robots(url: str) -> Fetched:
    """What stands at the address of a robots.txt, by the fetcher that refuses private addresses."""
    return download(url, ROBOTS, limits=Limits(wire_bytes=ROBOTS_BYTES, decoded_bytes=ROBOTS_BYTES))


@dataclass(slots=True, kw_only=True)
class _Host:
    """``rules`` None until asked, or where they cannot be had; then the host is ``shut``. ``free_at`` is the
    monotonic second from which it may be asked again.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Protego | None = None
    shut: bool = False
    free_at: float = 0.0


class Polite:
    """Fetches pages of many hosts. ``delay`` in seconds; robots.txt may ask for more, never for less.

    An address whose robots.txt cannot be had (server error, time-out) is not fetched, one whose site has none
    is (RFC 9309). A page that leads on to an address that robots.txt forbids is thrown away.
    """

    def __init__(
        self,
        *,
        delay: float = DELAY,
        get: Callable[[str], Page] = fetch,
        get_robots: Callable[[str], Fetched] = robots,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._delay, self._get, self._get_robots = delay, get, get_robots
        self._clock, self._sleep = clock, sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = threading.Lock()

    def part(self, part: Part) -> Part:
        """The same part with its pages; one that needs none is not touched."""
        if not any(record.fetch for record in part.records):
            return part
        return replace(part, records=self.fetched(part.records))

    def fetched(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """The same records in the same order, with their pages or with what came instead."""
        wanted = sorted(range(len(records)), key=_in_turn(records))
        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = dict(zip(wanted, threads.map(lambda at: self._fetched(records[at]), wanted), strict=True))
        return tuple(found[at] for at in range(len(records)))

    def _fetched(self, record: Record) -> Record:
        if not record.fetch:
            return record
        try:
            page = self._page(record.url)
        except ServiceError as error:
            return record.refused(Refusal.of("fetch", error))
        return replace(record, url=page.url, html=page.html, fetch=False)

    def _page(self, url: str) -> Page:
        if not _site(url):
            return self._get(url)  # which says what is wrong with it
        host = self._host(url)
        with host.lock:  # one request at a time to each host
            self._ask(host, url)
            self._wait(host, self._pause(host))
            page = self._get(url)
        if (final := self._host(page.url)) is not host:
            with final.lock:
                self._ask(final, page.url)
        elif page.url != url:
            self._ask(host, page.url)
        return page

    def _host(self, url: str) -> _Host:
        key = _site(url)
        with self._lock:
            host = self._hosts.setdefault(key, _Host())
            self._hosts.move_to_end(key)
            if len(self._hosts) > HOSTS:
                self._hosts.popitem(last=False)
        return host

    def _ask(self, host: _Host, url: str) -> None:
        """Raises ServiceError ``robots_disallowed``, ``robots_unreachable`` or ``robots_delay``."""
        if host.rules is None and not host.shut:
            self._wait(host, self._delay)
            host.rules = self._rules(f"{_site(url)}/robots.txt")
            host.shut = host.rules is None
        if host.rules is None:
            raise _unreachable()
        if not host.rules.can_fetch(url, AGENT):
            raise _forbidden()
        if self._pause(host) > LONGEST_DELAY:
            raise ServiceError(
                "robots_delay",
                f"The site's robots.txt asks for more than {LONGEST_DELAY:.0f} seconds between pages.",
                "Leave this site out.",
                status=403,
            )

    def _rules(self, url: str) -> Protego | None:
        """None where it is not known what may be fetched."""
        from protego import Protego

        try:
            body = self._get_robots(url).body
        except ServiceError as error:
            told = _STATUS.search(error.message)
            if told is None or not 400 <= int(told[1]) < 500:
                return None
            body = b""  # the site has no rules
        return Protego.parse(body.decode("utf-8-sig", "replace"))

    def _pause(self, host: _Host) -> float:
        asked = host.rules.crawl_delay(AGENT) if host.rules is not None else None
        return max(self._delay, float(asked or 0.0))

    def _wait(self, host: _Host, pause: float) -> None:
        now = self._clock()
        if host.free_at > now:
            self._sleep(host.free_at - now)
        host.free_at = max(now, host.free_at) + pause


def _site(url: str) -> str:
    """Scheme and host, "" for what is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.scheme in ("http", "https") else ""


def _in_turn(records: Sequence[Record]) -> Callable[[int], int]:
    """Sorts so that hosts take turns, or one of them would keep all threads waiting."""
    seen: Counter[str] = Counter()
    turns = []
    for record in records:
        site = _site(record.url) if record.fetch else ""
        turns.append(seen[site])
        seen[site] += 1
    return turns.__getitem__


def _unreachable() -> ServiceError:
    return ServiceError(
        "robots_unreachable",
        "The site's robots.txt cannot be read, so it is not known what may be fetched.",
        "Try this address again later.",
        status=502,
    )


def _forbidden() -> ServiceError:
    return ServiceError(
        "robots_disallowed",
        "The site's robots.txt asks programs not to fetch this page.",
        "Open the page in the browser and analyse it there.",
        status=403,
    )
