"""The standalone HTML report and the terminal show the same content, and article text is never markup."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from lxml.html import document_fromstring
from rich.console import Console
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.domain import Article, Link
from truthlens.export import html
from truthlens.terminal import render

NASTY = "<script>alert(1)</script> “a stunning & massive” day"


@pytest.fixture
def result(analyser: Analyser) -> dict[str, Any]:
    article = Article(
        text=f"{NASTY}\nCritics said the stunning plan 😀 <img src=x onerror=alert(1)> was late, she said.",
        title=NASTY,
        url="javascript:alert(1)",
        outlet="</title><b>x</b>",
        links=(Link("x", "https://example.test"),),
        extracted_by="trafilatura",
    )
    return dict(wire.result("x", analyser.analyse(article)))


def test_article_text_is_escaped_everywhere(result: dict[str, Any]) -> None:
    page = html(result)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>x</b>" not in page
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nothing_is_loaded_from_anywhere(result: dict[str, Any]) -> None:
    page = html(result)
    assert "default-src 'none'" in page
    tree = document_fromstring(page)
    assert tree.xpath("//@src | //@srcset | //@action | //script | //link | //img | //iframe") == []
    assert not re.search(r"url\(|@import", page)


def test_every_mark_stands_in_the_article_with_its_voice(result: dict[str, Any]) -> None:
    page = html(result)
    article = page[page.index("<article>") : page.index("</article>")]
    marked = re.findall(r'<mark class="(\w+) (\w+)"[^>]*>([^<]*)</mark>', article)
    assert len(marked) == len(result["annotations"]) > 0
    assert ("loaded", "attributed", "stunning") in marked


def test_the_terminal_says_what_the_page_says(result: dict[str, Any]) -> None:
    screen = StringIO()
    render(result, Console(file=screen, width=200))
    text = screen.getvalue()
    page = html(result)
    for section in result["report"]["sections"]:
        assert section["title"].upper() in text
        assert section["title"] in page
        for block in section["blocks"]:
            for statement in [block.get("statement"), *block.get("statements", [])]:
                assert statement is None or statement["text"] in text
            assert block.get("line", "") in text
    assert "reported" in text
    assert "plainer: leave it out" in text


def test_an_article_without_anything_is_drawn_too(analyser: Analyser) -> None:
    result = wire.result("x", analyser.analyse(Article(text="It rained.")))
    screen = StringIO()
    render(result, Console(file=screen, width=100))
    assert "nothing found" in screen.getvalue()
    assert "nothing found" in html(result)
