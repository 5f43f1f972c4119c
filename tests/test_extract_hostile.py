"""Documents made to hang or break parsers: each ends as a result or a typed error, and the pool goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from saved_page import PARAGRAPHS, TITLE, page, paragraphs
from truthlens.errors import ServiceError
from truthlens.extract.pool import ExtractionPool

N = 8_000
ENDS = {"an article", "no_article", "not_html", "page_too_large", "extraction_failed", "extraction_timeout"}
LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


def ld(**fields: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


HOSTILE = {
    "nested 255": page("<div>" * 255 + "x"),
    "nested 10k": page("<div>" * 10_000 + "x"),
    "nested 100k": page("<div>" * 100_000 + "x"),
    "misnested": page("<b><table><font>" * 10_000 + "x"),
    "siblings": page("<i>x</i>" * 20_000),
    "1e6 siblings": page("<i>x</i>" * 1_000_000)[: 8 * 1024 * 1024],
    "1e6 paragraphs": page("<p>x" * 1_000_000),
    "rows": page("<table>" + "<tr><td>x" * 20_000),
    "200k rows": page("<table>" + "<tr><td>x" * 200_000),
    "long text": page("<p>" + "word " * 1_500_000),
    "10 MB text": page("<p>" + "x" * 10_000_000),
    "long attribute": page(f'<p title="{"x" * 7_000_000}">t'),
    "attributes": page("<p " + " ".join(f"a{i}=1" for i in range(10_000)) + ">t"),
    "unclosed": page("<b>x" * 100_000),
    "less-than signs": "<" * N,
    "comments in meta": page(head=f'<meta name=description content="{"<!--" * N}">'),
    "comments in author": page(head=f'<meta name=author content="{"<!--" * N}">'),
    "comments in headline": page(head=ld(headline="<!--" * N)),
    "comments in body": page(head=ld(headline="x", articleBody="<!--" * N)),
    "html and spaces": "<html" + " " * 1_000_000 + ">" + paragraphs(*PARAGRAPHS),
    "htmls": "<html" * N,
    "doctype": "<!DOCTYPE" + "/" * 1_000_000,
    "doctype <": "<!DOCTYPE " + "<" * N,
    "br and spaces": page(("<br" + " " * 100 + ">") * N),
    "spaces": page("<p>a" + " " * 1_000_000 + "\n" * 1_000_000 + "b"),
    "a@": page("<p>" + "a@" * 200_000),
    "dates": page("<p>" + "2019-11-1" * 50_000),
    "url(": page(f'<p style="{"url(" * 100_000}">' + "url(" * 100_000),
    "ampersands": page("&" * 100_000),
    "separators": page(title="x - " * N),
    "display": page(f'<p style="{";display :" * 100_000}">x'),
    "billion laughs": f'<!DOCTYPE l [<!ENTITY a0 "ha">{LAUGHS}]><p>&a9;</p>',
    "external file": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>[&x;]</p></body></html>',
    "external http": '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1/">]><html><body><p>[&x;]</p></body></html>',
    "1e6 &amp;": page("<p>" + "&amp;" * 1_000_000),
    "beyond unicode": page("<p>&#x110000;&#xD800;&#0; words"),
    "lying encoding": '<?xml version="1.0" encoding="utf-16"?>' + page(),
    "utf-16": page().encode("utf-16-le").decode("latin-1"),
    "utf-16 with mark": page().encode("utf-16").decode("utf-8", "replace"),
    "deep json": page(head=f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    "wide json": page(head=f'<script type="application/ld+json">[{"{}," * 100_000}{{}}]</script>'),
}


def outcome(pool: ExtractionPool, html: str) -> str:
    try:
        pool.extract(html, "https://x.test/a")
    except ServiceError as error:
        return error.code
    return "an article"


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=1, wall_seconds=8.0) as given:
        yield given


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document(pool: ExtractionPool, name: str):
    assert outcome(pool, HOSTILE[name]) in ENDS
    assert pool.extract(page(), "").text.split("\n") == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("name", ["external file", "external http", "billion laughs"])
def test_entities_of_a_page_are_not_expanded(pool: ExtractionPool, name: str):
    text = pool.extract(HOSTILE[name], "").text
    assert "ha" not in text
    assert len(text) < 30
