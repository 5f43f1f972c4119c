"""Backups of the library: made whole or not at all, numbered, few, and without what the reader forgot.

They lie in a folder beside the library, hold what is kept but not who is paired, and can be read by their
owner alone.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from truthlens.store import search_index
from truthlens.store.library_error import DAMAGED, LibraryError, primary_code
from truthlens.store.library_turn import begin

FOLDER = "backups"
MOST = 24
APART = ("pairings", "pairing_code", "pairing_stamp")
"""Tables about who may ask. An old copy of them would let in whom the reader has shut out since."""
STEP_PAGES = 512  # 2 MiB, so that a running service waits for no more than that
_NAME = re.compile(r"library-(\d{6,})-(\d{4}-\d{2}-\d{2})\.sqlite3")
_UNFINISHED = re.compile(r"(library\.(?:partial|restoring)-(\d+)-[0-9a-f]+)(?:-journal|-wal|-shm)?")
_under_way: set[str] = set()  # names of this process's copies; a process id alone may be an earlier one's
_JOURNALS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup. ``number`` counts up whatever the clock does; ``day`` is an ISO date in UTC."""

    path: Path
    number: int
    day: str


def listing(data_dir: Path) -> list[Backup]:
    """The finished backups, the newest first."""
    folder = data_dir / FOLDER
    if not folder.is_dir():
        return []
    named = ((path, _NAME.fullmatch(path.name)) for path in folder.iterdir())
    found = [Backup(path, int(match[1]), match[2]) for path, match in named if match]
    return sorted(found, key=lambda each: -each.number)


def make(connection: sqlite3.Connection, data_dir: Path, *, spare: Path | None = None) -> Backup:
    """Back up the library that is open; of more than 24 the oldest go, but never ``spare``.

    The copy gets its name only when it has been checked, so that no backup is ever half a one.
    Raises LibraryError ``library_damaged``, and sqlite3.Error or OSError when there is no room.
    """
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    sweep(data_dir)
    with scratch(data_dir, "partial") as path, closing(opened(path)) as copy:
        connection.backup(copy, pages=STEP_PAGES, sleep=0.01)
        if not sound(copy):
            raise LibraryError(
                "library_damaged",
                "The library’s file is damaged, so no backup of it was made. Earlier ones are untouched.",
                "`truthlens library check` says what is wrong, `truthlens library restore` puts back the last"
                " backup.",
                status=503,
            )
        _leave_out(copy)
        with _held(connection):
            # Whatever was forgotten while pages were copied; see Library._drop for the other half.
            left = _ids(connection)
            _delete(copy, lambda held: _ids(held) - left)
            backup = _named(path, folder)
    for old in listing(data_dir)[MOST:]:
        if old.path != spare:
            remove(old.path)
    return backup


def _named(path: Path, folder: Path) -> Backup:
    """Under its final name, which nothing else has."""
    _sync(path)
    while True:
        newest = listing(folder.parent)
        number = newest[0].number + 1 if newest else 1
        day = time.strftime("%Y-%m-%d", time.gmtime())
        final = folder / f"library-{number:06}-{day}.sqlite3"
        try:
            os.link(path, final)  # unlike a rename, never in the place of another
        except FileExistsError:
            continue
        except OSError:  # a file system without links
            path.rename(final)
        _sync(folder)
        return Backup(final, number, day)


def erase(data_dir: Path, wanted: Callable[[sqlite3.Connection], Iterable[str]]) -> None:
    """Delete from all backups the analyses whose ids ``wanted`` reads from each.

    A backup that is damaged is removed, since it can be neither put back nor searched.
    """
    sweep(data_dir)
    for backup in listing(data_dir):
        try:
            with closing(opened(backup.path)) as connection:
                _delete(connection, wanted)
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in DAMAGED:
                raise
            remove(backup.path)


def clear(data_dir: Path) -> None:
    """Remove every backup."""
    sweep(data_dir)
    for backup in listing(data_dir):
        remove(backup.path)


def remove(path: Path) -> None:
    """A database's file and what SQLite left beside it."""
    for name in (path.name, *(path.name + suffix for suffix in _JOURNALS)):
        path.with_name(name).unlink(missing_ok=True)


def opened(path: Path) -> sqlite3.Connection:
    """A backup or a copy on its way, in autocommit mode, with settings as strict as the library's."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong in the whole file."""
    try:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in DAMAGED:
            raise
        return False


@contextmanager
def scratch(data_dir: Path, purpose: str) -> Iterator[Path]:
    """A place for a copy on its way, which is gone afterwards, also after a crash: see ``sweep``."""
    path = data_dir / FOLDER / f"library.{purpose}-{os.getpid()}-{secrets.token_hex(4)}"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    _under_way.add(path.name)
    try:
        yield path
    finally:
        remove(path)
        _under_way.discard(path.name)


def sweep(data_dir: Path) -> None:
    """Remove what processes left that were killed in the midst of a copy."""
    folder = data_dir / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _UNFINISHED.fullmatch(path.name)
        if match and match[1] not in _under_way and not _runs(int(match[2])):
            path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether this is another process that runs; an earlier one may have had our own number."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _leave_out(copy: sqlite3.Connection) -> None:
    """Drop who is paired, and the search index, which is made anew from the texts when it is wanted."""
    names = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute("BEGIN IMMEDIATE")
    for table in APART:
        if table in names:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  # names from above
    if "search" in names:
        search_index.leave_out(copy)
    copy.execute("COMMIT")


@contextmanager
def _held(connection: sqlite3.Connection) -> Iterator[None]:
    """No other connection writes meanwhile, where this one is not already inside a transaction."""
    if connection.in_transaction:
        yield
        return
    begin(connection)
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _ids(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT id FROM analyses")}


def _delete(connection: sqlite3.Connection, wanted: Callable[[sqlite3.Connection], Iterable[str]]) -> None:
    held = _ids(connection)
    ids = [(each,) for each in wanted(connection) if each in held]
    if ids:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM analyses WHERE id = ?", ids)
        connection.execute("COMMIT")


def _sync(path: Path) -> None:
    with suppress(OSError):  # some file systems have nothing to say about folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
