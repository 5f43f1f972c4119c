"""From a record to an article that is admitted for analysis, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from truthlens.batch.record import Record, Refusal
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.extract.prescan import page_too_large
from truthlens.server.admit import admit
from truthlens.server.intake import article_of_text

TEXT_CHARACTERS = 500_000
"""Of a text that an input holds as such: as many as `extract.article` lets through, for the same reason."""

Extract = Callable[[str, str], Article]
"""Page and address to an article; raises ServiceError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """``record`` without its content, and the article unless ``record.refusal`` says why there is none."""

    record: Record
    article: Article | None = None


def obtain(record: Record, extract: Extract) -> Obtained:
    """Never raises for what a record holds."""
    if record.refusal is not None:
        return Obtained(record=record)
    refusal: Refusal | None = None
    try:
        if record.html:
            article = extract(record.html, record.url)
        elif len(record.text) > TEXT_CHARACTERS:
            raise page_too_large("The text has more than 500,000 characters.")
        else:
            article = article_of_text(record.text, title=record.title, url=record.url)
    except ServiceError as error:
        refusal = Refusal.of("extract", error)
    else:
        try:
            article = _writable(admit(_told(article, record)))
        except ServiceError as error:
            refusal = Refusal.of("admit", error)
    if refusal is not None:
        return Obtained(record=record.refused(refusal))
    return Obtained(record=replace(record, html="", text=""), article=article)


def _told(article: Article, record: Record) -> Article:
    """What the input says of an article outranks what its page says: it is the same for a whole data set."""
    told = {name: getattr(record, name) for name in ("outlet", "byline", "published")}
    return replace(article, **{name: value for name, value in told.items() if value})


def _writable(article: Article) -> Article:
    """Half a surrogate pair, which pages can spell, has no UTF-8. Lengths stay, so that spans do."""
    for each in fields(article):
        value = getattr(article, each.name)
        if isinstance(value, str) and not _encodable(value):
            mended: dict[str, Any] = {each.name: value.encode("utf-8", "replace").decode("utf-8")}
            article = replace(article, **mended)
    return article


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
