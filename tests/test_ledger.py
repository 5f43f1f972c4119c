"""Every source once, by whatever name the article uses."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Table

TEXT = (
    "A new report by a watchdog said prices rose. Russian President Vladimir Putin warned that he would act. "
    "US officials said it was late. Ukrainian officials said it was early. Putin said “we will see.” "
    "The report said costs fell. Critics say it is over."
)


def rows(analyser: Analyser) -> dict[str, list[str]]:
    report = analyser.analyse(Article(text=TEXT))
    blocks = {section.key: section.blocks for section in report.sections}
    table = blocks["sources"][0]
    assert isinstance(table, Table)
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_names_of_one_source_are_one_row(analyser: Analyser) -> None:
    found = rows(analyser)
    assert found["A new report by a watchdog"] == ["document", "said", "2"]
    assert found["Russian President Vladimir Putin"] == ["named", "warned", "2"]
    assert "Putin" not in found


def test_officials_of_two_states_are_two(analyser: Analyser) -> None:
    found = rows(analyser)
    assert {"US officials", "Ukrainian officials"} <= set(found)
    assert found["Critics"][0] == "not named"
