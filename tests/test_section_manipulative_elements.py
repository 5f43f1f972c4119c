"""How dense marks are, by whose words, beside plain reporting."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.baseline import PLAIN
from truthlens.domain import Article, Block, Note, Table

PADDING = "The council met on Tuesday and adopted the budget for the coming year without a debate. " * 4
TEXT = f"{PADDING}It was a stunning vote. “It was a shameful vote,” Ann Mali said."


def build(analyser: Analyser, text: str) -> tuple[Block, ...]:
    report = analyser.analyse(Article(text=text))
    return {section.key: section.blocks for section in report.sections}["manipulative_elements"]


def test_marks_are_split_by_voice_and_set_against_plain_reporting(analyser: Analyser) -> None:
    marks, table, note = build(analyser, TEXT)
    assert isinstance(marks, Table)
    assert [[cell.text for cell in row] for row in marks.rows] == [
        ["Loaded language", "the outlet", "“stunning”"],
        ["Loaded language", "quoted", "“shameful”"],
    ]
    assert [place.span.of(TEXT) for place in marks.rows[1][2].evidence] == ["shameful"]
    assert isinstance(table, Table)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    # 4 * 16 + 5 words, and "Ann Mali said".
    assert rows["The outlet’s own"] == ["1", f"{100 / 72:.1f}"]
    assert rows["Quoted"] == ["1", "too few words"]
    assert "Reported" not in rows
    assert [place.span.of(TEXT) for place in table.rows[0][0].evidence] == ["stunning"]
    assert note == Note(text=f"Plain wire reporting: {PLAIN:g} per 100 of the outlet’s own words.")


def test_the_headline_counts_as_the_outlets_own(analyser: Analyser) -> None:
    title = "Stunning vote"
    report = analyser.analyse(Article(text=f"{title}\n{PADDING}", title=title))
    blocks = {section.key: section.blocks for section in report.sections}["manipulative_elements"]
    table = blocks[1]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0][:2]] == ["The outlet’s own", "1"]
