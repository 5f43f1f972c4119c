"""Article text on 88 saved pages: the floor below which a change of rules must not fall."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring_data import DATA
from truthlens.errors import ServiceError
from truthlens.evaluation.extraction import _pages, evaluate, f1, matches
from truthlens.extract.article import extract
from truthlens.server.admit import admit, spoken

FLOOR = 0.974  # measured .978; the rest is room for other releases of the extractors
measured = pytest.mark.skipif(
    not (DATA / "measure" / "extraction").is_dir(), reason="the measuring pages are not here (TRUTHLENS_DATA)"
)


@measured
def test_better_than_either_extractor_alone():
    (row,) = evaluate(DATA)
    assert row.n == 88
    assert row.score >= FLOOR
    assert row.score > max(row.baselines.values())
    assert row.low < row.score < row.high


@measured
def test_no_english_article_is_refused():
    refused = []
    for html, url, body in _pages(DATA):
        try:
            admit(extract(html, url))
        except ServiceError as error:
            if error.code != "not_english" or spoken(body) == "en":
                refused.append((url, error.code))
    assert refused == []


def test_missing_data_are_said_to_be_missing(tmp_path: Path):
    with pytest.raises(ServiceError) as caught:
        evaluate(tmp_path)
    assert caught.value.code == "data_missing"


def test_the_score():
    same = matches("one two three four five", "one two three four five")
    assert same == (1.0, 0.0, 0.0)
    assert matches("one two three four five", "") == (0.0, 0.0, 1.0)
    assert matches("a b c d e", "a b c d x") == (1 / 3, 1 / 3, 1 / 3)
    assert f1([same]) == 1.0
    assert f1([(1 / 3, 1 / 3, 1 / 3)]) == pytest.approx(0.5)
