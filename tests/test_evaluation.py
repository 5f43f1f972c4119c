"""The numbers that readers are shown come out of `truthlens evaluate`, where the data is present."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring_data import DATA
from truthlens.analyse import Analyser
from truthlens.baseline import PLAIN
from truthlens.commands import evaluate
from truthlens.errors import ServiceError
from truthlens.evaluation import babe, findings, neus, plain_reporting, ptc, ptc_technique
from truthlens.evaluation.row import interval
from truthlens.sections.limits import RIGHT

needs_data = pytest.mark.skipif(
    not DATA.exists(),
    reason="measuring data is not part of the repository: TRUTHLENS_DATA names it",
)


def test_interval_holds_the_score_and_shrinks_with_n() -> None:
    few, many = [(1.0, 2.0), (0.0, 1.0)] * 5, [(1.0, 2.0), (0.0, 1.0)] * 500
    for cases in (few, many):
        score, low, high = interval(cases)
        assert score == pytest.approx(1 / 3)
        assert low <= score <= high
    assert interval(many)[2] - interval(many)[1] < interval(few)[2] - interval(few)[1]


@needs_data
@pytest.mark.model
def test_the_share_that_the_limits_section_names(real_analyser: Analyser) -> None:
    (row,) = findings.evaluate(DATA, real_analyser)
    assert round(row.score, 2) == RIGHT
    assert row.low < RIGHT < row.high


@needs_data
@pytest.mark.model
def test_the_constant_of_plain_reporting(real_analyser: Analyser) -> None:
    rows = {row.metric: row for row in plain_reporting.evaluate(DATA, real_analyser)}
    assert rows["own-voice marks per 100 own words"].score == pytest.approx(PLAIN, abs=0.005)


@needs_data
def test_the_measuring_sets_are_read_as_they_lie() -> None:
    sentences = babe.sentences(DATA)
    assert {row.biased for row in sentences} == {True, False, None}
    assert any(row.words for row in sentences)
    articles = ptc.articles(DATA, ptc.SPANS)
    assert "train" not in {article.part for article in articles}
    marked = [span.of(article.text) for article in articles for span, _ in article.labels]
    # The set's own README says so; an offset that is off by one would break it somewhere.
    assert all(text.strip(" \n.,:;") == text for text in marked)
    assert {name for article in ptc.articles(DATA, ptc.TECHNIQUES) for _, name in article.labels} <= {
        *ptc_technique.NAMES.values(),
        ptc_technique.REPETITION,
    }
    assert all(len(event.titles) == 3 for event in neus.events(DATA))


def test_missing_data_is_said(analyser: Analyser, tmp_path: Path) -> None:
    for task in (findings, plain_reporting):
        with pytest.raises(ServiceError, match="data"):
            task.evaluate(tmp_path, analyser)


def test_a_group_stands_for_tasks_that_exist() -> None:
    known = evaluate._tasks()
    assert all(set(names) <= known.keys() for names in evaluate.GROUPS.values())
    assert not evaluate.GROUPS.keys() & known.keys()
