"""The demo articles through the extractor: what must be in the text, and what must not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from truthlens.extract.article import extract
from truthlens.server.admit import admit

ARTICLES = Path(__file__).resolve().parents[1] / "seeds" / "articles"


@pytest.mark.parametrize("slug", sorted(page.stem for page in ARTICLES.glob("*.html")))
def test_demo_article(slug: str):
    expected = tomllib.loads((ARTICLES / f"{slug}.toml").read_text(encoding="utf-8"))
    article = admit(extract((ARTICLES / f"{slug}.html").read_text(encoding="utf-8"), expected["url"]))
    assert [phrase for phrase in expected["with"] if phrase not in article.text] == []
    assert [phrase for phrase in expected["without"] if phrase in article.text] == []
    for field in ("title", "outlet", "url", "byline", "published", "language"):
        assert getattr(article, field) == expected[field]
    if expected["genre"] != "news":
        assert expected["genre"] in article.labels
