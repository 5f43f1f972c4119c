"""The file: private, migrated step by step, set aside when damaged, refused when newer; deleting deletes."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from truthlens.errors import ServiceError
from truthlens.server.library_reply import export
from truthlens.store import schema, search_index
from truthlens.store.library import DAY_SECONDS, Library
from truthlens.store.library_entry import StoredTrace
from truthlens.store.library_error import LibraryError
from truthlens.store.library_file import FILE_NAME, journal_mode
from truthlens.store.preferences import Preferences
from truthlens.store.schema import MIGRATIONS, migrate


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def save(library: Library, analysis_id: str, request_id: str, versions: str = "v1") -> None:
    library.save(
        analysis_id,
        {"article": {"text": f"canary-{analysis_id}"}},
        request_id=request_id,
        versions=versions,
        url=f"https://news.example/{analysis_id}",
        title=f"Title {analysis_id}",
    )


def test_the_folder_and_its_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        opened = Library.open(tmp_path / "parent" / "data")
        with opened.writing() as connection:
            connection.execute("DELETE FROM pairings")
            journals = list((tmp_path / "parent" / "data").iterdir())
        opened.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "parent" / "data").stat().st_mode) == 0o700
    assert (tmp_path / "parent" / "data" / FILE_NAME) in journals
    for file in (tmp_path / "parent" / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch(mode=0o644)
    Library.open(tmp_path).close()
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_folder_that_holds_other_things_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    tmp_path.chmod(0o755)
    Library.open(tmp_path).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_the_connection_is_set_up_to_keep_what_it_acknowledged(library: Library) -> None:
    wanted = {"synchronous": 2, "foreign_keys": 1, "mmap_size": 0, "busy_timeout": 20_000, "secure_delete": 1}
    with library.reading() as connection:
        for name, value in wanted.items():
            row = connection.execute(f"PRAGMA {name}").fetchone()
            assert (row[0] if row else 0) == value, name
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode.upper() == journal_mode(sqlite3.sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "TRUNCATE"), ((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL"), ((3, 53, 0), "WAL")],
)
def test_the_log_is_used_only_where_it_is_sound(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_a_result_answers_its_request_and_its_own_id(library: Library) -> None:
    save(library, "a", "r")
    expected = {"article": {"text": "canary-a"}}
    assert library.result("r") == library.result("a") == expected
    assert library.result("r", versions="v1") == expected
    assert library.result("r", versions="v2") is None
    assert library.result("x") is None


def test_one_analysis_may_answer_several_requests(library: Library) -> None:
    save(library, "a", "r1")
    assert library.reuse("a", request_id="r2")
    assert not library.reuse("b", request_id="r3")
    assert library.result("r1") == library.result("r2")
    assert library.result("r3") is None
    save(library, "b", "r1")
    assert library.result("r1") == {"article": {"text": "canary-b"}}


def test_the_listing_shows_the_newest_first(library: Library) -> None:
    for name in "abc":
        save(library, name, f"r{name}")
    assert [saved.id for saved in library.listing()] == ["c", "b", "a"]
    assert [saved.title for saved in library.listing(limit=1)] == ["Title c"]


def test_forgetting_leaves_nothing_behind(library: Library, tmp_path: Path) -> None:
    save(library, "a", "r1")
    library.reuse("a", request_id="r2")
    assert library.forget("r2")
    assert library.result("r1") is None
    assert not library.forget("r1")
    library.close()
    assert not any(b"canary-a" in file.read_bytes() for file in tmp_path.iterdir())


ARTICLE = {
    "text": "Ferries stop\nThe harbour board suspended every quizzical ferry on Tuesday.",
    "title": "Ferries stop",
    "url": "https://news.example/ferries?from=home",
    "canonical_url": "https://news.example/ferries",
    "outlet": "The Tideway",
    "published": "2025-03-04T08:00:00+01:00",
    "language": "en",
    "words": 11,
}
RESULT = {
    "article": ARTICLE,
    "report": {"counts": {"findings": 5, "by_voice": {"own": 2, "quote": 1, "attributed": 1, "headline": 1}}},
}
TRACE = StoredTrace(
    model="m", vector=b"\0\x3c" + bytes(766), names=("harbour board",), published="2025-03-04"
)


def save_article(library: Library, analysis_id: str = "a", **changed: str) -> None:
    article = {**ARTICLE, **changed}
    library.save(
        analysis_id,
        {**RESULT, "article": article},
        request_id=f"r{analysis_id}",
        versions="v1",
        url=str(article["url"]),
        title=str(article["title"]),
        trace=TRACE,
    )


def age(library: Library, analysis_id: str, days: float) -> None:
    with library.writing() as connection:
        moment = time.time() - days * DAY_SECONDS
        connection.execute("UPDATE analyses SET created_at = ? WHERE id = ?", (moment, analysis_id))


def holding(folder: Path, *words: bytes) -> list[str]:
    """Files that hold one of these words."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files for word in words if word in file.read_bytes().lower()]


def test_a_line_of_the_library_needs_no_result(library: Library) -> None:
    save_article(library)
    saved = library.saved("ra")
    assert saved is not None
    assert (saved.id, saved.title, saved.outlet) == ("a", "Ferries stop", "The Tideway")
    assert (saved.words, saved.findings, saved.own_findings, saved.traced) == (11, 5, 3, True)
    assert library.listing() == [saved]
    assert library.saved("x") is None


def test_ids_are_found_by_their_beginning(library: Library) -> None:
    for name in ("ab1", "ab2", "cd"):
        save(library, name, f"r{name}")
    assert library.beginning_with("c") == ["cd"]
    assert len(library.beginning_with("ab")) == 2
    assert library.beginning_with("b") == library.beginning_with("%") == []


def test_versions_of_an_article_are_found_by_either_address(library: Library) -> None:
    save_article(library, "a")
    save_article(library, "b", url="https://news.example/ferries", canonical_url="", text="Other words.")
    save_article(library, "c", url="https://news.example/trams", canonical_url="")
    same = library.same_article("https://news.example/ferries", "https://news.example/ferries?from=home")
    assert [saved.id for saved in same] == ["b", "a"]
    assert library.same_article("", "") == []


def test_files_of_this_computer_are_no_versions_of_one_another(library: Library) -> None:
    for name in "ab":
        save_article(library, name, url="http://file.invalid/", canonical_url="")
    assert library.same_article("http://file.invalid/") == []


@pytest.mark.parametrize("how", ["forget", "forget_all", "retention"])
def test_what_is_gone_leaves_neither_text_nor_words_behind(
    library: Library, tmp_path: Path, how: str
) -> None:
    save_article(library)
    age(library, "a", 40)
    save(library, "kept", "rk")
    library.back_up()
    assert len(holding(tmp_path, b"quizzic")) == 2
    match how:
        case "forget":
            assert library.forget("ra")
        case "forget_all":
            assert library.forget_all() == 2
        case "retention":
            library.prefer(Preferences(retention_days=30))
    library.close()
    assert holding(tmp_path, b"quizzic", b"suspend", b"ferri", b"harbour board") == []


def test_deleting_everything_spares_preferences_and_pairings(library: Library) -> None:
    library.prefer(Preferences(keeping=False, retention_days=9))
    with library.writing() as connection:
        connection.execute("INSERT INTO pairings VALUES ('', 'n', 'h', 1.0)")
    for name in "ab":
        save_article(library, name)
    assert library.forget_all() == 2
    assert library.forget_all() == 0
    assert library.listing() == []
    assert library.preferences() == Preferences(keeping=False, retention_days=9)
    with library.reading() as connection:
        assert connection.execute("SELECT count(*) FROM pairings").fetchone() == (1,)
        for table in ("requests", "entries", "traces", "search"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_everything_is_kept_until_the_reader_says_otherwise(library: Library) -> None:
    assert library.preferences() == Preferences(keeping=True, retention_days=None)
    save_article(library)
    age(library, "a", 10_000)
    assert library.apply_retention() == 0


def test_what_is_past_its_time_goes_with_the_next_save(library: Library) -> None:
    for name in "ab":
        save_article(library, name)
    library.prefer(Preferences(retention_days=7))
    age(library, "a", 7.5)
    age(library, "b", 6.5)
    save_article(library, "c")
    assert {saved.id for saved in library.listing()} == {"b", "c"}


def version_1(folder: Path) -> None:
    """A file as the first version of TruthLens left it."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    migrate(connection, MIGRATIONS[:1])
    bare = {"article": {"text": "Bare."}}
    for number, (name, result) in enumerate((("a", RESULT), ("b", bare))):
        connection.execute(
            "INSERT INTO analyses VALUES (?, 'v1', ?, ?, ?, ?)",
            (name, ARTICLE["url"], ARTICLE["title"], 86_400.0 + number, json.dumps(result).encode()),
        )
        connection.execute("INSERT INTO requests VALUES (?, ?)", (f"r{name}", name))
    connection.execute("INSERT INTO pairings VALUES ('', 'n', 'h', 1.0)")
    connection.close()


def test_a_file_of_version_1_keeps_its_rows_and_gets_their_lines(tmp_path: Path) -> None:
    version_1(tmp_path)
    library = Library.open(tmp_path, thorough=True)
    newest, oldest = library.listing()
    assert library.notice == ""
    assert (oldest.id, oldest.outlet, oldest.canonical_url) == ("a", "The Tideway", ARTICLE["canonical_url"])
    assert (oldest.words, oldest.findings, oldest.own_findings, oldest.traced) == (11, 5, 3, False)
    assert (newest.id, newest.outlet, newest.words, newest.findings) == ("b", "", 0, 0)
    assert library.result("ra") == RESULT
    with library.reading() as connection:
        days = dict(connection.execute("SELECT analysis_id, day FROM entries").fetchall())
        assert days == {"a": "2025-03-04", "b": "1970-01-02"}
        assert len(search_index.matching(connection, ["quizzical"])) == 1
        assert connection.execute("SELECT count(*) FROM pairings").fetchone() == (1,)
    assert library.forget("a")
    library.close()
    assert holding(tmp_path, b"quizzic") == []


def test_what_is_written_out_can_be_read_and_is_all_there_is(library: Library) -> None:
    assert json.loads(b"".join(export(library)))["analyses"] == []
    save_article(library)
    save(library, "b", "rb")
    written = json.loads(b"".join(export(library)))
    assert written["preferences"] == {"keeping": True, "retention_days": None}
    first, second = written["analyses"]
    assert first["result"] == RESULT
    assert first["event"] == {
        "model": "m",
        "vector": [1.0] + [0.0] * 383,
        "names": ["harbour board"],
        "published": "2025-03-04",
    }
    assert (second["id"], second["event"]) == ("b", None)
    assert second["result"] == {"article": {"text": "canary-b"}}


def test_a_build_without_full_text_search_empties_the_index_and_the_next_one_fills_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_index = Library.open(tmp_path)
    for name in "ad":
        save_article(with_index, name)
    with_index.close()
    with monkeypatch.context() as without:
        without.setattr(search_index, "built_in", lambda _: False)
        library = Library.open(tmp_path)
        second = {"title": "Second", "url": "https://news.example/2", "canonical_url": ""}
        save_article(library, "b", text="The second one, quizzical too.", **second)
        with library.reading() as connection:
            assert len(search_index.matching(connection, ["quizzical"])) == 3
        assert library.forget("a")
        assert library.forget("d")
        library.close()
        assert holding(tmp_path, b"ferri") == []
    again = Library.open(tmp_path, thorough=True)
    assert (again.notice, [saved.id for saved in again.listing()]) == ("", ["b"])
    save_article(again, "c")
    with again.reading() as connection:
        assert search_index.current(connection)
        assert len(search_index.matching(connection, ["quizzical"])) == 2
    again.close()


def test_a_block_that_raises_changes_nothing(library: Library) -> None:
    save(library, "a", "r")

    def delete_and_fail() -> None:
        with library.writing() as connection:
            connection.execute("DELETE FROM analyses")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        delete_and_fail()
    assert library.result("r")


def test_threads_share_a_library(library: Library) -> None:
    def work(number: int) -> None:
        for turn in range(20):
            save(library, f"{number}-{turn}", f"r{number}-{turn}")
            assert library.result(f"r{number}-{turn}") is not None

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.listing(limit=1000)) == 80


def test_two_processes_may_open_the_file(library: Library, tmp_path: Path) -> None:
    other = Library.open(tmp_path)
    save(other, "a", "r")
    assert library.result("r")
    other.close()


def test_each_migration_is_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.open(tmp_path).close()
    more = (*MIGRATIONS, ("ALTER TABLE analyses ADD COLUMN note TEXT NOT NULL DEFAULT ''",))
    connection = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    connection.execute("INSERT INTO analyses VALUES ('a', 'v', 'u', 't', 1.0, x'7b7d')")
    migrate(connection, more)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    assert connection.execute("SELECT id, note FROM analyses").fetchall() == [("a", "")]
    broken = (*more, ("CREATE TABLE half (id TEXT)", "CREATE TABLE half (id TEXT)"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(more),)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    connection.close()


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(ServiceError) as caught:
        Library.open(tmp_path)
    assert caught.value.code == "library_newer"
    assert (tmp_path / FILE_NAME).read_bytes() == before


def spoil(file: Path, kind: str) -> None:
    content = bytearray(file.read_bytes())
    match kind:
        case "text":
            content[:] = b"this is not a database, and never was " * 100
        case "header":
            content[:16] = b"\0" * 16
        case "pages":
            content[4096 : 4096 * 3] = b"\xff" * (4096 * 2)
        case "cut":
            del content[4096 + 100 :]
    file.write_bytes(content)


@pytest.mark.parametrize("kind", ["text", "header", "pages", "cut"])
def test_a_damaged_file_is_set_aside_and_the_reader_told(tmp_path: Path, kind: str) -> None:
    with_rows = Library.open(tmp_path)
    save(with_rows, "a", "r")
    with_rows.close()
    spoil(tmp_path / FILE_NAME, kind)
    damaged = (tmp_path / FILE_NAME).read_bytes()
    opened = Library.open(tmp_path, thorough=True)
    aside = [file for file in tmp_path.iterdir() if ".damaged-" in file.name]
    assert len(aside) == 1
    assert aside[0].name in opened.notice
    assert aside[0].read_bytes() == damaged
    assert opened.result("r") is None
    save(opened, "a", "r")
    assert opened.result("r")
    opened.close()
    again = Library.open(tmp_path, thorough=True)
    assert again.notice == ""
    again.close()


def test_a_full_disk_loses_nothing_that_was_stored(library: Library) -> None:
    save(library, "a", "r")
    with library.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="disk_full"):
        library.save("b", {"text": "x" * 100_000}, request_id="s", versions="v1", url="", title="")
    assert library.result("r")
    assert library.result("s") is None
    with library.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    save(library, "b", "s")
    assert library.result("s")
