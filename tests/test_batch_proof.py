"""The made articles and the proof by them: always the same, and no loss goes unnoticed."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from batch_costs import ARTICLES, PAGES, Costs, each, estimate, figures
from batch_proof import Judged, judged
from batch_watch import MIB, Watched
from corpus_run import Rows, made_up
from many_articles import DAYS, FIRST_DAY, article, demos
from truthlens.bench.document import document
from truthlens.bench.figure import Run
from truthlens.bench.suite import CORPUS, TITLES
from truthlens.extract.article import extract


def test_made_articles_are_the_same_every_time_and_differ_from_one_another() -> None:
    made = [article(number) for number in range(40)]
    assert made == [article(number) for number in range(40)]
    for column in ("id", "url", "html", "text"):
        assert len({each[column] for each in made}) == 40
    for each_one in made:
        day = date.fromisoformat(each_one["published"])
        assert 0 <= (day - FIRST_DAY).days < DAYS
    assert {each_one["outlet"] for each_one in made} == {demo.outlet for demo in demos()}


def test_page_and_text_of_a_made_article_tell_the_same() -> None:
    addresses = set()
    for number in range(2 * len(demos())):
        made = article(number)
        found = extract(made["html"], made["url"])
        addresses.add(found.canonical_url or made["url"])
        paragraphs = made["text"].split("\n")
        there = sum(" ".join(each_one.split())[:60] in found.text for each_one in paragraphs)
        assert there >= 0.8 * len(paragraphs), made["id"]
    assert len(addresses) == 2 * len(demos())  # or a report would count them once


@pytest.fixture(scope="module")
def whole() -> dict[str, list[dict[str, Any]]]:
    draw = Random(4)
    found: Rows = {"errors": []}
    for number in range(12):
        for name, table in made_up(draw, number, "Coast Daily", "2025-01-01").items():
            found.setdefault(name, []).extend(table)
    for row in found["articles"]:
        for name in ("sentences", "findings"):
            row[name] = sum(one["article"] == row["id"] for one in found[name])
    return found


def ids(count: int = 12) -> list[str]:
    return [f"0000-{number:08d}" for number in range(count)]


def test_a_run_like_the_undisturbed_one_is_right(whole: Rows) -> None:
    found = judged(ids(), whole, whole)
    assert found == Judged(records=12, lost=0, doubled=0, different=0, compared=12)
    assert found.right


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda rows: rows["articles"].pop(), "lost"),
        (lambda rows: rows["articles"].append(rows["articles"][0]), "doubled"),
        (lambda rows: rows["sentences"].append(rows["sentences"][0]), "doubled"),
        (lambda rows: rows["sentences"].pop(), "doubled"),
        (lambda rows: rows["sentences"][0].update(loaded=0.9), "different"),
        (lambda rows: rows["numbers"].pop(), "different"),
        (lambda rows: rows["errors"].append({"id": "0000-00000099"}), "doubled"),
    ],
)
def test_every_harm_is_noticed(whole: Rows, harm: Any, expected: str) -> None:
    harmed = copy.deepcopy(whole)
    harm(harmed)
    found = judged(ids(), harmed, whole)
    assert getattr(found, expected) >= 1
    assert not found.right


COSTS = Costs(
    page=0.75, text=0.7, extraction=0.04, start=9.0, two=1.9, worker=700 * MIB, shared=200 * MIB,
    parser=60 * MIB, written=9000.0, count=100, words=400.0,
)  # fmt: skip


def test_ten_million_articles_are_worked_out_from_what_was_measured() -> None:
    found = {row.name: row.value for row in estimate(COSTS)}
    hours = (ARTICLES * 0.75 + (PAGES - ARTICLES) * 0.04) / 3600
    assert found["ten million articles"] == pytest.approx(hours)
    assert found["ten million articles, tables"] == pytest.approx(90)
    dearer = {row.name: row.value for row in estimate(replace(COSTS, page=1.5))}
    assert dearer["ten million articles, cost"] > 1.8 * found["ten million articles, cost"]


def test_what_was_measured_comes_onto_the_page_of_figures(tmp_path: Path) -> None:
    Run.here(figures(COSTS)).write(tmp_path / "figures.json")
    page = document(Run.read(tmp_path / "figures.json"))
    assert f"## {TITLES[CORPUS]}" in page
    for row in figures(COSTS):
        assert f"| {row.name} |" in page
    assert "All 2 aims are reached." in page


def test_the_start_is_left_out_of_what_an_article_costs() -> None:
    assert each(Watched(processor=29.0), Watched(processor=9.0), 41) == pytest.approx(0.5)
