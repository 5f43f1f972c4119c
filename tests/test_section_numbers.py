"""Every figure with whose it is and what the headline made of it."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Nothing, Table


def test_rows(analyser: Analyser) -> None:
    title = "40 boats sold"
    text = f"{title}\nThe report said that at least 40 boats were sold in 2021. The town has six ferries."
    report = analyser.analyse(Article(text=text, title=title))
    (table,) = {section.key: section.blocks for section in report.sections}["numbers"]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["at least 40", "boats", "in 2021", "The report", "yes without “at least”"],
        ["six", "ferries", "", "the outlet", ""],
    ]
    assert table.rows[0][0].evidence[0].span.of(text) == "at least 40 boats"


def test_a_text_without_figures(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text="On 4 May 2021 the two towns agreed."))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["numbers"] == (Nothing(text="no figures in the text"),)
