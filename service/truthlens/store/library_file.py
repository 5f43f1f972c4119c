"""Opening the library's file: private, with the settings that keep what was acknowledged, or set aside."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from truthlens.errors import ServiceError
from truthlens.store import search_index
from truthlens.store.schema import migrate

FILE_NAME = "library.sqlite3"
WAL_SAFE_FROM = (3, 51, 3)  # a write-ahead log could be reset under a second connection before that
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_file(data_dir: Path, *, thorough: bool) -> tuple[sqlite3.Connection, str]:
    """A connection in autocommit mode for all threads, and a notice for the reader ("" when all is well).

    Raises ServiceError ``library_newer``, or ``library_unreadable`` when folder or file cannot be used.
    """
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(data_dir.iterdir()):  # a folder that holds other things is not ours to close
            data_dir.chmod(0o700)
        try:
            return _connect(path, thorough=thorough), ""
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _DAMAGED:
                raise
        notice = _set_aside(path)
        return _connect(path, thorough=False), notice
    except OSError as error:
        raise _unreadable(error.strerror or "unknown reason") from error
    except sqlite3.OperationalError as error:
        raise _unreadable(error.sqlite_errorname) from error


def _unreadable(reason: str) -> ServiceError:
    return ServiceError(
        "library_unreadable",
        f"The folder or the database for saved analyses cannot be used ({reason}).",
        "Check its permissions and the free space, or set TRUTHLENS_DATA_DIR to another folder.",
        status=503,
    )


def journal_mode(sqlite_version: tuple[int, ...]) -> str:
    """WAL where it is safe with several processes, else a rollback journal that is emptied after use."""
    return "WAL" if sqlite_version >= WAL_SAFE_FROM else "TRUNCATE"


def _connect(path: Path, *, thorough: bool) -> sqlite3.Connection:
    # Created here and not by SQLite, which would follow the umask; its journals copy these permissions.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection)
        if thorough:
            _check(connection)
        search_index.prepare(connection)
        connection.execute(f"PRAGMA journal_mode = {journal_mode(sqlite3.sqlite_version_info)}")
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        error = sqlite3.DatabaseError("quick_check found damage")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.rename(aside)
    for suffix in ("-journal", "-wal"):  # parts of the damaged file, which its successor must not replay
        part = path.with_name(path.name + suffix)
        if part.exists() and part.stat().st_size == 0:
            part.unlink()
        elif part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return (
        f"The library was damaged and has been set aside as {aside.name}. A new one was started:"
        " earlier analyses are not in it, and browsers have to be paired again."
    )
