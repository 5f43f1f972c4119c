"""Every figure with whose it is and what the headline made of it."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Note, Nothing, Table


def table_of(analyser: Analyser, text: str, title: str = "") -> Table:
    report = analyser.analyse(Article(text=text, title=title))
    blocks = {section.key: section.blocks for section in report.sections}["numbers"]
    assert isinstance(blocks[0], Table)
    return blocks[0]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_rows(analyser: Analyser) -> None:
    title = "40 boats sold"
    text = f"{title}\nThe report said that at least 40 boats were sold in 2021. The town has 16 ferries."
    table = table_of(analyser, text, title)
    assert table.columns == ("Figure", "Said by", "In the headline")
    assert rows(table) == [
        ["at least 40 boats, in 2021", "The report", "yes, without “at least”"],
        ["16 ferries", "", ""],
    ]
    assert table.rows[0][0].evidence[0].span.of(text) == "at least 40 boats"


def test_a_figure_without_a_noun_has_words_beside_it(analyser: Analyser) -> None:
    text = "The council cut the budget by $4.2 million. The 5–4 vote came late."
    assert rows(table_of(analyser, text)) == [["the budget by $4.2 million", ""], ["The 5–4 vote", ""]]
    text = "The minister left and asked for up to $50 million. Roe wants to lift the 15% tariff on boats."
    assert rows(table_of(analyser, text)) == [
        ["asked for up to $50 million", ""],
        ["lift the 15% tariff", ""],
    ]
    text = "Some 200 U.S. military personnel are in a 55-kilometer “zone”. Of them 44 percent of all left."
    found = [row[0] for row in rows(table_of(analyser, text))]
    assert found == ["Some 200 U.S. military personnel", "are in a 55-kilometer", "them 44 percent"]


def test_whoever_is_called_she_is_named_by_a_place(analyser: Analyser) -> None:
    text = "Ann Dahl spoke. She said 40 boats were sold."
    (row,) = table_of(analyser, text).rows
    assert row[1].text == "Ann Dahl"
    assert "Ann Dahl" in [place.span.of(text) for place in row[1].evidence]


def test_small_numbers_in_words_are_counted_and_told_again_once(analyser: Analyser) -> None:
    text = "It has six ferries. It sold 40 boats. It had sold 40 boats before."
    report = analyser.analyse(Article(text=text))
    table, note = {section.key: section.blocks for section in report.sections}["numbers"]
    assert isinstance(table, Table)
    assert rows(table) == [["40 boats", ""]]
    assert len(table.rows[0][0].evidence) == 2
    assert note == Note(text="Not listed: 1 small in words.")


def test_a_text_without_figures(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text="On 4 May 2021 the two towns agreed."))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["numbers"] == (Nothing(text="no figures in the text"),)
