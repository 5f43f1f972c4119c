"""Several programs write to one library at once: nobody is turned away, and nothing is lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from service_under_test import running
from trust import tries
from truthlens.store import search_index
from truthlens.store.library import Library
from truthlens.store.library_error import LibraryError
from truthlens.store.library_file import FILE_NAME, journal_mode

WRITER = Path(__file__).resolve().parent / "library_writer.py"


def started(folder: Path, name: str, wanted: str, how: str) -> subprocess.Popen[str]:
    script = [sys.executable, str(WRITER), str(folder), name, wanted, how]
    return subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def acknowledged(writers: list[subprocess.Popen[str]]) -> set[str]:
    """What they say is saved; none may have failed, as one would that found the library locked."""
    said: set[str] = set()
    for writer in writers:
        out, err = writer.communicate(timeout=1200)
        assert writer.returncode == 0, err
        said |= set(out.split())
    return said


def kept(folder: Path) -> set[str]:
    """What a new program finds, in a file that is whole."""
    with closing(Library.open(folder, thorough=True)) as library:
        assert library.notice == ""
        with library.reading() as connection:
            assert search_index.faults(connection) == []
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return {row[0] for row in connection.execute("SELECT id FROM analyses")}


def test_service_commands_and_another_program_share_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setattr("truthlens.client.POLL_SECONDS", 0.01)  # else it is that which takes the time
    each = tries(50, 1250)
    data = tmp_path / "data"
    with running(data) as run:
        client = run.client()
        writers = [
            started(data, "command-1", str(each), "anew"),
            started(data, "command-2", str(each), "anew"),
            started(data, "program", str(each), "held"),
        ]
        served = []
        for number in range(each):
            result = client.analyse({"url": "https://news.example/", "text": f"Ferry number {number} stops."})
            assert result["report"]["problems"] == []
            served.append(result["id"])
        said = acknowledged(writers)
        assert len(served) == each
        assert all(run.service.library.result(asked) is not None for asked in served)
    assert len(said) == 3 * each
    found = kept(data)
    assert said <= found
    assert len(found) == 4 * each
    record_property("tried", 4 * each)
    record_property("figure", f"{4 * each:,} saved by 4 programs, 0 found it locked, 0 lost")


def test_eight_writers_and_checkpoints_do_no_damage(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seconds = tries(3, 60)
    Library.open(tmp_path).close()
    writers = [started(tmp_path, f"w{number}", f"{seconds}s", "held") for number in range(8)]
    said = acknowledged([*writers, started(tmp_path, "c", f"{seconds}s", "checkpoint")])
    assert said
    assert kept(tmp_path) == said
    mode = journal_mode(sqlite3.sqlite_version_info)
    record_property("tried", len(said))
    record_property(
        "figure",
        f"{seconds} s, SQLite {sqlite3.sqlite_version}, {mode}: {len(said):,} saved, 0 lost, no damage",
    )


def test_a_backup_is_made_while_others_write(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path)) as library:
        writers = [started(tmp_path, f"w{number}", "3s", "held") for number in range(2)]
        first = writers[0].stdout
        assert first is not None
        seen = {first.readline().strip()}
        made = [library.back_up() for _ in range(3)]
        said = acknowledged(writers) | seen
    for backup in made:
        with closing(sqlite3.connect(backup.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert seen <= {row[0] for row in connection.execute("SELECT id FROM analyses")} <= said
    assert kept(tmp_path) == said


def test_who_waits_too_long_is_told_so(tmp_path: Path) -> None:
    """The lock of a program that stopped in the midst of it; the wait is cut short here."""
    raised: list[LibraryError] = []

    def choose(library: Library) -> None:
        try:
            library.prefer(library.preferences())
        except LibraryError as error:
            raised.append(error)

    with closing(Library.open(tmp_path)) as library:
        with library.reading() as connection:
            connection.execute("PRAGMA busy_timeout = 50")
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            thread = threading.Thread(target=choose, args=(library,))
            thread.start()
            thread.join()
            other.execute("ROLLBACK")
        assert [(error.code, error.status) for error in raised] == [("library_busy", 503)]
        choose(library)
        assert len(raised) == 1
