"""The measuring task on a few rows whose right answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from truthlens.analyse import Analyser
from truthlens.errors import ServiceError
from truthlens.evaluation.summary import AS_LEAD, AS_REPORT, evaluate, other_outlets, round_ups

ASIDE = "It was windy."  # leaning, with nothing before it that could be shown: never chosen
FIRST = "The harbour board closed the north pier on Tuesday after a crane fell into the water."
SECOND = "Repairs to the north pier and its crane will cost the harbour board two million."
THIRD = "Ships bound for the north pier of the harbour were sent to the southern docks."


def write_neus(data: Path, *, bodies: tuple[str, ...], round_up: str, part: str = "val") -> None:
    folder = data / "measure" / "neus"
    folder.mkdir(parents=True, exist_ok=True)
    source = " [SEP] ".join(f"TITLE=> Pier closed. ARTICLE=> {body}" for body in bodies)
    (folder / f"{part}.source").write_text(source + "\n", "utf-8")
    (folder / f"{part}.target").write_text(f"TITLE=> Pier closed. ARTICLE=> {round_up}\n", "utf-8")


def write_basil(data: Path, events: int, *, reprint: bool = False) -> None:
    folder = data / "measure" / "basil" / "articles"
    folder.mkdir(parents=True)
    leads = (
        [f"{FIRST[:-1]}, he said.", SECOND, "Ferries were late all morning."],
        [THIRD, "Nobody was hurt.", "Divers searched until dawn."],
        ["Trade slowed.", "Prices rose.", "Fishermen want their berths back."],
    )
    for event in range(events):
        for outlet, lead in enumerate(leads):
            own = leads[0] if reprint else lead
            more = [
                [f"Witness {n} saw the pier and its crane go down at {outlet} in the night."]
                for n in range(20)
            ]
            row = {
                "title": f"Pier {event} closed",
                "body-paragraphs": [[f"Pier {event} closed again"], own, *more],
                "triplet-uuid": f"event{event}",
                "url": "",
                "date": "2020-01-02",
                "source": "abc"[outlet],
            }
            (folder / f"event{event}_{outlet}.json").write_text(json.dumps(row), "utf-8")


def test_a_summary_that_finds_the_round_up_beats_the_lead(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(
        tmp_path,
        bodies=(f"{ASIDE} {FIRST} {SECOND} {THIRD}", "Short."),
        round_up=f"{FIRST} {SECOND} {THIRD}",
    )
    rows = {row.metric: row for row in evaluate(tmp_path, analyser)}
    assert set(rows) == {f"{m}, round-ups" for m in ("ROUGE-1", "ROUGE-2", "ROUGE-L", "closeness")}
    for row in rows.values():
        assert row.task == "summary"
        assert row.n == 1
        assert row.score == pytest.approx(1.0, abs=1e-5)
        assert set(row.baselines) == {"lead-3", "as many words"}
        assert all(lead < row.score for lead in row.baselines.values())
        assert row.note.startswith("less lead-3: +")


def test_every_text_longer_than_the_lead_is_measured_once(tmp_path: Path, analyser: Analyser) -> None:
    long = f"{FIRST} {SECOND} {THIRD} Nobody was hurt in the fall of the crane on the pier."
    write_neus(tmp_path, bodies=(f"{FIRST} {SECOND}", long, long, f"Nobody was hurt. {long}"), round_up=FIRST)
    cases = list(round_ups(tmp_path, analyser))
    assert [case.event for case in cases] == ["0", "0"]
    assert cases[0].texts[1] == f"{FIRST} {SECOND} {THIRD}"


def test_what_is_no_sentence_is_not_in_the_lead(tmp_path: Path, analyser: Analyser) -> None:
    write_basil(tmp_path, 2)
    for case in other_outlets(tmp_path, analyser)[AS_LEAD]:
        for text in (*case.texts, *case.references):
            assert "closed again" not in text


def test_only_the_part_that_chose_nothing_is_measured(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(tmp_path, bodies=(f"{FIRST} {SECOND} {THIRD} {FIRST}",), round_up=FIRST, part="train700")
    with pytest.raises(ServiceError) as refused:
        evaluate(tmp_path, analyser)
    assert refused.value.code == "data_missing"


def test_every_second_event_is_compared_with_the_leads_of_the_others(
    tmp_path: Path, analyser: Analyser
) -> None:
    write_basil(tmp_path, 2)
    found = other_outlets(tmp_path, analyser)
    assert {case.event for cases in found.values() for case in cases} == {"event1"}
    for limits, cases in found.items():
        assert len(cases) == 3
        for case in cases:
            assert len(case.references) == 2
            ours, lead, words = case.texts
            assert lead not in case.references
            assert words.startswith(lead[:20])
            assert len(words.split()) <= len(ours.split())
            assert ours.count(".") <= limits.most


def test_both_ways_of_choosing_have_their_rows(tmp_path: Path, analyser: Analyser) -> None:
    write_neus(tmp_path, bodies=(f"{FIRST} {SECOND} {THIRD} {FIRST}",), round_up=FIRST)
    write_basil(tmp_path, 2)
    rows = {row.metric: row for row in evaluate(tmp_path, analyser)}
    assert rows["ROUGE-1, other outlets"].note.startswith("less lead-3: ")
    assert rows["ROUGE-1, as in a report"].note.startswith("less as many words: ")


def test_a_reprint_is_no_reference(tmp_path: Path, analyser: Analyser) -> None:
    write_basil(tmp_path, 2, reprint=True)
    assert other_outlets(tmp_path, analyser) == {AS_LEAD: [], AS_REPORT: []}
