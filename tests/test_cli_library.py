"""`truthlens library`: what it prints, what it writes, what it deletes and when it asks first."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fake_encoder import BagOfWordsEncoder
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.cli import main
from truthlens.commands import library as command
from truthlens.domain import Article
from truthlens.events.event_trace import trace
from truthlens.store.library import DAY_SECONDS, Library
from truthlens.store.traces import stored

TITLES = ("Ferries stop", "Ferry crews strike", "Bakers cheer")
TEXTS = (
    "The harbour board suspended every ferry on Tuesday.",
    "Ferry crews in the harbour said they would strike.",
    "A new bakery sold out of bread by nine.",
)
IDS = ("aa11", "aa22", "bb33")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    return lambda *words, **more: CliRunner().invoke(main, ["library", *words], **more)


@pytest.fixture
def kept(folder: Path, analyser: Analyser) -> Path:
    """Three analyses by the fake analyser, the first of them 40 days old."""
    library = Library.open(folder)
    for analysis_id, title, text in zip(IDS, TITLES, TEXTS, strict=True):
        article = Article(text=f"{title}\n{text}", title=title, outlet="The Tideway")
        report, reading = analyser.analyse_with_reading(article)
        library.save(
            analysis_id,
            wire.result(analysis_id, report),
            request_id=f"r{analysis_id}",
            versions="v",
            url="",
            title=title,
            trace=stored(trace(reading), analyser.versions["model"]),
        )
    with library.writing() as connection:
        connection.execute(
            "UPDATE analyses SET created_at = created_at - ? WHERE id = 'aa11'", (40 * DAY_SECONDS,)
        )
    library.close()
    return folder


def shown(result: Result) -> list[str]:
    """Titles in the order in which they are printed."""
    assert result.exit_code == 0, result.output
    return re.findall("|".join(TITLES), result.output)


def left(folder: Path) -> set[str]:
    library = Library.open(folder)
    try:
        return {saved.id for saved in library.listing()}
    finally:
        library.close()


def test_an_empty_library_says_so(run: Callable[..., Result]) -> None:
    assert "Nothing was found" in run("list").output
    assert json.loads(run("export").output)["analyses"] == []
    assert "Nothing is kept" in run("forget", "--all").output


def test_the_list_shows_what_is_kept(run: Callable[..., Result], kept: Path) -> None:
    result = run("list")
    assert shown(result) == ["Bakers cheer", "Ferry crews strike", "Ferries stop"]
    assert "The Tideway" in result.output
    assert "aa11" in result.output
    assert shown(run("list", "--limit", "1")) == ["Bakers cheer"]
    assert "2 more" in run("list", "--limit", "1").output
    assert shown(run("list", "--offset", "2")) == ["Ferries stop"]
    assert shown(run("list", "--outlet", "another")) == []


def test_words_find_stories(run: Callable[..., Result], kept: Path) -> None:
    assert set(shown(run("search", "harbour"))) == {"Ferries stop", "Ferry crews strike"}
    assert shown(run("search", "harbour", "tuesday")) == ["Ferries stop"]
    assert shown(run("search", "harbour board")) == ["Ferries stop"]
    assert shown(run("search", "board harbour")) == []


def test_a_story_or_a_meaning_finds_the_nearest(
    run: Callable[..., Result], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(run("search", "--like", "aa1")) == ["Ferry crews strike", "Bakers cheer"]
    monkeypatch.setattr(command, "load_encoder", BagOfWordsEncoder)
    assert shown(run("search", "--meaning", "bread and bakery"))[0] == "Bakers cheer"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["search"], 2, "give words"),
        (["search", "--like", "aa11", "--meaning", "x"], 2, "exclude"),
        (["search", "--like", "zz"], 1, "No saved analysis"),
        (["search", "--meaning", " "], 1, "is empty"),
        (["list", "--after", "yesterday"], 2, "--after"),
        (["show", "aa"], 1, "More than one"),
        (["forget"], 2, "ids or --all"),
        (["forget", "aa11", "--all"], 2, "ids or --all"),
        (["forget", "aa11", "zz"], 1, "No saved analysis"),
        (["retention", "0"], 2, "number of days"),
        (["retention", "soon"], 2, "number of days"),
        (["export", "--out", "/nowhere/at/all.json"], 1, "cannot be written"),
    ],
)
def test_refusals(run: Callable[..., Result], kept: Path, words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert left(kept) == set(IDS)


def test_a_saved_report_is_shown_and_written(run: Callable[..., Result], kept: Path) -> None:
    assert "Ferries stop" in run("show", "AA1").output
    out = kept / "report.html"
    assert run("show", "bb", "--format", "html", "--out", str(out)).exit_code == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")
    fields: Any = json.loads(run("show", "bb33", "--format", "json").output)
    assert (fields["id"], fields["state"], fields["article"]["title"]) == ("bb33", "done", "Bakers cheer")


def test_everything_is_written_out_for_its_owner_alone(run: Callable[..., Result], kept: Path) -> None:
    out = kept / "all.json"
    assert run("export", "--out", str(out)).exit_code == 0
    written = json.loads(out.read_text("utf-8"))
    assert [each["id"] for each in written["analyses"]] == list(IDS)
    assert written == {**json.loads(run("export").output), "exported_at": written["exported_at"]}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_forgetting(run: Callable[..., Result], kept: Path) -> None:
    assert "1 analysis forgotten" in run("forget", "bb").output
    assert left(kept) == {"aa11", "aa22"}
    assert "Nothing was forgotten" in run("forget", "--all", input="n\n").output
    assert left(kept) == {"aa11", "aa22"}
    assert "2 analyses forgotten" in run("forget", "--all", input="y\n").output
    assert left(kept) == set()


def test_forgetting_without_a_question(run: Callable[..., Result], kept: Path) -> None:
    assert "3 analyses forgotten" in run("forget", "--all", "--yes").output


def test_retention_asks_before_it_forgets(run: Callable[..., Result], kept: Path) -> None:
    assert "until they are forgotten" in run("retention").output
    assert "Nothing was changed" in run("retention", "30", input="n\n").output
    assert left(kept) == set(IDS)
    assert "until they are forgotten" in run("retention").output
    assert "kept for 30 days" in run("retention", "30", input="y\n").output
    assert left(kept) == {"aa22", "bb33"}
    assert "kept for 60 days" in run("retention", "60").output
    assert "until they are forgotten" in run("retention", "off").output


def test_keeping_is_switched_off_and_on(run: Callable[..., Result], kept: Path) -> None:
    result = run("off")
    assert "no longer kept" in result.output
    assert "3 analyses stay" in result.output
    library = Library.open(kept)
    assert not library.preferences().keeping
    library.close()
    assert run("on").output == "Analyses are kept.\n"
    assert left(kept) == set(IDS)


def test_what_a_page_is_called_cannot_steer_the_terminal(run: Callable[..., Result], folder: Path) -> None:
    library = Library.open(folder)
    title = "Red \x1b[31m alert\u202e [bold]"
    library.save("cc44", {"article": {"text": title}}, request_id="r", versions="v", url="", title=title)
    library.close()
    output = run("list").output
    assert "alert" in output
    assert "[bold]" in output
    assert not {"\x1b", "\u202e"} & set(output)


def test_a_backup_is_made_listed_checked_and_put_back(run: Callable[..., Result], kept: Path) -> None:
    assert "There is no backup" in run("backup", "--list").output
    assert "There is no backup" in run("restore").output
    made = run("backup")
    assert made.exit_code == 0
    [name] = re.findall(r"library-000001-\d{4}-\d\d-\d\d\.sqlite3", made.output)
    assert name in run("backup", "--list").output
    Library.open(kept).close()
    checked = run("check")
    assert checked.exit_code == 0
    for said in ("3 analyses", "exactly what is kept", "journal", "1 whole"):
        assert said in checked.output
    assert "Nothing was changed" in run("restore", input="n\n").output
    put_back = run("restore", name, "--yes")
    assert put_back.exit_code == 0
    assert "3 analyses are kept now" in put_back.output
    assert "library-000002-" in put_back.output
    assert left(kept) == set(IDS)


def test_restoring_what_is_not_there_says_what_to_do(run: Callable[..., Result], kept: Path) -> None:
    result = run("restore", "no-such-file", "--yes")
    assert result.exit_code == 1
    assert "backup --list" in result.output


def test_a_check_changes_nothing_and_fails_where_something_is_wrong(
    run: Callable[..., Result], kept: Path
) -> None:
    assert run("backup").exit_code == 0
    [backup] = (kept / "backups").iterdir()
    content = bytearray((kept / "library.sqlite3").read_bytes())
    for file, damaged in (
        (kept / "library.sqlite3", content[: len(content) // 2]),
        (kept / "library.sqlite3", bytes(16) + content[16:]),
        (backup, b"no backup at all " * 400),
    ):
        whole = file.read_bytes()
        file.write_bytes(damaged)
        result = run("check")
        assert result.exit_code == 1, result.output
        assert "damaged" in result.output
        assert file.read_bytes() == bytes(damaged)
        file.write_bytes(whole)
    assert run("check").exit_code == 0
    assert sorted(path.name for path in kept.iterdir() if "damaged" in path.name) == []


def test_a_check_finds_an_index_that_does_not_know_what_is_kept(
    run: Callable[..., Result], kept: Path
) -> None:
    library = Library.open(kept)
    with library.writing() as connection:
        connection.execute("DELETE FROM search WHERE rowid = 1")
    library.close()
    result = run("check")
    assert result.exit_code == 1
    assert "1 kept but not in the search index" in result.output


def test_forgetting_all_says_that_the_backups_go_too(run: Callable[..., Result], kept: Path) -> None:
    run("backup")
    asked = run("forget", "--all", input="n\n")
    assert "delete 1 copy of the library" in asked.output
    assert left(kept) == set(IDS)
    assert "1 copy of the library deleted" in run("forget", "--all", "--yes").output
    assert list((kept / "backups").iterdir()) == []


def test_forgetting_names_what_was_set_aside(run: Callable[..., Result], kept: Path) -> None:
    (kept / "library.sqlite3.damaged-1").write_bytes(b"x")
    result = run("forget", "aa11")
    assert "in all backups too" in result.output
    assert "library.sqlite3.damaged-1" in result.output
