"""From a page to an article's text: what is in it, what is not, and in whose words."""

from __future__ import annotations

import json

import pytest
from saved_page import PARAGRAPHS, TITLE, page, paragraphs
from truthlens.errors import ServiceError
from truthlens.extract.article import extract
from truthlens.extract.link_lists import MOST, emptied
from truthlens.extract.parse import parse

URL = "https://tidewaterpost.test/news/ferry-pier"


def lines(html: str) -> list[str]:
    return extract(html, URL).text.split("\n")


def code(html: str) -> str:
    with pytest.raises(ServiceError) as caught:
        extract(html, URL)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def test_the_headline_comes_first_and_each_paragraph_is_a_line():
    article = extract(page(), URL)
    assert article.text.split("\n") == [TITLE, *PARAGRAPHS]
    assert article.title == TITLE
    assert article.headline is not None
    assert article.extracted_by == "trafilatura"


def test_a_very_long_list_of_links_is_not_read_and_a_list_of_words_is():
    links = "".join(f"<li><a href='/{k}'>Another story, number {k}</a></li>" for k in range(MOST + 1))
    points = "".join(f"<li>Point {k} of the plan is a new pier at the harbour.</li>" for k in range(MOST + 1))
    assert emptied(parse(f"<body><p>a</p><ul>{links}</ul>")).xpath("count(//li)") == 0
    assert emptied(parse(f"<body><ul>{links[: len(links) // 2]}</ul>")).xpath("//li")
    assert emptied(parse(f"<body><ul>{points}</ul>")).xpath("count(//li)") == MOST + 1
    assert lines(page(paragraphs(*PARAGRAPHS)).replace("</body>", f"<ul>{links}</ul></body>")) == lines(
        page()
    )


def test_typography_stays_as_the_page_has_it():
    odd = "He said “it’s ‘fine’” – 3.5 – then… «rien» -- and 1/2 or ½ of a café ﬁle, naïve, 東京."
    assert odd in lines(page(paragraphs(*PARAGRAPHS, odd)))


def test_decomposed_accents_stay_decomposed():
    line = (
        "The cafe\u0301 by the pier has served its guests since the first boat left in the year of the flood."
    )
    assert line in lines(page(paragraphs(*PARAGRAPHS[:3], line, *PARAGRAPHS[3:])))


def test_white_space_is_collapsed_and_line_breaks_in_markup_are_none():
    split = PARAGRAPHS[0].replace(" ", "\n\t \u00a0")
    assert PARAGRAPHS[0] in lines(page(paragraphs(split, *PARAGRAPHS[1:])))


def test_soft_hyphens_do_not_split_words():
    assert PARAGRAPHS[0] in lines(
        page(paragraphs(PARAGRAPHS[0].replace("council", "coun&shy;cil"), *PARAGRAPHS[1:]))
    )


def test_one_line_break_is_a_space_and_two_end_a_line():
    body = "<div>" + "<br><br>".join(PARAGRAPHS).replace("on Tuesday", "on<br>Tuesday") + "</div>"
    assert lines(page(body)) == [TITLE, *PARAGRAPHS]


def test_inline_markup_leaves_no_trace():
    line = PARAGRAPHS[2].replace("rotting", "<em>rot</em><b>ting</b>")
    assert PARAGRAPHS[2] in lines(page(paragraphs(*PARAGRAPHS[:2], line, *PARAGRAPHS[3:])))


def test_list_items_and_table_rows_are_lines_without_anything_added():
    extra = (
        "<ul><li>The pier closes on Sunday evening after the last boat.</li>"
        "<li>Buses run every twenty minutes from the market square.</li></ul>"
        "<table><tr><td>Bus to Aldmouth</td><td>£2.40 for adults</td></tr>"
        "<tr><td>Bus to Tessing</td><td>£3.10 for adults</td></tr></table>"
    )
    found = lines(page(paragraphs(*PARAGRAPHS[:3]) + extra + paragraphs(*PARAGRAPHS[3:])))
    assert "The pier closes on Sunday evening after the last boat." in found
    assert "Bus to Aldmouth £2.40 for adults" in found
    assert not any("|" in line or line.startswith("- ") for line in found)


def test_what_stands_round_the_text_is_not_in_it():
    boxes = (
        "<figure><img src=x><figcaption>The pier on a grey day. Photo: Ann Lee</figcaption></figure>",
        '<div class="newsletter-signup"><p>Have the harbour’s news in your inbox every day at six.</p></div>',
        '<p>Read more: <a href="/b">The ferries that never sailed, and why</a></p>',
        "<p>Advertisement</p>",
        '<div class="share-buttons"><a href="#">Share this on every network that you know</a></div>',
        '<div id="adSlot3"><p>Buy two boats and get the third at half price, only this week.</p></div>',
    )
    body = "".join(
        f"<p>{line}</p>{box}" for line, box in zip(PARAGRAPHS, (*boxes[:4], boxes[4] + boxes[5]), strict=True)
    )
    assert lines(page(body)) == [TITLE, *PARAGRAPHS]


def test_links_after_the_last_sentence_are_related_stories():
    tail = '<h3>More of this</h3><ul><li><a href="/c">The day the tide did not come back</a></li></ul>'
    assert lines(page(paragraphs(*PARAGRAPHS) + tail)) == [TITLE, *PARAGRAPHS]


def test_a_container_with_a_noisy_name_is_still_the_article():
    body = f'<div class="story related-open has-sidebar">{paragraphs(*PARAGRAPHS)}</div>'
    assert lines(page(body)) == [TITLE, *PARAGRAPHS]


def test_a_line_that_only_names_the_author_is_no_text():
    html = page(
        f"<p>By Ann Lee · 3 May</p>{paragraphs(*PARAGRAPHS)}", head='<meta name=author content="Ann Lee">'
    )
    assert lines(html) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        '<div style="color:red; display : none"><p>{}</p></div>',
        "<template><p>{}</p></template>",
    ],
)
def test_what_cannot_be_seen_is_no_text(hidden: str):
    secret = "This sentence was put here for machines and no reader of the page will ever see it."
    assert secret not in lines(
        page(paragraphs(*PARAGRAPHS[:3]) + hidden.format(secret) + paragraphs(*PARAGRAPHS[3:]))
    )


def test_the_visible_heading_wins_over_a_title_worded_for_search_engines():
    html = page(
        head='<meta property="og:title" content="Council closes old ferry pier at harbour - Tidewater Post">'
    )
    assert extract(html, URL).title == TITLE


@pytest.mark.parametrize(
    "shown",
    [
        f"{TITLE} | The Tidewater Post",
        f"{TITLE} - Tidewater Post",
        f"The Tidewater Post: {TITLE}",
        f"{TITLE} | News",
    ],
)
def test_a_title_from_metadata_loses_the_outlet(shown: str):
    html = (
        page()
        .replace(f"<h1>{TITLE}</h1>", "")
        .replace(f"<title>{TITLE} | The Tidewater Post", f"<title>{shown}")
    )
    assert extract(html, URL).title == TITLE


def test_a_dash_within_a_headline_stays():
    title = "Ferry - or bus - by spring"
    assert extract(page(title=title), URL).title == title


def test_a_page_without_any_title_starts_with_its_text():
    html = f"<html><body><article>{paragraphs(*PARAGRAPHS)}</article></body></html>"
    article = extract(html, "")
    assert article.title == ""
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_body_that_only_the_structured_data_have_is_used():
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(PARAGRAPHS)}
    html = (
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head>'
        "<body><h1>Council closes ferry pier</h1><div id=app>Loading the story …</div></body></html>"
    )
    article = extract(html, URL)
    assert article.extracted_by == "jsonld"
    assert article.text.split("\n") == [TITLE, *PARAGRAPHS]


def test_a_summary_in_the_structured_data_does_not_replace_the_page():
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "A pier closes."}
    html = page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert lines(html) == [TITLE, *PARAGRAPHS]


def test_nul_characters_are_dropped_as_browsers_do():
    assert lines(page().replace("harbour", "har\0bour", 1))[1] == PARAGRAPHS[0]


def test_plain_fragments_are_read():
    assert extract(paragraphs(*PARAGRAPHS), "").text.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "html", ["", " \n ", "<html></html>", "<script>var a = 1</script>", "<!-- nothing -->"]
)
def test_no_article(html: str):
    assert code(html) == "no_article"


@pytest.mark.parametrize(
    "html",
    [
        "%PDF-1.7\n%âãÏÓ\n1 0 obj << /Type /Catalog >>",
        b"%PDF-1.7 \xe2\xe3\xcf\xd3".decode("utf-8", "replace"),
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "PK\x03\x04\x14\0\0\0",
        bytes(range(256)).decode("latin-1") * 8,
        page().encode("utf-16-le").decode("latin-1"),
    ],
    ids=["pdf", "pdf as utf-8", "png", "zip", "random bytes", "utf-16 as latin-1"],
)
def test_not_html(html: str):
    assert code(html) == "not_html"


@pytest.mark.parametrize(
    "html",
    [
        page(f"<p>{'x' * (8 * 1024 * 1024)}</p>"),
        page("<p>é</p>" + "é" * (4 * 1024 * 1024)),
        page("<br>" * 150_001),
        page(f"<p>{'word ' * 250_000}</p>"),
    ],
    ids=["characters", "bytes", "tags", "text"],
)
def test_page_too_large(html: str):
    assert code(html) == "page_too_large"


def test_a_page_nested_too_deeply_is_refused_rather_than_cut():
    assert code(page("<div>" * 300 + paragraphs(*PARAGRAPHS))) == "extraction_failed"
    assert lines(page("<div>" * 200 + paragraphs(*PARAGRAPHS) + "</div>" * 200)) == [TITLE, *PARAGRAPHS]


def test_lone_surrogates_do_no_harm():
    article = extract(page(paragraphs(PARAGRAPHS[0] + "\ud800", *PARAGRAPHS[1:])), URL)
    article.text.encode("utf-8")


def test_a_page_may_leave_out_the_tags_that_html_lets_it_leave_out():
    prose = (
        "<p>" + "The council met on Tuesday evening and adopted the budget after a long debate. " * 8 + "</p>"
    )
    page = f"<!doctype html><title>Budget</title><article><h1>Council adopts the budget</h1>{prose}</article>"
    article = extract(page, "http://a.test/budget")
    assert article.title == "Council adopts the budget"
    assert "after a long debate" in article.text
