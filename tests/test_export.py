"""The standalone HTML report and the terminal show the same content, and article text is never markup."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from lxml.html import document_fromstring
from rich.console import Console
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.domain import (
    Article,
    Bar,
    Bars,
    Block,
    Cell,
    Edge,
    Evidence,
    Graph,
    Link,
    Listing,
    Meter,
    Note,
    Quote,
    SectionResult,
    Span,
    Statement,
    Table,
    Text,
)
from truthlens.render.export import html
from truthlens.render.markdown import markdown
from truthlens.render.terminal import render

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


PLACE = (Evidence(span=Span(0, 5)),)
EVERY_KIND: tuple[Block, ...] = (
    Text(statement=Statement(text="A *plain* statement.", evidence=PLACE)),
    Listing(statements=(Statement(text="One of a list.", evidence=PLACE),)),
    Meter(key="part", title="A part", grade=2, line="two of | four", formula="f", inputs=(), unsure=True),
    Table(columns=("Who", "How"), rows=((Cell(text="Roe", evidence=PLACE), Cell(text="<b>said</b>")),)),
    Quote(text="in their words", evidence=PLACE),
    Note(text="A note."),
    Bars(
        unit="sentences",
        whole=9,
        bars=(
            Bar(label="fear", amounts=(("own", 3), ("quote", 1), ("headline", 0)), evidence=PLACE),
            Bar(label="hope", amounts=(("attributed", 2),), evidence=PLACE * 5),
        ),
    ),
    Graph(
        nodes=("Arland", "Borland", "The Union of Everything and More"),
        edges=(
            Edge(source="Arland", target="Borland", label="warned", evidence=PLACE),
            Edge(source="Borland", target="Arland", label="sent 3 ships to", evidence=PLACE),
            Edge(source="Arland", target="Borland", label="threatened", evidence=PLACE),
        ),
    ),
)
SAID = (
    "A *plain* statement.", "One of a list.", "two of | four", "<b>said</b>", "in their words", "A note.",
    "fear", "hope", "sentences", "Arland → Borland: threatened", "Borland → Arland: sent 3 ships to",
)  # fmt: skip


@pytest.fixture
def every_kind(analyser: Analyser) -> dict[str, Any]:
    report = analyser.analyse(Article(text="It rained all day."))
    section = SectionResult(key="all", title="All kinds", placement="report", blocks=EVERY_KIND)
    return dict(wire.result("x", replace(report, sections=(section,))))


def test_every_kind_of_block_is_shown_in_every_form(every_kind: dict[str, Any]) -> None:
    screen = StringIO()
    render(every_kind, Console(file=screen, width=200))
    page = " ".join(document_fromstring(html(every_kind)).text_content().split())
    source = markdown(every_kind).replace("\\", "")
    for said in SAID:
        assert said in screen.getvalue()
        assert said in page
        assert said in source


def test_arrows_of_one_direction_are_drawn_once(every_kind: dict[str, Any]) -> None:
    tree = document_fromstring(html(every_kind))
    assert [number.text for number in tree.xpath('//*[@class="number"]')] == ["1, 3", "2"]
    assert [node.text for node in tree.xpath('//*[@class="node"]')][-1] == "The Union of Everyt…"
    ends = [path.get("d") for path in tree.xpath('//*[@class="arrow"]')]
    assert len(set(ends)) == 2


def test_bars_are_as_long_as_their_amounts(every_kind: dict[str, Any]) -> None:
    tree = document_fromstring(html(every_kind))
    drawn = [(part.get("class"), part.get("style")) for part in tree.xpath('//*[@class="track"]/i')]
    assert drawn == [
        ("own", "inline-size:75.0%"), ("quote", "inline-size:25.0%"), ("attributed", "inline-size:50.0%"),
    ]  # fmt: skip


def test_article_text_is_no_markdown(result: dict[str, Any]) -> None:
    page = markdown(result)
    assert page.startswith("# \\<script\\>alert(1)\\</script\\>")
    assert "javascript:" not in page
    for annotation in result["annotations"]:
        assert f"**{annotation['target']['selector'][0]['exact']}**" in page
