"""What the page says of its article: byline, dates, outlet, language, canonical address, links, title hints.

Structured data first, then meta tags, then marked-up elements. Dates and names are never guessed from prose.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from truthlens.domain import Link
from truthlens.extract._jsonld import StructuredData
from truthlens.extract.blocks import Block, Element, collapsed

LINKS_CEILING = 300
ADDRESS_CHARACTERS = 2048
BYLINE_CHARACTERS = 120
BYLINE_WORDS = 16  # a longer "author" is a sentence that landed in the wrong field
FIRST_YEAR = 1900  # empty dates are often written as the year 1
_PUBLISHED = (
    "article:published_time article:published og:published_time datepublished date pubdate publishdate "
    "publish-date parsely-pub-date "
    "sailthru.date dc.date dc.date.issued dcterms.created cxenseparse:recs:publishtime"
).split()
_MODIFIED = (
    "article:modified_time article:modified og:updated_time datemodified last-modified dcterms.modified"
).split()
_BY = re.compile(r"^(?:written\s+)?by[:\s]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_][a-z0-9-]+)?$", re.IGNORECASE)


class Meta:
    """The meta tags of a page by lower-case name; the first of a name counts. Missing ones read as ""."""

    def __init__(self, tree: Element) -> None:
        self._values: dict[str, str] = {}
        for meta in tree.iter("meta"):
            value = collapsed((meta.get("content") or "")[:2000])
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = (meta.get(key) or "").strip().lower()
                if name and value:
                    self._values.setdefault(name, value)

    def first(self, *names: str) -> str:
        return next((self._values[name] for name in names if name in self._values), "")


def title_hints(tree: Element, meta: Meta, data: StructuredData) -> list[str]:
    """What the metadata call the title, most specific first."""
    title = next((t for t in tree.iter("title") if t.getparent() is None or t.getparent().tag != "svg"), None)
    shown = collapsed("".join(title.itertext())[:1000]) if title is not None else ""
    return [data.headline, meta.first("og:title"), meta.first("twitter:title", "parsely-title"), shown]


def byline(tree: Element, meta: Meta, data: StructuredData) -> str:
    """The authors' names joined by ", ", as the page gives them without "By"."""
    authors = [name for name in data.authors if len(name.split()) <= BYLINE_WORDS]
    if authors:
        return _BY.sub("", ", ".join(authors))[:BYLINE_CHARACTERS]
    named = meta.first("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl")
    if named and not named.startswith(("http://", "https://", "@")) and len(named.split()) <= BYLINE_WORDS:
        return _BY.sub("", named)[:BYLINE_CHARACTERS]
    marked = (
        '//*[@rel="author" or @itemprop="author"'
        ' or contains(concat(" ", normalize-space(@class), " "), " byline ")'
        ' or contains(concat(" ", normalize-space(@class), " "), " author ")]'
    )
    for element in tree.xpath(marked)[:20]:
        name = _BY.sub("", collapsed("".join(element.itertext())[:500]))
        if name and len(name) <= BYLINE_CHARACTERS // 2:
            return name
    return ""


def published(tree: Element, meta: Meta, data: StructuredData) -> str:
    """ISO 8601 as given, or ""; a `<time>` counts only when it says that it is the publication date."""
    marked = tree.xpath('//time[@pubdate or @itemprop="datePublished"]/@datetime')[:1]
    return _first_date(data.published, meta.first(*_PUBLISHED), *marked)


def modified(tree: Element, meta: Meta, data: StructuredData) -> str:
    marked = tree.xpath('//time[@itemprop="dateModified"]/@datetime')[:1]
    return _first_date(data.modified, meta.first(*_MODIFIED), *marked)


def outlet(meta: Meta, data: StructuredData, url: str) -> str:
    """The outlet's name, or its host without "www." when the page names none."""
    named = (
        meta.first("og:site_name"),
        data.publisher,
        meta.first("application-name", "apple-mobile-web-app-title"),
    )
    for name in named:
        if name and "://" not in name:
            return name.split(" | ")[0][:100]
    return _host(url).removeprefix("www.")


def language(tree: Element, meta: Meta, data: StructuredData) -> str:
    """The declared language as ISO 639-1, "" when none is declared. Often a theme's default."""
    declared = (
        tree.get("lang"),
        tree.get("xml:lang"),
        data.language,
        meta.first("content-language", "og:locale"),
    )
    for value in declared:
        match = _LANGUAGE.match((value or "").strip())
        if match:
            return match[1].lower()
    return ""


def canonical_url(tree: Element, meta: Meta, data: StructuredData, url: str) -> str:
    """The address the page gives for itself, absolute, http or https; "" when it gives none."""
    linked = tree.xpath('//link[@rel="canonical"]/@href')[:1]
    for candidate in (*linked, meta.first("og:url"), data.url):
        found = web_address(candidate, url)
        if found:
            return found
    return ""


def links(blocks: list[Block], url: str) -> tuple[Link, ...]:
    """The links inside these lines, in order, each address once."""
    found: dict[str, Link] = {}
    for block in blocks:
        for text, address in block.links:
            target = web_address(address, url)
            if target and text and target not in found and len(found) < LINKS_CEILING:
                found[target] = Link(text[:300], target)
    return tuple(found.values())


def web_address(address: str, base: str) -> str:
    """``address`` made absolute; "" unless it is http or https with a host."""
    address = address.strip()
    if not address or address.startswith("#") or len(address) > ADDRESS_CHARACTERS:
        return ""
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return joined if known and len(joined) <= ADDRESS_CHARACTERS else ""


def _first_date(*values: str) -> str:
    for value in values:
        try:
            day = datetime.fromisoformat(value.strip())
        except ValueError:
            continue
        if day.year >= FIRST_YEAR:
            return value.strip()
    return ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
