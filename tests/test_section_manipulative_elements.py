"""How dense marks are, by whose words, beside plain reporting."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.baseline import PLAIN
from truthlens.domain import Article, Block, Table

PADDING = "The council met on Tuesday and adopted the budget for the coming year without a debate. " * 4
TEXT = f"{PADDING}It was a stunning vote. “It was a shameful vote,” Ann Mali said."


def build(analyser: Analyser, text: str) -> tuple[Block, ...]:
    report = analyser.analyse(Article(text=text))
    return {section.key: section.blocks for section in report.sections}["manipulative_elements"]


def test_marks_are_split_by_voice_and_set_against_plain_reporting(analyser: Analyser) -> None:
    marks, table = build(analyser, TEXT)
    assert isinstance(marks, Table)
    assert [[cell.text for cell in row] for row in marks.rows] == [
        ["Loaded language", "the outlet: “stunning”; quoted: “shameful”"]
    ]
    assert [place.span.of(TEXT) for place in marks.rows[0][1].evidence] == ["stunning", "shameful"]
    assert isinstance(table, Table)
    # 4 * 16 + 5 words, and "Ann Mali said".
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["the outlet’s own words", f"{100 / 72:.1f}"],
        ["plain wire reporting", f"{PLAIN:g}"],
    ]
    assert [place.span.of(TEXT) for place in table.rows[0][0].evidence] == ["stunning"]


def test_a_few_words_have_no_rate(analyser: Analyser) -> None:
    assert [block.kind for block in build(analyser, "It was a stunning vote.")] == ["table"]


def test_the_headline_counts_as_the_outlets_own(analyser: Analyser) -> None:
    title = "Stunning vote"
    report = analyser.analyse(Article(text=f"{title}\n{PADDING}", title=title))
    marks, table = {section.key: section.blocks for section in report.sections}["manipulative_elements"]
    assert isinstance(marks, Table)
    assert isinstance(table, Table)
    assert marks.rows[0][1].text == "headline: “Stunning”"
    assert table.rows[0][1].text == f"{100 / 66:.1f}"
