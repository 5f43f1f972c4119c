"""RSS and Atom documents to items. Pure: the bytes were fetched elsewhere, and nothing more is."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from truthlens.errors import ServiceError
from truthlens.extract.decode import decode

ITEMS = 200  # of one feed; the longest that news sites offer have about 100
TITLE_LENGTH = 300
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})")
_TAG = re.compile(r"<[a-z/!][^<>]{0,500}>", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f\\]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article that a feed names. ``published`` is an ISO date, "" when the feed gives none."""

    title: str
    url: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile:
    title: str
    items: tuple[Item, ...]


def parse(body: bytes, charset: str = "") -> FeedFile:
    """Read a feed; ``charset`` is what the Content-Type header names. Items without a title or a web address
    are left out. Raises ServiceError ``not_feed``.
    """
    import feedparser

    declared = _DECLARED.search(body[:1024])
    text = decode(body, charset or (declared[1].decode("ascii") if declared else ""))
    # As a stream: a string or bytes would be tried as an address and as the name of a file.
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version"):
        raise not_feed()
    title = _plain(found.feed.get("title", ""))
    items = (_item(entry, title) for entry in found.entries[:ITEMS])
    return FeedFile(title=title, items=tuple(item for item in items if item.title and item.url))


def not_feed() -> ServiceError:
    return ServiceError(
        "not_feed",
        "This is no RSS or Atom feed.",
        "Look for the address of the site’s feed; the address of a page will not do.",
        status=415,
    )


def _item(entry: Any, feed_title: str) -> Item:
    url = str(entry.get("link", "")).strip()
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    source = entry.get("source", {})
    return Item(
        title=_plain(entry.get("title", "")),
        url=url if _WEB.fullmatch(url) else "",
        # A feed that gathers from several outlets names each.
        outlet=_plain(source.get("title", "")) or feed_title,
        published=_day(when),
    )


def _day(when: Any) -> str:
    try:
        return date(*when[:3]).isoformat() if when else ""
    except (TypeError, ValueError):
        return ""


def _plain(markup: object) -> str:
    """A title as one line of text: feeds put tags and entities into it."""
    text = unescape(_TAG.sub("", str(markup)))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:TITLE_LENGTH]
