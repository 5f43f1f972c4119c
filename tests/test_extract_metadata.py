"""What a page says of its article: authors, dates, outlet, language, address, links and labels."""

from __future__ import annotations

import json
from typing import Any

import pytest
from saved_page import PARAGRAPHS, TITLE, page, paragraphs
from truthlens.domain import Article, Link
from truthlens.extract.article import extract

URL = "https://www.tidewaterpost.test/news/ferry-pier"


def structured(**fields: Any) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | fields
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(*, url: str = URL, **parts: Any) -> Article:
    return extract(page(**parts), url)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ({"@type": "Person", "name": "Ann Lee"}, "Ann Lee"),
        ([{"name": "Ann Lee"}, {"name": "Bo Dahl"}], "Ann Lee, Bo Dahl"),
        (["Ann Lee", "Ann Lee"], "Ann Lee"),
        ("By Ann Lee", "Ann Lee"),
        ({"name": ["Ann Lee"]}, "Ann Lee"),
        ({"@type": "Person", "url": "https://x.test/ann"}, ""),
        ("https://x.test/ann", ""),
        (" ".join(["word"] * 40), ""),
        (None, ""),
    ],
)
def test_byline_from_structured_data(author: object, byline: str):
    assert read(head=structured(author=author)).byline == byline


def test_an_author_named_by_reference_is_looked_up():
    graph = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "author": {"@id": "#ann"},
                "publisher": {"@id": "#post"},
            },
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        ]
    }
    assert read(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>').byline == "Ann Lee"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="by Ann Lee">', ""),
        ("", f'<p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>{paragraphs(*PARAGRAPHS)}'),
    ],
)
def test_byline_from_the_page(head: str, body: str):
    assert read(head=head, body=body).byline == "Ann Lee"


def test_dates_stay_as_the_page_gives_them():
    article = read(head=structured(datePublished="2025-05-03T07:00:00+01:00", dateModified="2025-05-04"))
    assert (article.published, article.modified) == ("2025-05-03T07:00:00+01:00", "2025-05-04")


@pytest.mark.parametrize("wrong", ["yesterday", "0001-01-01", "", "3 May 2025", "2025-13-45"])
def test_what_is_no_date_is_passed_over(wrong: str):
    meta = '<meta property="article:published_time" content="2025-05-03T06:00:00Z">'
    assert read(head=structured(datePublished=wrong) + meta).published == "2025-05-03T06:00:00Z"
    assert read(head=structured(datePublished=wrong)).published == ""


def test_outlet_from_the_page_or_else_from_the_address():
    assert read().outlet == "The Tidewater Post"
    assert extract(f"<article>{paragraphs(*PARAGRAPHS)}</article>", URL).outlet == "tidewaterpost.test"


@pytest.mark.parametrize(
    ("declared", "language"),
    [(' lang="en-GB"', "en"), (' lang="PT_br"', "pt"), (' lang="english"', ""), ("", "")],
)
def test_the_declared_language(declared: str, language: str):
    assert read(lang=declared).language == language


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/pier", "https://www.tidewaterpost.test/news/pier"),
        ("https://other.test/x", "https://other.test/x"),
        ("javascript:alert(1)", ""),
        ("http://[bad", ""),
        ("data:text/html,x", ""),
    ],
)
def test_canonical_address(href: str, expected: str):
    assert read(head=f'<link rel="canonical" href="{href}">').canonical_url == expected


def test_links_are_those_of_the_text_and_of_the_web():
    linked = (
        'The figures come from <a href="/data?x=1">a report</a>, <a href="https://b.test/">a letter</a>, '
        '<a href="javascript:x()">a trick</a>, <a href="#note">a note</a> '
        'and <a href="/data?x=1">again</a> the report.'
    )
    article = read(body=paragraphs(*PARAGRAPHS, linked))
    assert article.links == (
        Link("a report", "https://www.tidewaterpost.test/data?x=1"),
        Link("a letter", "https://b.test/"),
    )


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        ({}, ()),
        ({"head": structured(**{"@type": "OpinionNewsArticle"})}, ("opinion",)),
        ({"head": structured(**{"@type": ["NewsArticle", "http://schema.org/LiveBlogPosting"]})}, ("live",)),
        ({"head": structured(**{"@type": "AdvertiserContentArticle"})}, ("sponsored",)),
        ({"head": structured(**{"@type": "SatiricalArticle"})}, ("satire",)),
        ({"head": structured(articleSection="Opinion")}, ("opinion",)),
        ({"head": structured(isAccessibleForFree="False")}, ("paywalled",)),
        ({"head": structured(isAccessibleForFree=True)}, ()),
        ({"over": "<p class=kicker>Analysis</p>"}, ("analysis",)),
        ({"over": "<p>Home › Reviews</p>"}, ("review",)),
        ({"over": "<div>Paid post</div>"}, ("sponsored",)),
        ({"over": "<div>Interview</div>"}, ("interview",)),
        ({"title": "Analysis: why the council closes the pier"}, ("analysis",)),
        ({"url": "https://tidewaterpost.test/opinion/2025/ferry-pier"}, ("opinion",)),
        ({"url": "https://tidewaterpost.test/2025/a-review-of-the-pier"}, ()),
        ({"over": "<ul><li>Opinion</li><li>Live</li></ul>"}, ()),
        (
            {
                "body": paragraphs(*PARAGRAPHS)
                + "<p>This article was written with the help of AI and checked.</p>"
            },
            ("ai",),
        ),
        ({"body": paragraphs(*PARAGRAPHS, "Leaflets were written by AI, the council said on Monday.")}, ()),
    ],
)
def test_labels_are_what_the_page_says_of_itself(parts: dict[str, Any], labels: tuple[str, ...]):
    assert read(**parts).labels == labels


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[" * 5000,
        '{"@type": "NewsArticle", "headline": 7, "author": [[[]]], "datePublished": {}}',
        "null",
        '"x"',
        "[1]",
    ],
)
def test_broken_structured_data_cost_nothing(broken: str):
    assert read(head=f'<script type="application/ld+json">{broken}</script>').title == TITLE
