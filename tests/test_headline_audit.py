"""A headline against its text: figures with their qualifiers, names, quoted and strong words."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Listing, Nothing
from truthlens.ledgers.headline_audit import headline_audit


def audit(analyser: Analyser, title: str, body: str) -> list[tuple[str, str]]:
    article = Article(text=f"{title}\n{body}", title=title)
    return [(c.span.of(article.text), c.result) for c in headline_audit(analyser.reading(article))]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Town buys 40 boats", "The town bought 40 boats.", [("40 boats", "found")]),
        ("Town buys 40 boats", "The town bought forty boats.", [("40 boats", "found")]),
        ("Town buys 40 boats", "The town bought at least 40 boats.", [("40 boats", "qualified")]),
        ("At least 40 boats bought", "The town bought at least 40 boats.", [("At least 40 boats", "found")]),
        ("Town buys 50 boats", "It bought more than 30 boats, then another 20 boats.", [("50 boats", "sum")]),
        ("Town buys 50 boats", "It bought 30 boats and 20 trees.", [("50 boats", "missing")]),
        ("3 million boats", "It bought 2.96 million boats.", [("3 million boats", "rounded")]),
        ("Millions of boats", "It bought 9 million boats.", [("Millions of boats", "found")]),
        ("Thousands of boats", "It bought several thousand boats.", [("Thousands of boats", "found")]),
        ("Boats for Ashby-Velden talks", "Velden and Ashby talked.", [("Ashby-Velden", "found")]),
        ("Boats for Ashby-Velden talks", "Velden talked.", [("Ashby-Velden", "missing")]),
        ("Chide Velden Over Boats", "Velden got boats.", []),
        ("Boats for Velden", "The town got boats.", [("Velden", "missing")]),
        ("Boats for Velden", "Velden got boats.", [("Velden", "found")]),
        ("Plan is ‘a farce’", "He called the plan “a farce”.", [("‘a farce’", "found")]),
        ("Plan is ‘a farce’", "The plan is a farce.", [("‘a farce’", "unquoted")]),
        ("Plan is ‘a farce’", "The plan is late.", [("‘a farce’", "missing")]),
        ("Memo exposes mayor", "The memo has exposed it.", [("exposes", "found")]),
        ("Memo exposes mayor", "The memo is long.", [("exposes", "missing")]),
        ("Storm gutted hall", "The hall is gutting itself.", [("gutted", "found")]),
        ("GOP gets boats", "Somebody got boats.", []),
    ],
)
def test_elements(analyser: Analyser, title: str, body: str, expected: list[tuple[str, str]]) -> None:
    assert audit(analyser, title, body) == expected


def test_without_a_headline_there_is_nothing_to_audit(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text="It rained."))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["headline_audit"] == (Nothing(text="the article came without a headline"),)


def test_a_sum_is_said_with_what_it_drops(analyser: Analyser) -> None:
    title = "Town buys 50 boats"
    text = f"{title}\nIt bought more than 30 boats last year, and another 20 boats this year."
    report = analyser.analyse(Article(text=text, title=title))
    blocks = {section.key: section.blocks for section in report.sections}["headline_audit"]
    assert isinstance(blocks[0], Listing)
    (statement,) = blocks[0].statements
    assert statement.text == (
        "50 boats: not stated; “more than 30 boats” and “another 20 boats” add up to it, without “more than”."
    )
    assert [item.span.of(text) for item in statement.evidence] == [
        "50 boats",
        "more than 30 boats",
        "another 20 boats",
    ]


def test_what_the_text_holds_is_one_line(analyser: Analyser) -> None:
    title = "Shop gets Velden’s 40 boats"
    article = Article(text=f"{title}\nVelden sold 40 boats.", title=title)
    blocks = {section.key: section.blocks for section in analyser.analyse(article).sections}
    (listing,) = blocks["headline_audit"]
    assert isinstance(listing, Listing)
    assert [statement.text for statement in listing.statements] == ["Found in the text: Velden, 40 boats."]
