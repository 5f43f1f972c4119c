"""The task `same_event` on a few articles whose events are plain, and the reader of BASIL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_encoder import BagOfWordsEncoder
from measuring_data import DATA
from truthlens.analyse import Analyser
from truthlens.errors import ServiceError
from truthlens.evaluation import basil, same_event
from truthlens.events.event_trace import LEAD

EVENTS = {
    "a": "The ferry Aurora struck the north pier at Lindhavn in thick fog.",
    "b": "Councillors voted for a copper roof although slate would have been cheaper.",
    "c": "A violin stolen from the museum turned up behind an organ in the old chapel.",
    "d": "Frost killed nearly all apricot blossoms along the lower valley overnight.",
}


def write(folder: Path, *, days: bool = True) -> None:
    articles = folder / "measure" / "basil" / "articles"
    articles.mkdir(parents=True)
    for event, line in EVENTS.items():
        for outlet in range(3):
            fields = {
                "source": f"o{outlet}",
                "title": f"{line.split(' ')[1]}  news",
                "url": f"https://o{outlet}.example/{event}",
                "date": f"2031-05-0{outlet + 1}" if days else "",
                "triplet-uuid": event,
                "body-paragraphs": [[line, "More\nwill follow."], [], [f"So says paper {outlet}."]],
            }
            (articles / f"{event}_{outlet}.json").write_text(json.dumps(fields), "utf-8")


def neus(folder: Path) -> None:
    lines = [
        " [SEP] ".join(f"TITLE=> {line.split(' ')[1]}. ARTICLE=> {line} Paper {n}." for n in range(3))
        for line in EVENTS.values()
    ]
    (folder / "measure" / "neus").mkdir(parents=True)
    for kind in ("source", "target"):
        (folder / "measure" / "neus" / f"val.{kind}").write_text("\n".join(lines), "utf-8")


def test_basil_articles_come_with_event_title_and_date(tmp_path: Path) -> None:
    write(tmp_path)
    found = basil.articles(tmp_path)
    assert [event for event, _ in found] == [event for event in EVENTS for _ in range(3)]
    article = found[0][1]
    assert article.text == f"ferry news\n{EVENTS['a']} More will follow.\nSo says paper 0."
    assert (article.title, article.published, article.outlet) == ("ferry news", "2031-05-01", "o0")


def test_plain_events_are_told_apart(tmp_path: Path, analyser: Analyser) -> None:
    write(tmp_path)
    neus(tmp_path)
    rows = same_event.evaluate(tmp_path, analyser)
    assert [row.metric for row in rows] == [
        "recall at 2, BASIL", "F1 at the bar, BASIL", "recall at 2, NeuS", "F1 at the bar, NeuS",
    ]  # fmt: skip
    assert [row.n for row in rows] == [6, 6, 12, 12]  # every other event of BASIL
    assert all(row.score == 1.0 for row in rows)
    assert all(set(row.baselines) == {"vectors alone", "shared content words"} for row in rows)


def test_one_set_alone_will_do_and_none_will_not(tmp_path: Path, analyser: Analyser) -> None:
    with pytest.raises(ServiceError) as caught:
        same_event.evaluate(tmp_path, analyser)
    assert caught.value.code == "data_missing"
    neus(tmp_path)
    assert [row.metric for row in same_event.evaluate(tmp_path, analyser)] == [
        "recall at 2, NeuS", "F1 at the bar, NeuS",
    ]  # fmt: skip


def test_only_the_lead_is_read(tmp_path: Path, analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    write(tmp_path)
    for path in (tmp_path / "measure" / "basil" / "articles").glob("*.json"):
        fields = json.loads(path.read_text("utf-8"))
        fields["body-paragraphs"] += [[f"Filler number {number} follows."] for number in range(30)]
        path.write_text(json.dumps(fields), "utf-8")
    same_event.evaluate(tmp_path, analyser)
    assert {len(call) for call in encoder.calls} == {1 + LEAD}


@pytest.mark.skipif(not (DATA / basil.FOLDER).exists(), reason="measuring data is not here")
def test_basil_as_it_is() -> None:
    found = basil.articles(DATA)
    assert len(found) == 159
    assert len({event for event, _ in found}) == 53
