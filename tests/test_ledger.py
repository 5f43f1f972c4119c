"""Every source once, by whatever name the article uses."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Note, Table
from truthlens.ledgers.ledger import brief, same

TEXT = (
    "A new report by a watchdog said prices rose. Russian President Vladimir Putin warned that he would act. "
    "US officials said it was late. Ukrainian officials said it was early. Putin said “we will see.” "
    "The report said costs fell. Critics say it is over."
)


def table_of(analyser: Analyser, text: str) -> Table:
    report = analyser.analyse(Article(text=text))
    blocks = {section.key: section.blocks for section in report.sections}
    return next(block for block in blocks["sources"] if isinstance(block, Table))


def rows(analyser: Analyser, text: str = TEXT) -> dict[str, list[str]]:
    return {row[0].text: [cell.text for cell in row[1:]] for row in table_of(analyser, text).rows}


def test_names_of_one_source_are_one_row(analyser: Analyser) -> None:
    found = rows(analyser)
    assert found["A new report by a watchdog"] == ["document", "2 (29%)", "said"]
    assert found["Russian President Vladimir Putin"] == ["official", "2 (29%)", "warned"]
    assert "Putin" not in found


def test_officials_of_two_states_are_two(analyser: Analyser) -> None:
    found = rows(analyser)
    assert {"US officials", "Ukrainian officials"} <= set(found)
    assert found["Critics"][0] == "unnamed advocate"


def test_a_body_that_one_can_ask_is_named(analyser: Analyser) -> None:
    found = rows(analyser, "The statistics office said prices rose. A lawyer said they fell.")
    assert found["The statistics office"][0] == "official"
    assert found["A lawyer"][0] == "unnamed advocate"


def test_whoever_is_called_she_is_named_by_a_place(analyser: Analyser) -> None:
    text = "Ann Dahl spoke. She said it rained."
    (row,) = table_of(analyser, text).rows
    assert [place.span.of(text) for place in row[0].evidence] == ["Ann Dahl", "it rained"]


def test_many_sources_are_cut_with_a_count(analyser: Analyser) -> None:
    names = "Ann Bea Cleo Dina Edda Fay Gerd Hana Ida Jo".split()
    report = analyser.analyse(
        Article(text=" ".join(f"{name} Roe{name.lower()} said it rained." for name in names))
    )
    table, note = {section.key: section.blocks for section in report.sections}["sources"]
    assert isinstance(table, Table)
    assert note == Note(text=f"Not listed: {len(names) - len(table.rows)} more.")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("a new report by a watchdog", "a new report"),
        ("the minutes published with the decision", "the minutes"),
        ("The Federation of Velden Trade Unions", "The Federation of Velden Trade Unions"),
        ("bus driver Jo Roe", "bus driver Jo Roe"),
        ("", ""),
    ],
)
def test_brief_names(name: str, short: str) -> None:
    assert brief(name) == short


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mr. Roe", "Senator Ann Roe", True),
        ("Jo Roe Jr", "Mr Roe", True),
        ("Ann Roe", "Jo Roe", False),
        ("US officials", "Peruvian officials", False),
    ],
)
def test_one_source_under_two_names(one: str, other: str, expected: bool) -> None:
    assert same(one, other) == expected == same(other, one)


def test_many_and_a_whole_party_are_unnamed(analyser: Analyser) -> None:
    text = "Many in Ashby say it is late. Democrats said it was cold. Ann Roe said it rained."
    found = {name: cells[0] for name, cells in rows(analyser, text).items()}
    assert found["Many in Ashby"].startswith("unnamed")
    assert found["Democrats"].startswith("unnamed")
    assert "unnamed" not in found["Ann Roe"]
