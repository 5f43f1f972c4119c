"""The suggested headline: reworded with reasons, or kept and why. Never empty, nothing without its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Listing, Nothing, Quote, Span, Text
from truthlens.rewording.change import Change, Rewording
from truthlens.sections.suggested_headline import SECTION

BODY = "The council of Orly met for hours over the harbour plan. It closed at least 40 roads."


def build(analyser: Analyser, title: str, body: str = BODY) -> tuple[Article, tuple[Block, ...]]:
    article = Article(text=f"{title}\n{body}" if title else body, title=title)
    report = analyser.analyse(article)
    return article, next(section.blocks for section in report.sections if section.key == "suggested_headline")


def rows(blocks: tuple[Block, ...]) -> list[str]:
    return [
        statement.text for block in blocks if isinstance(block, Listing) for statement in block.statements
    ]


def reworded(text: str, *changes: Change) -> Rewording:
    return Rewording(text=text, changes=changes, closeness=0.9, fit=0.5, loaded=0.1, was_loaded=0.9)


def test_each_change_comes_with_its_reason(analyser: Analyser) -> None:
    title = "Orly slams stunning plan for 40 roads"
    article = Article(text=f"{title}\n{BODY}", title=title)
    source = Span(article.text.index("It closed"), len(article.text))
    slams = Change(span=Span(5, 10), plainer="criticises", lost="the force of the attack")
    stunning = Change(span=Span(11, 19), plainer="", lost="the awe")
    bound = Change(span=Span(29, 29), plainer="at least", source=source, figure="40")
    reading = replace(
        analyser.reading(article),
        rewordings=(
            reworded("Orly criticises plan for at least 40 roads", slams, stunning, bound),
            reworded("Orly slams plan for at least 40 roads", stunning, bound),
            reworded("Orly slams stunning plan for at least 40 roads", bound),
        ),
    )
    first, listing = SECTION.build(reading, ())
    assert isinstance(first, Text)
    assert first.statement.text == "Orly criticises plan for at least 40 roads"
    assert isinstance(listing, Listing)
    found = [
        (row.text, [place.span.of(article.text) for place in row.evidence]) for row in listing.statements
    ]
    assert found == [
        ("“slams” → criticises: loses the force of the attack", ["slams"]),
        ("“stunning” left out: loses the awe", ["stunning"]),
        ("40 → at least 40: the text says it so", [title, "It closed at least 40 roads."]),
        (
            "with fewer changes: Orly slams plan for at least 40 roads",
            [title, "It closed at least 40 roads."],
        ),
    ]
    assert [place.span.of(article.text) for place in first.statement.evidence] == found[-1][1]


def test_a_reworded_headline_is_shown(analyser: Analyser) -> None:
    _, blocks = build(analyser, "Orly gets stunning plan")
    assert isinstance(blocks[0], Text)
    assert blocks[0].statement.text == "Orly gets plan"
    assert rows(blocks) == ["“stunning” left out: loses the emphasis"]


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Council of Orly meets over roads", "kept: its wording is plain"),
        (
            "Council of Orly meets over “stunning” roads",
            "kept: what is marked in it stands in quotation marks",
        ),
        ("It was shameful", "kept: no plainer wording was found that says the same"),
    ],
)
def test_a_headline_is_kept_and_it_is_said_why(analyser: Analyser, title: str, why: str) -> None:
    article, blocks = build(analyser, title)
    assert isinstance(blocks[0], Quote)
    assert blocks[0].text == title
    assert blocks[0].evidence[0].span.of(article.text) == title
    assert blocks[1:] == (Nothing(text=why),)


def test_an_article_without_a_headline_says_so(analyser: Analyser) -> None:
    assert build(analyser, "")[1] == (Nothing(text="the article came without a headline"),)


def test_a_headline_alone_is_judged_too(analyser: Analyser) -> None:
    assert build(analyser, "Council of Orly meets for 3 hours over roads", "")[1][1:] == (
        Nothing(text="kept: its wording is plain"),
    )
