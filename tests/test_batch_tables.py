"""Tables of a batch: what they say of an article, how they are written, and what a kill leaves of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_fakes import article
from truthlens.analyse import Analyser
from truthlens.batch import manifest, output
from truthlens.batch.attempts import TRIES, Attempts, forget
from truthlens.batch.journal import NAME, Journal
from truthlens.batch.manifest import Manifest
from truthlens.batch.obtain import obtain
from truthlens.batch.record import Finished, Record
from truthlens.batch.rows import Rows, article_rows, error_row
from truthlens.batch.tables import SCHEMA, TABLES
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.extract.worker import extraction_failed

parquet = pytest.importorskip("pyarrow.parquet")

RECORD = Record(number=3, name="n3", title="Ward 3 votes", text=article(3), outlet="Coast Daily")
DOCS = Path(__file__).resolve().parents[1] / "docs" / "batch.md"


def no_pages(html: str, url: str) -> Article:
    raise extraction_failed()


@pytest.fixture
def rows(analyser: Analyser) -> Rows:
    obtained = obtain(RECORD, no_pages)
    assert obtained.article is not None
    report, reading = analyser.analyse_with_reading(obtained.article)
    return article_rows(obtained, "news.jsonl", report, reading, text=True)


def whole() -> str:
    return f"{RECORD.title}\n{RECORD.text}"


def test_rows_have_exactly_the_columns_of_the_schema(rows: Rows) -> None:
    for table, columns in TABLES.items():
        for row in rows.get(table, ()):
            assert list(row) == [column.name for column in columns] or set(row) == {c.name for c in columns}
    assert set(rows) == set(TABLES) - {"errors"}
    assert all(rows[table] for table in ("articles", "sentences", "findings", "sources", "numbers"))


def test_places_are_places_of_the_text(rows: Rows) -> None:
    text = whole()
    for row in rows["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]
    for row in rows["findings"]:
        assert text[row["start"] : row["end"]] == row["phrase"]
    for row in rows["numbers"]:
        assert " ".join(text[row["start"] : row["end"]].split()) == row["words"]


def test_what_is_said_of_an_article(rows: Rows) -> None:
    (about,) = rows["articles"]
    assert (about["id"], about["number"], about["input"]) == ("0000-00000003", 3, "news.jsonl")
    assert (about["title"], about["outlet"], about["language"]) == ("Ward 3 votes", "Coast Daily", "en")
    voices = ("own", "quote", "attributed", "headline")
    assert about["words"] == sum(about[f"{voice}_words"] for voice in voices)
    assert about["words"] == sum(row["words"] for row in rows["sentences"])
    assert about["sentences"] == len(rows["sentences"])
    assert about["findings"] == len(rows["findings"])
    (loud,) = [row for row in rows["findings"] if row["phrase"] == "shameful"]
    assert (loud["voice"], loud["speaker"]) == ("quote", "Ann Holm")
    assert {row["name"] for row in rows["sources"]} >= {"Ann Holm"}
    least = next(row for row in rows["numbers"] if row["value"] == 3 and row["qualifier"])
    assert least["qualifier"] == "at least"
    assert [row["clickbait"] is not None for row in rows["sentences"]][:2] == [True, False]


def test_without_text_no_sentence_is_written(analyser: Analyser) -> None:
    obtained = obtain(RECORD, no_pages)
    assert obtained.article is not None
    report, reading = analyser.analyse_with_reading(obtained.article)
    rows = article_rows(obtained, "news.jsonl", report, reading, text=False)
    assert "moves their books" not in json.dumps(rows)
    assert "budget" not in json.dumps(rows["sentences"])


@pytest.mark.parametrize(
    ("record", "stage", "code"),
    [
        (Record(text="Too short."), "admit", "too_short"),
        (Record(html="<p>Anything</p>"), "extract", "extraction_failed"),
        (Record(text="x" * 500_001), "extract", "page_too_large"),
    ],
)
def test_a_record_without_an_article_is_one_error(record: Record, stage: str, code: str) -> None:
    obtained = obtain(record, no_pages)
    assert obtained.article is None
    row = error_row(obtained, "news.jsonl")
    assert (row["stage"], row["code"]) == (stage, code)
    assert list(row) == [column.name for column in TABLES["errors"]]
    assert obtained.record.text == obtained.record.html == ""


def test_half_a_surrogate_pair_can_be_written() -> None:
    page = Article(text=f"Ward\ud83d votes\n{article(1)}", title="Ward\ud83d votes", extracted_by="text")
    obtained = obtain(Record(html="<p>x</p>"), lambda html, url: page)
    assert obtained.article is not None
    assert obtained.article.title == "Ward? votes"
    assert len(obtained.article.text) == len(page.text)


def test_files_name_their_schema_and_versions(tmp_path: Path, rows: Rows) -> None:
    size = output.write(tmp_path, "0000-000000", rows, {"model": "fake"})
    files = sorted(tmp_path.glob("*.parquet/*"))
    assert {file.parent.name for file in files} == {f"{table}.parquet" for table in rows}
    assert size == sum(file.stat().st_size for file in files)
    about = parquet.read_schema(files[0]).metadata
    assert about[b"truthlens.schema"] == str(SCHEMA).encode()
    assert about[b"truthlens.version.model"] == b"fake"
    for table, written in rows.items():
        assert len(parquet.read_table(tmp_path / f"{table}.parquet").to_pylist()) == len(written)


def test_a_part_written_again_leaves_nothing_of_the_first_try(tmp_path: Path, rows: Rows) -> None:
    failed = {"errors": [error_row(obtain(Record(text="Short."), no_pages), "a")]}
    output.write(tmp_path, "0000-000000", failed, {})
    output.write(tmp_path, "0000-000000", rows, {})
    assert not (tmp_path / "errors.parquet" / "part-0000-000000.parquet").exists()


def test_what_is_not_finished_is_swept_away(tmp_path: Path, rows: Rows) -> None:
    for part in ("0000-000000", "0000-000001"):
        output.write(tmp_path, part, rows, {})
    (tmp_path / "articles.parquet" / ".part-0000-000002.parquet.1f").write_bytes(b"half")
    output.sweep(tmp_path, {"0000-000001"})
    assert {file.name for file in tmp_path.glob("*.parquet/*")} == {"part-0000-000001.parquet"}


def finished(index: int, *, last: bool = False) -> Finished:
    return Finished(
        source=0, index=index, last=last, weight=1, records=1, articles=1, errors=0, words=9, written=9
    )


def test_the_journal_outlives_a_line_that_was_cut_short(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(finished(0))
    journal.add(finished(2, last=True))
    journal.close()
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes() + b'{"source":0,"ind')
    journal = Journal(tmp_path)
    assert journal.done(0) == {0, 2}
    assert not journal.complete(0)
    assert not journal.complete(1)
    journal.add(finished(1))
    assert journal.complete(0)
    journal.close()
    again = Journal(tmp_path)
    assert again.names() == {"0000-000000", "0000-000001", "0000-000002"}
    again.close()


@pytest.mark.parametrize(
    "change",
    [{"options": {"part_size": 20}}, {"schema": SCHEMA + 1}, {"inputs": ()}],
)
def test_only_the_same_run_goes_on(change: dict[str, Any]) -> None:
    from truthlens.batch.inputs.source import Source

    source = Source(number=0, kind="jsonl", path="a.jsonl", size=1, digest="d")
    earlier = Manifest(inputs=(source,), options={"part_size": 10}, versions={"model": "a"})
    assert manifest.go_on(earlier, replace(earlier, versions={})).versions == {"model": "a"}
    with pytest.raises(ServiceError) as caught:
        manifest.go_on(earlier, replace(earlier, **change))
    assert caught.value.code == "other_run"
    with pytest.raises(ServiceError):
        manifest.with_versions(earlier, {"model": "b"})


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert manifest.load(tmp_path) is None
    saved = Manifest(inputs=(), options={"kind": None}).counted([finished(0), finished(1)], "finished")
    manifest.save(saved, tmp_path)
    assert manifest.load(tmp_path) == saved
    assert saved.counts["words"] == 18


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(ServiceError, match="not empty"):
        manifest.load(tmp_path)


def test_a_record_is_blamed_for_the_second_death_in_its_hands(tmp_path: Path) -> None:
    def died_at(place: int) -> frozenset[int]:
        attempts = Attempts(tmp_path, "0000-000000")
        for number in range(place + 1):
            attempts.at(number)
        attempts._notes.close()
        return attempts.deadly

    assert [died_at(3), died_at(3), died_at(5), died_at(5)] == [set(), set(), {3}, {3}]
    with Attempts(tmp_path, "0000-000000") as attempts:
        assert attempts.deadly == {3, 5}
    assert not list((tmp_path / "attempts").iterdir())
    with pytest.raises(ServiceError, match="died"):  # noqa: PT012
        for _ in range(TRIES + 1):
            died_at(0)
    forget(tmp_path)
    assert died_at(0) == set()


def test_the_page_of_the_schema_lists_every_column() -> None:
    text = DOCS.read_text("utf-8")
    assert f"schema {SCHEMA}" in text
    for table, columns in TABLES.items():
        part = text.partition(f"### {table}\n")[2].partition("\n### ")[0]
        assert part, table
        for column in columns:
            assert f"| `{column.name}` | {column.type} | {column.says} |" in part, (table, column.name)
