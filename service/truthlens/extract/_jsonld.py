"""What a page says of its article in JSON-LD (schema.org), its body included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from truthlens.extract.blocks import Element, blocks, collapsed

SCRIPT_CEILING = 2_000_000  # characters of one script
NODES_CEILING = 20_000  # objects and lists looked at, per page
ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "AskPublicNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle BlogPosting "
    "LiveBlogPosting SocialMediaPosting Report ScholarlyArticle TechArticle MedicalScholarlyArticle "
    "Review CriticReview UserReview Interview".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredData:
    """Fields of the page's main article object; "" and () for what it does not say."""

    types: tuple[str, ...] = ()
    headline: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    publisher: str = ""
    sections: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    free: bool | None = None  # isAccessibleForFree
    digital_sources: tuple[str, ...] = ()  # digitalSourceType of the article, as written
    image_sources: tuple[str, ...] = ()  # of its images


def read(tree: Element) -> StructuredData:
    """The first article object of the page that has a headline, else the first at all, else nothing."""
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if ARTICLE_TYPES.intersection(_types(node))]
    if not articles:
        return StructuredData()
    main = next((node for node in articles if node.get("headline")), articles[0])

    def names(key: str) -> tuple[str, ...]:
        return tuple(name for name in (_name(value, by_id) for value in _many(main.get(key))) if name)

    return StructuredData(
        types=_types(main),
        headline=_text(main.get("headline")),
        body=main["articleBody"] if isinstance(main.get("articleBody"), str) else "",
        authors=tuple(dict.fromkeys(names("author") or names("creator"))),
        published=_text(main.get("datePublished")),
        modified=_text(main.get("dateModified")),
        publisher=next(iter(names("publisher")), ""),
        sections=tuple(
            _text(v) for key in ("articleSection", "genre") for v in _many(main.get(key)) if _text(v)
        ),
        language=_text(main.get("inLanguage")) or _name(main.get("inLanguage"), by_id),
        url=_text(main.get("url")),
        free=_truth(main.get("isAccessibleForFree")),
        digital_sources=_sources(main),
        image_sources=tuple(s for image in _many(main.get("image")) for s in _sources(image)),
    )


def body_lines(body: str) -> list[str]:
    """``articleBody`` as lines; some sites put markup in it."""
    if "<" in body and ">" in body:
        try:
            return [block.text for block in blocks(lxml_html.fragment_fromstring(body, create_parent="div"))]
        except (etree.LxmlError, ValueError):
            return []
    return [line for line in (collapsed(unescape(line)) for line in body.splitlines()) if line]


def _nodes(tree: Element) -> Iterator[dict[str, Any]]:
    left = NODES_CEILING
    for script in tree.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        source = script.text or ""
        if kind != "application/ld+json" or len(source) > SCRIPT_CEILING:
            continue
        try:
            waiting: list[Any] = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            left -= 1
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                waiting.extend(v for v in reversed(value.values()) if isinstance(v, dict | list))


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    # Both "NewsArticle" and "http://schema.org/NewsArticle" are written.
    return tuple(
        v.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for v in _many(node.get("@type")) if isinstance(v, str)
    )


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    return collapsed(unescape(value))[:1000] if isinstance(value, str) else ""


def _name(value: object, by_id: dict[str, dict[str, Any]]) -> str:
    if isinstance(value, dict):
        target = by_id.get(value["@id"], value) if isinstance(value.get("@id"), str) else value
        value = value.get("name") or target.get("name") or target.get("alternateName")
        if isinstance(value, list):
            value = next(iter(value), None)
    name = _text(value)
    return "" if name.startswith(("http://", "https://")) else name


def _sources(node: object) -> tuple[str, ...]:
    if not isinstance(node, dict):
        return ()
    values = (v.get("@id") if isinstance(v, dict) else v for v in _many(node.get("digitalSourceType")))
    return tuple(_text(value) for value in values if _text(value))


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None
