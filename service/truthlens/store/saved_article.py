"""A saved result's article as the types of the domain, for what compares articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from truthlens.domain import Article, Link


def saved_article(result: Mapping[str, Any]) -> Article:
    """The article inside a result as `wire.result` wrote it."""
    fields = result["article"]
    texts = (
        "text", "title", "url", "canonical_url", "byline", "published", "modified", "outlet", "language",
        "extracted_by",
    )  # fmt: skip
    return Article(
        **{name: fields[name] for name in texts},
        links=tuple(Link(link["text"], link["url"]) for link in fields["links"]),
        labels=tuple(fields["labels"]),
    )
