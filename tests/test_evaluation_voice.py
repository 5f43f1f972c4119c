"""The measure of whose words: a corpus of two invented articles whose right answer is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring_data import DATA
from truthlens.errors import ServiceError
from truthlens.evaluation import polnear, voice

TEXT = """Pool shut, says Doe.

Ann Doe said the pool was shut. “It leaks,” she added.

It rained. The “splash” fair goes on.
"""


def write(folder: Path, name: str, text: str, marks: list[tuple[str, str]], annotator: str = "a1") -> None:
    for kind in ("text", "attributions"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(text, "utf-8")
    lines = []
    for number, (kind, words) in enumerate(marks, 1):
        start = text.index(words, text.index("\n"))
        lines.append(f"T{number}\t{kind} {start} {start + len(words)}\t{words}")
    lines.append("E1\tAttribution:T1 Content:T1")
    (folder / "attributions" / f"{name}_{annotator}.ann").write_text("\n".join(lines), "utf-8")


MARKS = [
    ("Source", "Ann Doe"),
    ("Content", "the pool was shut"),
    ("Content", "“It leaks,”"),
    ("Source", "she"),
    ("Cue", "added"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path / polnear.FOLDER / "dev", "one", TEXT, MARKS)
    return tmp_path


def test_rows(data: Path) -> None:
    content, direct, sources, accuracy = voice.evaluate(data)
    # 6 words of content; "splash" is in marks, and nobody's.
    assert content.score == pytest.approx(2 * 6 / (7 + 6))
    assert content.baselines["inside double marks"] == pytest.approx(2 * 2 / (3 + 6))
    assert direct.score == pytest.approx(2 * 2 / (3 + 2))
    assert sources.score == pytest.approx(1.0)
    assert accuracy.score == pytest.approx(17 / 18)
    assert accuracy.baselines["all own"] == pytest.approx(12 / 18)
    assert {row.n for row in (content, direct, sources, accuracy)} == {1}
    assert all(row.low <= row.score <= row.high for row in (content, direct, sources, accuracy))


def test_the_headline_is_not_measured(data: Path) -> None:
    (article,) = polnear.articles(data, "dev")
    assert article.article.title == "Pool shut, says Doe."
    assert len(voice.read(article).content) == 18


def test_the_first_annotator_counts(data: Path) -> None:
    write(data / polnear.FOLDER / "dev", "one", TEXT, [("Content", "It rained")], annotator="b2")
    (article,) = polnear.articles(data, "dev")
    assert [span.of(TEXT) for span in article.content] == ["the pool was shut", "“It leaks,”"]


def test_marks_in_several_pieces(data: Path) -> None:
    folder = data / polnear.FOLDER / "dev"
    (folder / "attributions" / "one_a1.ann").write_text("T1\tContent 22 25;30 33\tAnn … the\n", "utf-8")
    (article,) = polnear.articles(data, "dev")
    assert article.content == (polnear.Span(22, 25), polnear.Span(30, 33))


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="polnear"):
        voice.evaluate(tmp_path)


@pytest.mark.skipif(
    not (DATA / polnear.FOLDER).exists(), reason="measuring data is not part of the repository"
)
def test_rules_beat_quotation_marks_on_the_train_part() -> None:
    read = [voice.read(article) for article in polnear.articles(DATA, "train")[:30]]
    content, _, sources, accuracy = voice.rows(read)
    assert content.score > content.baselines["inside double marks"] + 0.1
    assert sources.score > sources.baselines["names beside “said”"] + 0.2
    assert accuracy.score > accuracy.baselines["inside double marks"]
