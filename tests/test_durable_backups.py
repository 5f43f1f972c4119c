"""Backups: whole, few, never in the place of another, without who is paired; and put back in one step."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from service_under_test import CHROME, ask, client_headers, running
from truthlens.errors import ServiceError
from truthlens.server.pairing import Pairings
from truthlens.store import backups, search_index
from truthlens.store.library import Library
from truthlens.store.library_error import LibraryError
from truthlens.store.library_file import FILE_NAME
from truthlens.store.preferences import Preferences
from truthlens.store.restoring import restore
from truthlens.store.schema import MIGRATIONS, migrate


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def save(library: Library, *names: str) -> None:
    for name in names:
        article = {"text": f"{name} title\nThe harbour board of {name} met.", "title": f"{name} title"}
        library.save(
            name, {"article": article}, request_id=f"r{name}", versions="v", url="", title=f"{name} title"
        )


def names(library: Library) -> list[str]:
    return [saved.id for saved in library.listing()]


def found(library: Library, word: str) -> int:
    with library.reading() as connection:
        return len(search_index.matching(connection, [word]))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_backup_is_private_whole_and_without_who_is_paired(library: Library, tmp_path: Path) -> None:
    save(library, "a", "b")
    Pairings(library).issue_cli()
    with library.reading() as connection:
        [token] = connection.execute("SELECT token_sha256 FROM pairings").fetchone()
    backup = library.back_up()
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.path.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT id FROM analyses").fetchall() == [("a",), ("b",)]
        for table in backups.APART:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert token.encode() not in backup.path.read_bytes()
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]


def test_the_latest_24_are_kept_also_when_the_clock_goes_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for turn in range(27):
        monkeypatch.setattr("time.gmtime", lambda turn=turn: (2030 - turn, 1, 1, 0, 0, 0, 0, 1, 0))
        library.back_up()
    kept = backups.listing(library.data_dir)
    assert [backup.number for backup in kept] == list(range(27, 3, -1))
    assert kept[0].day < kept[-1].day


def test_a_backup_takes_the_place_of_no_other(library: Library) -> None:
    first = library.back_up()
    content = digest(first.path)
    save(library, "a")
    assert library.back_up().number == first.number + 1
    assert digest(first.path) == content


def test_of_a_damaged_library_no_backup_is_made(library: Library, tmp_path: Path) -> None:
    save(library, *(f"n{number}" for number in range(40)))
    good = library.back_up()
    content = digest(good.path)
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096 * 8)
    with (
        closing(Library.open(tmp_path)) as another,  # which has no good pages in memory
        pytest.raises(LibraryError, match="library_damaged"),
    ):
        another.back_up()
    assert [backup.path for backup in backups.listing(tmp_path)] == [good.path]
    assert digest(good.path) == content
    assert [path.name for path in good.path.parent.iterdir()] == [good.path.name]


def test_what_was_forgotten_while_a_backup_was_made_is_not_in_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages are copied, then the reader forgets, then the backup gets its name."""
    save(library, "a", "b")
    checked = backups.sound

    def forgetting(copy: sqlite3.Connection) -> bool:
        with closing(Library.open(library.data_dir)) as other:
            assert other.forget("a")
        return checked(copy)

    monkeypatch.setattr(backups, "sound", forgetting)
    backup = library.back_up()
    assert b"harbour board of a " not in backup.path.read_bytes()
    assert b"harbour board of b " in backup.path.read_bytes()


def test_restoring_replaces_what_is_kept_and_keeps_that_as_a_backup(library: Library) -> None:
    save(library, "a", "b")
    backup = library.back_up()
    library.forget("a")
    save(library, "c")
    done = restore(library, backup.path)
    assert (done.analyses, names(library)) == (1, ["b"])  # what was forgotten does not come back
    assert (found(library, "b"), found(library, "c")) == (1, 0)
    assert library.result("rb") is not None
    restore(library, done.before.path)
    assert names(library) == ["c", "b"]
    save(library, "d")
    assert library.forget("c")
    assert found(library, "harbour") == 2


def test_restoring_does_not_bring_back_who_was_paired(tmp_path: Path) -> None:
    """Not from our backups, nor from a copy of the library itself; who is paired now stays paired."""
    data = tmp_path / "data"
    with running(data) as run:
        revoked, kept = run.token(CHROME), run.cli_token()
        save(run.service.library, "a")
        with closing(sqlite3.connect(tmp_path / "copy")) as copy, run.service.library.reading() as connection:
            connection.backup(copy)
        backup = run.service.library.back_up()
        assert run.service.pairings.revoke(CHROME)
        for source in (backup.path, tmp_path / "copy"):
            # Another process, as `truthlens library restore` is, while the service runs.
            with closing(Library.open(data)) as other:
                assert restore(other, source).analyses == 1
            headers = client_headers(revoked, ("Origin", CHROME))
            assert ask(run.port, "GET", "/v1/library", client_headers(revoked)).status == 401
            assert ask(run.port, "PUT", "/v1/library/preferences", headers, b"{}").status in {401, 403}
            assert ask(run.port, "GET", "/v1/library", client_headers(kept)).json["total"] == 1


def test_restoring_keeps_what_the_reader_chose_since(library: Library, tmp_path: Path) -> None:
    library.prefer(Preferences(keeping=True, retention_days=None))
    backup = library.back_up()
    library.prefer(Preferences(keeping=False, retention_days=7))
    restore(library, backup.path)
    assert library.preferences() == Preferences(keeping=False, retention_days=7)
    with closing(Library.open(tmp_path / "new")) as fresh:
        restore(fresh, backup.path)
        assert fresh.preferences() == Preferences(keeping=True, retention_days=None)


def test_a_backup_of_the_first_version_is_upgraded_and_itself_left_alone(
    library: Library, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        result = b'{"article": {"text": "An old harbour."}}'
        connection.execute("INSERT INTO analyses VALUES ('old', 'v', '', 'Old', 1.0, ?)", (result,))
        connection.execute("INSERT INTO pairings VALUES ('', 'n', 'h', 1.0)")
    content = digest(old)
    restore(library, old)
    assert (names(library), found(library, "harbour")) == (["old"], 1)
    assert Pairings(library).listing() == []
    assert digest(old) == content


@pytest.mark.parametrize("kind", ["damaged", "cut", "text", "empty", "other", "newer", "missing"])
def test_what_is_no_good_backup_is_refused_and_nothing_changed(
    library: Library, tmp_path: Path, kind: str
) -> None:
    save(library, *(f"n{number}" for number in range(40)))
    source = tmp_path / "source.sqlite3"
    content = bytearray(library.back_up().path.read_bytes())
    if kind == "damaged":
        content[4096 * 6 : 4096 * 10] = b"\xff" * (4096 * 4)
    elif kind == "cut":
        del content[4096 * 6 :]
    elif kind == "text":
        content[:] = b"no database at all " * 500
    elif kind == "empty":
        content.clear()
    source.write_bytes(content)
    if kind in {"other", "newer"}:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            if kind == "newer":
                connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
            else:
                connection.execute("DROP TABLE analyses")
    if kind == "missing":
        source.unlink()
    before, kept = digest(source) if source.exists() else "", names(library)
    copies = backups.listing(tmp_path)
    with pytest.raises(ServiceError) as caught:
        restore(library, source)
    codes = {"newer": "library_newer", "missing": "no_backup"}
    assert caught.value.code == codes.get(kind, "backup_damaged")
    assert caught.value.remedy
    assert names(library) == kept
    assert backups.listing(tmp_path) == copies
    assert (digest(source) if source.exists() else "") == before


def test_the_backup_that_is_restored_is_not_rotated_away(library: Library) -> None:
    save(library, "first")
    oldest = library.back_up()
    for _ in range(backups.MOST - 1):
        library.back_up()
    restore(library, oldest.path)
    assert oldest.path.exists()


@pytest.mark.parametrize("released", range(1, len(MIGRATIONS)))
def test_before_a_migration_there_is_a_backup(tmp_path: Path, released: int) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:released])
        connection.execute("INSERT INTO analyses VALUES ('a', 'v', '', 'A', 1.0, x'7b7d')")
    with closing(Library.open(tmp_path)) as library:
        [backup] = backups.listing(tmp_path)
        assert library.notice == ""
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (released,)
        assert connection.execute("SELECT id FROM analyses").fetchall() == [("a",)]
    Library.open(tmp_path).close()
    assert backups.listing(tmp_path) == [backup]
