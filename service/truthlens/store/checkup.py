"""Looking through the library's file without changing it: whole or not, what it holds, how it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from truthlens.store import backups, search_index
from truthlens.store.library_error import DAMAGED, primary_code, told
from truthlens.store.library_file import FILE_NAME, WAL_SAFE_FROM, journal_mode, set_aside
from truthlens.store.schema import MIGRATIONS, version

MOST_FAULTS = 5
RESTORE = "`truthlens library restore` brings back the last backup."


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found; ``remedy`` is "" where nothing is to be done."""

    name: str
    text: str
    remedy: str = ""
    fault: bool = False


def look_through(data_dir: Path) -> Iterator[Looked]:
    """Each check of the library in ``data_dir`` and of its backups. Raises LibraryError."""
    path = data_dir / FILE_NAME
    if not path.is_file():
        yield Looked("file", "there is no library yet", "It begins with the first analysis that is kept.")
    else:
        with told(), closing(_opened(path)) as connection:
            yield from _library(connection)
    yield from _backups(data_dir)
    for aside in set_aside(data_dir):
        yield Looked(
            "aside",
            f"{aside.name} was damaged and may still hold what was forgotten since",
            "Delete the file once nothing in it is wanted; `truthlens library forget --all` does so too.",
        )


def _opened(path: Path) -> sqlite3.Connection:
    # For writing, since only a writer can undo what a killed process left half done. Nothing else is written.
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def _library(connection: sqlite3.Connection) -> Iterator[Looked]:
    try:
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})")]
        if found != ["ok"]:
            yield Looked("file", f"damaged: {found[0].splitlines()[-1]}", RESTORE, fault=True)
            return
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in DAMAGED:
            raise
        yield Looked("file", f"damaged ({error.sqlite_errorname})", RESTORE, fault=True)
        return
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    yield Looked("file", f"whole, {pages * size / 2**20:.1f} MiB in {pages} pages")
    number = version(connection)
    if number != len(MIGRATIONS):
        older = number < len(MIGRATIONS)
        remedy = "It is upgraded when TruthLens next opens it." if older else "Update TruthLens."
        text = f"version {number}; this TruthLens writes {len(MIGRATIONS)}"
        yield Looked("version", text, remedy, fault=not older)
        return
    yield Looked("version", f"{number}, the newest")
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    kept = _count(connection, "analyses")
    without_line = kept - _count(connection, "entries")
    if loose or without_line:
        text = f"{len(loose)} rows point nowhere, {without_line} analyses have no line"
        yield Looked("rows", text, RESTORE, fault=True)
    else:
        about = f"{_count(connection, 'requests')} requests, {_count(connection, 'traces')} traces of events"
        yield Looked("rows", f"{kept} analyses, {about}; all belong together")
    yield _index(connection)
    yield _journal(connection)


def _index(connection: sqlite3.Connection) -> Looked:
    if not search_index.current(connection):
        if search_index.built_in(connection):
            return Looked("search", "no index yet", "It is made when TruthLens next opens the library.")
        return Looked(
            "search", f"no index: SQLite {sqlite3.sqlite_version} was built without full-text search"
        )
    if faults := search_index.faults(connection):
        return Looked("search", "; ".join(faults), RESTORE, fault=True)
    return Looked("search", "the index knows exactly what is kept")


def _journal(connection: sqlite3.Connection) -> Looked:
    since = ".".join(map(str, WAL_SAFE_FROM))
    if journal_mode(sqlite3.sqlite_version_info) == "WAL":
        text = (
            f"write-ahead log: SQLite {sqlite3.sqlite_version} is not older than {since}, which made it safe"
        )
        return Looked("journal", text)
    if connection.execute("PRAGMA journal_mode").fetchone()[0].upper() == "WAL":
        text = f"write-ahead log, which is not safe with SQLite {sqlite3.sqlite_version}"
        return Looked("journal", text, "It is changed when TruthLens next opens the library.")
    return Looked(
        "journal",
        f"rollback journal: SQLite {sqlite3.sqlite_version} is older than {since}, before which a write-ahead"
        " log could damage a library that several programs use",
    )


def _backups(data_dir: Path) -> Iterator[Looked]:
    found = backups.listing(data_dir)
    damaged = [backup.path.name for backup in found if not _is_sound(backup.path)]
    if damaged:
        yield Looked("backups", f"damaged: {', '.join(damaged)}", "Delete these files.", fault=True)
    if whole := len(found) - len(damaged):
        newest = next(backup for backup in found if backup.path.name not in damaged)
        yield Looked("backups", f"{whole} whole, the newest of {newest.day}")
    elif not damaged:
        yield Looked("backups", "none", "`truthlens library backup` makes one.")


def _is_sound(path: Path) -> bool:
    with told(), closing(_opened(path)) as connection:
        return backups.sound(connection)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # our own names
