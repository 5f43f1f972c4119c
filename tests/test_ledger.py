"""Every source once, by whatever name the article uses."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Table, Text

TEXT = (
    "A new report by a watchdog said prices rose. Russian President Vladimir Putin warned that he would act. "
    "US officials said it was late. Ukrainian officials said it was early. Putin said “we will see.” "
    "The report said costs fell. Critics say it is over."
)


def rows(analyser: Analyser, text: str = TEXT) -> dict[str, list[str]]:
    report = analyser.analyse(Article(text=text))
    blocks = {section.key: section.blocks for section in report.sections}
    table = next(block for block in blocks["sources"] if isinstance(block, Table))
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_names_of_one_source_are_one_row(analyser: Analyser) -> None:
    found = rows(analyser)
    assert found["A new report by a watchdog"] == ["document", "", "2 (29%)", "said"]
    assert found["Russian President Vladimir Putin"] == ["named", "official", "2 (29%)", "warned"]
    assert "Putin" not in found


def test_officials_of_two_states_are_two(analyser: Analyser) -> None:
    found = rows(analyser)
    assert {"US officials", "Ukrainian officials"} <= set(found)
    assert found["Critics"][0] == "not named"


def test_a_body_that_one_can_ask_is_named(analyser: Analyser) -> None:
    found = rows(analyser, "The statistics office said prices rose. A lawyer said they fell.")
    assert found["The statistics office"][:2] == ["named", "official"]
    assert found["A lawyer"][:2] == ["not named", "advocate"]


def test_one_source_that_carries_most_is_said(analyser: Analyser) -> None:
    text = (
        "The report said it rained. The report said it snowed. The report said it froze. Jo Roe denied that."
    )
    report = analyser.analyse(Article(text=text))
    blocks = {section.key: section.blocks for section in report.sections}["sources"]
    assert isinstance(blocks[0], Text)
    assert blocks[0].statement.text.endswith("rest on one source: The report.")
    assert len(blocks[0].statement.evidence) == 4
