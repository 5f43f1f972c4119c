"""Feeds that the reader added, off until there is one: kept in the library, read only when asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from truthlens.errors import ServiceError
from truthlens.events.feed_file import FeedFile, Item, not_feed, parse
from truthlens.net.fetch import Fetched, Limits, Wanted, download
from truthlens.store.library import Library

MOST = 20  # feeds; all are read for one question
AT_ONCE = 4  # of them
BYTES = 2 * 1024 * 1024  # of one feed, unpacked; a hundred items with summaries have about 0.3 million

FEED = Wanted(
    kinds=frozenset(
        {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
    ),
    accept="application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9",
    refusal=not_feed,
)

Fetch = Callable[[str], Fetched]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """``added_at`` is in seconds since 1970."""

    url: str
    title: str
    added_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A feed that could not be read just now, and why."""

    url: str
    error: ServiceError


def fetched(url: str) -> Fetched:
    """A feed from the public web, by the fetcher that refuses private addresses."""
    return download(url, FEED, limits=Limits(wire_bytes=BYTES, decoded_bytes=BYTES))


class Feeds:
    """The reader's feeds. ``fetch`` is asked by `add` and `items` alone."""

    def __init__(self, library: Library, fetch: Fetch = fetched) -> None:
        self._library = library
        self._fetch = fetch

    def add(self, url: str) -> Feed:
        """Fetch a feed once, to know that it is one and how it is called, and keep its address.

        Raises ServiceError: ``too_many_feeds``, ``not_feed``, and those of `fetch.download`.
        """
        known = self.listing()
        if len(known) >= MOST and url not in {feed.url for feed in known}:
            raise ServiceError(
                "too_many_feeds",
                f"There are {MOST} feeds already.",
                "Remove one with `truthlens feeds remove URL`.",
                status=409,
            )
        feed = Feed(url=url, title=self._read(url).title or url, added_at=time.time())
        with self._library.writing() as connection:
            connection.execute(
                "INSERT INTO feeds (url, title, added_at) VALUES (?, ?, ?)"
                " ON CONFLICT(url) DO UPDATE SET title = excluded.title",
                (feed.url, feed.title, feed.added_at),
            )
        return feed

    def remove(self, url: str) -> bool:
        """Forget a feed; False when it was not there."""
        with self._library.writing() as connection:
            return connection.execute("DELETE FROM feeds WHERE url = ?", (url,)).rowcount > 0

    def listing(self) -> list[Feed]:
        """In the order in which they were added."""
        with self._library.reading() as connection:
            rows = connection.execute(
                "SELECT url, title, added_at FROM feeds ORDER BY added_at, url"
            ).fetchall()
        return [Feed(url=row[0], title=row[1], added_at=row[2]) for row in rows]

    def items(self) -> tuple[tuple[Item, ...], tuple[Unread, ...]]:
        """What all feeds name now, each address once, and the feeds that could not be read. Without a feed
        nothing is contacted.
        """
        feeds = self.listing()
        if not feeds:
            return (), ()
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            answers = list(pool.map(self._tried, [feed.url for feed in feeds]))
        items: dict[str, Item] = {}
        unread = []
        for answer in answers:
            if isinstance(answer, Unread):
                unread.append(answer)
            else:
                for item in answer.items:
                    items.setdefault(item.url, item)
        return tuple(items.values()), tuple(unread)

    def _tried(self, url: str) -> FeedFile | Unread:
        try:
            return self._read(url)
        except ServiceError as error:
            return Unread(url=url, error=error)

    def _read(self, url: str) -> FeedFile:
        found = self._fetch(url)
        return parse(found.body, found.charset)
