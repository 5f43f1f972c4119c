"""Putting a backup in the place of what is kept, in one transaction and also while the service runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from truthlens.errors import ServiceError
from truthlens.store import backups, search_index
from truthlens.store.backups import APART, Backup
from truthlens.store.library import Library
from truthlens.store.library_error import DAMAGED, primary_code, told
from truthlens.store.schema import migrate, refuse_newer, version


@dataclass(frozen=True, slots=True)
class Restored:
    """How many analyses are kept now, and the backup of what was kept before."""

    analyses: int
    before: Backup


def restore(library: Library, source: Path) -> Restored:
    """Keep from now on what the file ``source`` holds. Whoever is paired stays paired, and nobody else is.

    The file is only read. What the reader chose stays, unless nothing was chosen since.
    Raises ServiceError ``no_backup``, ``backup_damaged`` or ``library_newer``, and LibraryError; then
    nothing has changed.
    """
    if not source.is_file():
        raise ServiceError(
            "no_backup", "There is no such backup.", "`truthlens library backup --list` shows them."
        )
    with told(), backups.scratch(library.data_dir, "restoring") as ready:
        _make_ready(source, ready)
        before = library.back_up(spare=source)
        with library.reading() as connection:  # held throughout; a file cannot be attached in a transaction
            connection.execute("ATTACH DATABASE ? AS old", (str(ready),))
            try:
                with library.writing():
                    _replace(connection)
                    count = connection.execute("SELECT count(*) FROM analyses").fetchone()[0]
            finally:
                connection.execute("DETACH DATABASE old")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # does nothing without a log
    return Restored(count, before)


def _make_ready(source: Path, ready: Path) -> None:
    """A checked copy in the newest version."""
    _settle(source)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(backups.opened(ready)) as copy,
        ):
            if old.execute("SELECT 1 FROM sqlite_master WHERE name = 'analyses'").fetchone() is None:
                raise _damaged()
            refuse_newer(old)
            old.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if version(copy) == 0 or not backups.sound(copy):
                raise _damaged()
            migrate(copy)
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in DAMAGED:
            raise
        raise _damaged() from error


def _settle(source: Path) -> None:
    """Undo what a killed process left half done in one of our backups, which only a writer can."""
    journal = source.with_name(source.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()


def _replace(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    named = "SELECT name FROM old.sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    tables = [row[0] for row in connection.execute(named)]
    for table in tables:
        if table in (*APART, "preferences") or table == "search" or table.startswith("search_"):
            continue
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA old.table_info({table})"))
        connection.execute(f"DELETE FROM main.{table}")  # noqa: S608  # names of our own tables
        connection.execute(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM old.{table} ORDER BY rowid"  # noqa: S608
        )
    connection.execute(
        "INSERT OR IGNORE INTO main.preferences SELECT * FROM old.preferences WHERE name <> 'search_index'"
    )
    if search_index.built_in(connection):
        search_index.rebuild(connection)


def _damaged() -> ServiceError:
    return ServiceError(
        "backup_damaged",
        "The file is damaged or no library of TruthLens. Nothing was changed.",
        "Choose another one: `truthlens library backup --list` shows them.",
    )
