"""The measure of suggested headlines, on two events made up for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from truthlens.analyse import Analyser
from truthlens.errors import ServiceError
from truthlens.evaluation import headline, neus

SOURCE = (
    "TITLE=> Orly gets stunning plan. ARTICLE=> The council met. [SEP] "
    "TITLE=> Orly council meets. ARTICLE=> It met on Monday. [SEP] TITLE=> Harbour plan.\n"
)
TARGET = "TITLE=> Orly gets plan. ARTICLE=> The council of Orly met.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / neus.FOLDER
    folder.mkdir(parents=True)
    for part in ("val", "train700"):
        (folder / f"{part}.source").write_text(SOURCE, "utf-8")
        (folder / f"{part}.target").write_text(TARGET, "utf-8")
    return tmp_path


def test_an_event_has_articles_and_a_round_up(data: Path) -> None:
    (event,) = neus.events(data, "val")
    assert len(neus.events(data)) == 2
    assert event.titles == tuple(title for title, _ in event.articles)
    assert [body for _, body in event.articles] == ["The council met.", "It met on Monday.", ""]
    assert event.round_up_body == "The council of Orly met."


def test_a_headline_reworded_as_the_neutral_one_is_closest(data: Path, analyser: Analyser) -> None:
    rows = {row.metric: row for row in headline.evaluate(data, analyser)}
    assert len(rows) == 6
    every = rows["closeness to a neutral headline"]
    assert (every.n, every.note) == (2, "1 of 2 headlines were changed")  # without a text it is not read
    changed = rows["closeness to a neutral headline where changed"]
    assert changed.n == 1
    assert changed.score == pytest.approx(1.0, abs=1e-5)
    assert changed.score > changed.baselines["the outlet's headline"] > changed.baselines["first sentence"]
    loaded = rows["loadedness where changed"]
    assert loaded.score < loaded.baselines["the outlet's headline"]
    assert rows["closer than before where changed"].score == 1.0
    assert rows["less loaded than before where changed"].score == 1.0


def test_without_changes_there_are_no_rows_about_them(data: Path, analyser: Analyser) -> None:
    (data / neus.FOLDER / "val.source").write_text("TITLE=> Orly meets. ARTICLE=> It met.\n", "utf-8")
    assert len(headline.evaluate(data, analyser)) == 2


def test_missing_data_is_said(tmp_path: Path, analyser: Analyser) -> None:
    with pytest.raises(ServiceError, match="neus"):
        headline.evaluate(tmp_path, analyser)
