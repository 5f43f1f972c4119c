"""Articles in, the comparison as JSON out: every place of it rendered in the article where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from truthlens.annotate import Annotator, Places
from truthlens.domain import Article, Finding
from truthlens.events.comparison import compare
from truthlens.indicator import indicators
from truthlens.overlap import resolve
from truthlens.reading import Reading
from truthlens.wire import blocks

if TYPE_CHECKING:
    from truthlens.server.computation import Analysing

Json = dict[str, Any]


def compare_articles(analyser: Analysing, articles: Sequence[Article], ids: Sequence[str]) -> Json:
    """The articles' own lines and the sections; evidence in all but the first names its article's id. Each
    article is read anew, one pass of the encoder.
    """
    readings = [analyser.reading(article, progress=_unwatched) for article in articles]
    sections = compare(readings, [_found(reading) for reading in readings], ids)
    annotators = [Annotator(reading.article, reading.sentences) for reading in readings]
    places = Places(annotators[0], dict(zip(ids[1:], annotators[1:], strict=True)))
    return {
        "articles": [
            {
                "id": kept,
                "title": article.title,
                "url": article.url,
                "outlet": article.outlet,
                "published": article.published,
            }
            for kept, article in zip(ids, articles, strict=True)
        ],
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "placement": section.placement,
                "blocks": blocks(section.blocks, places),
            }
            for section in sections
        ],
    }


def _unwatched(_stage: str, _share: float) -> None:
    """A comparison shows no progress."""


def _found(reading: Reading) -> tuple[Finding, ...]:
    return resolve([finding for each in indicators().values() for finding in each.find(reading)])
