"""The measuring task on a few rows whose right answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from truthlens.analyse import Analyser
from truthlens.errors import ServiceError
from truthlens.evaluation.summary import evaluate, other_outlets, round_ups

ASIDE = "It was windy."  # too short and leaning: never chosen
FIRST = "The harbour board closed the north pier on Tuesday after a crane fell into the water."
SECOND = "Repairs to the north pier and its crane will cost the harbour board two million."


def write_neus(data: Path, *, bodies: tuple[str, ...], round_up: str, part: str = "val") -> None:
    folder = data / "measure" / "neus"
    folder.mkdir(parents=True, exist_ok=True)
    source = " [SEP] ".join(f"TITLE=> Pier closed. ARTICLE=> {body}" for body in bodies)
    (folder / f"{part}.source").write_text(source + "\n", "utf-8")
    (folder / f"{part}.target").write_text(f"TITLE=> Pier closed. ARTICLE=> {round_up}\n", "utf-8")


def write_basil(data: Path, events: int) -> None:
    folder = data / "measure" / "basil" / "articles"
    folder.mkdir(parents=True)
    for event in range(events):
        for outlet in (1, 2, 3):
            paragraphs = [[f"{FIRST} {event}", SECOND]] + [
                [f"Report {n} on the pier: {FIRST}"] for n in range(9)
            ]
            row = {"title": f"Pier {event} closed", "body-paragraphs": paragraphs}
            (folder / f"event{event}_{outlet}.json").write_text(json.dumps(row), "utf-8")


def test_a_summary_that_finds_the_round_up_beats_the_lead(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(tmp_path, bodies=(f"{ASIDE} {FIRST} {ASIDE} {SECOND}", "Short."), round_up=f"{FIRST} {SECOND}")
    rows = {row.metric: row for row in evaluate(tmp_path, analyser)}
    assert set(rows) == {f"{m}, round-ups" for m in ("ROUGE-1", "ROUGE-2", "ROUGE-L", "closeness")}
    for row in rows.values():
        assert row.task == "summary"
        assert row.n == 1
        assert row.score == pytest.approx(1.0, abs=1e-5)
        assert set(row.baselines) == {"lead-3", "as many sentences", "as many words"}
        assert all(lead < row.score for lead in row.baselines.values())


def test_the_longest_text_is_taken_and_short_ones_are_left_out(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(tmp_path, bodies=(f"{FIRST} {SECOND}",), round_up=FIRST)
    assert list(round_ups(tmp_path, analyser)) == []


def test_only_the_part_that_chose_nothing_is_measured(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(tmp_path, bodies=(f"{FIRST} {SECOND}",), round_up=FIRST, part="train700")
    with pytest.raises(ServiceError) as refused:
        evaluate(tmp_path, analyser)
    assert refused.value.code == "data_missing"


def test_every_second_event_is_compared_with_the_leads_of_the_others(
    tmp_path: Path, analyser: Analyser
) -> None:
    write_basil(tmp_path, 2)
    cases = list(other_outlets(tmp_path, analyser))
    assert len(cases) == 3
    for case in cases:
        assert len(case.references) == 2
        assert all("1 " in reference for reference in case.references)
        ours, lead, as_many, words = case.texts
        assert lead.startswith(FIRST)
        assert as_many.startswith(FIRST)
        assert words.startswith(FIRST[:20])
        assert len(words.split()) <= len(ours.split())
