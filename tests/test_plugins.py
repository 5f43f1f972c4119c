"""Every plug-in is one file, and holds what its file promises."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from truthlens import sections as sections_package
from truthlens.analyse import Analyser
from truthlens.domain import Article, Meter, Nothing
from truthlens.indicator import indicators
from truthlens.registry import discover
from truthlens.section import Section, sections
from truthlens.seeds import load_families

SLOTS = {"loaded", "name", "exaggeration", "doubt", "fear", "vague", "other"}


@pytest.mark.parametrize("key", indicators())
def test_an_indicator_is_described_and_has_both_kinds_of_example(key: str) -> None:
    indicator = indicators()[key]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", key)
    assert indicator.describes.strip().endswith(".")
    assert indicator.flags
    assert indicator.passes
    assert indicator.colour in SLOTS
    assert key in load_families(), "its card has no seeds to name"


@pytest.mark.model
@pytest.mark.parametrize("key", indicators())
def test_an_indicator_finds_what_it_must_and_nothing_else(key: str, real_analyser: Analyser) -> None:
    for sentence in indicators()[key].flags:
        report = real_analyser.analyse(Article(text=sentence))
        assert key in {finding.indicator for finding in report.findings}, sentence
    for sentence in indicators()[key].passes:
        report = real_analyser.analyse(Article(text=sentence))
        assert key not in {finding.indicator for finding in report.findings}, sentence


def test_sections_stand_in_the_order_of_the_report_and_one_is_the_strip() -> None:
    orders = [section.order for section in sections().values()]
    assert orders == sorted(orders)
    assert [key for key, section in sections().items() if section.placement == "strip"] == ["conclusion"]


@pytest.mark.parametrize("key", sections())
def test_a_section_always_answers(key: str, analyser: Analyser) -> None:
    for text in ("It rained.", "", "Critics said “it is a stunning mess.” Jane Roe denied it."):
        report = analyser.analyse(Article(text=text))
        assert report.problems == ()
        built = {section.key: section.blocks for section in report.sections}
        assert built[key]


def test_meters_keep_their_promises(analyser: Analyser) -> None:
    report = analyser.analyse(
        Article(text="Mayor’s 14 stunning plans\nRoe said it rained.", title="Mayor’s 14 stunning plans")
    )
    meters = [block for block in report.sections[0].blocks if isinstance(block, Meter)]
    assert [meter.key for meter in meters] == ["sourcing", "balance", "language", "headline", "transparency"]
    for meter in meters:
        assert meter.grade is None or 0 <= meter.grade <= 4
        assert len(meter.line.split()) <= 10
        assert meter.formula
    headline = meters[3]
    assert headline.line == "14 is not stated in the text"
    assert headline.unsure


def test_wire_copy_gets_no_manipulative_elements(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text="The council met on Tuesday. It adopted the budget."))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["manipulative_elements"] == (Nothing(text="nothing found"),)


def test_a_file_without_its_constant_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(sections_package, ModuleType)
    with pytest.raises(LookupError, match="exports no WRONG"):
        discover(sections_package, "WRONG", Section)
