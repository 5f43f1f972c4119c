"""Reads BASIL: the same events in three outlets, one JSON file an article, with its date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from truthlens.domain import Article
from truthlens.training.data_folder import missing

FOLDER = "measure/basil/articles"


def articles(data: Path) -> list[tuple[str, Article]]:
    """Event and article, in order of file name. Raises ServiceError ``data_missing``."""
    files = sorted((data / FOLDER).glob("*.json"))
    if not files:
        raise missing(FOLDER)
    return [_article(json.loads(path.read_text("utf-8"))) for path in files]


def _article(fields: dict[str, Any]) -> tuple[str, Article]:
    title = " ".join(fields["title"].split())
    lines = [" ".join(" ".join(paragraph).split()) for paragraph in fields["body-paragraphs"]]
    article = Article(
        text="\n".join([title, *(line for line in lines if line)]),
        title=title,
        url=fields["url"],
        published=fields["date"],
        outlet=fields["source"],
        language="en",
    )
    return fields["triplet-uuid"], article
