"""The credibility summary: counted steps, short lines, and formulas that the document repeats."""

from __future__ import annotations

from pathlib import Path

import pytest
from truthlens.analyse import Analyser
from truthlens.credibility import FORMULAS
from truthlens.domain import Article, Link, Meter

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "credibility.md"


def meters(analyser: Analyser, article: Article) -> dict[str, Meter]:
    report = analyser.analyse(article)
    blocks = {section.key: section.blocks for section in report.sections}["conclusion"]
    return {block.key: block for block in blocks if isinstance(block, Meter)}


@pytest.mark.parametrize("key", FORMULAS)
def test_the_document_holds_every_formula(key: str) -> None:
    assert f"> {FORMULAS[key]}\n" in DOCUMENT.read_text("utf-8"), "copy the formula into the document"


def test_every_part_shows_its_formula(analyser: Analyser) -> None:
    found = meters(analyser, Article(text="Roe wins\nIt rained.", title="Roe wins"))
    assert {key: meter.formula for key, meter in found.items()} == FORMULAS


@pytest.mark.parametrize(
    ("text", "grade", "line"),
    [
        ("It rained.", None, "nobody but the outlet speaks"),
        (
            "Jo Roe said it rained. Bo Lund said it snowed.",
            4,
            "2 voices; no accusation against a named party found",
        ),
        (
            "Jo Roe accused Bo Lund of theft. Ann Dahl said it rained.",
            2,
            "2 voices; 1 accused party without a reply",
        ),
        (
            "Jo Roe accused Bo Lund of theft. Bo Lund denied that he stole, despite clear evidence.",
            3,
            "2 voices; 1 reply, worded against",
        ),
        (
            "Jo Roe claimed that it rained. Ann Dahl said it snowed. Bo Lund said it froze.",
            3,
            "3 voices; not all are reported alike",
        ),
    ],
)
def test_balance(analyser: Analyser, text: str, grade: int | None, line: str) -> None:
    meter = meters(analyser, Article(text=text))["balance"]
    assert (meter.grade, meter.line) == (grade, line)


@pytest.mark.parametrize(
    ("title", "grade", "line"),
    [
        ("Town buys 40 boats", 4, "figures and names stand in the text"),
        ("Town buys 41 boats", 3, "41 is not stated in the text"),
        ("Town buys 12 ferries", 3, "it drops “at least” before a figure"),
        ("Will the town buy 40 boats?", 3, "it is a question"),
        ("Town buys ‘awful’ boats", 3, "‘awful’ is not in the text"),
        ("Town buys stunning boats", 3, "1 marked phrase in it"),
    ],
)
def test_headline(analyser: Analyser, title: str, grade: int, line: str) -> None:
    text = f"{title}\nThe town bought 40 boats. It has at least 12 ferries."
    meter = meters(analyser, Article(text=text, title=title))["headline"]
    assert (meter.grade, meter.line) == (grade, line)
    assert len(meter.line.split()) <= 10


def test_sourcing_counts_names_and_links(analyser: Analyser) -> None:
    article = Article(text="Jo Roe said it rained.", links=(Link("a", "https://example.test"),))
    meter = meters(analyser, article)["sourcing"]
    assert meter.grade == 2
    assert dict(meter.inputs)["links in the text"] == "1"
