"""Opening the library's file: private, with the settings that keep what was acknowledged, or set aside."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from truthlens.errors import ServiceError
from truthlens.store import backups, search_index
from truthlens.store.library_error import DAMAGED, LibraryError, primary_code
from truthlens.store.library_turn import BUSY_MS, look_in
from truthlens.store.schema import MIGRATIONS, migrate, refuse_newer, version

FILE_NAME = "library.sqlite3"
WAL_SAFE_FROM = (3, 51, 3)  # a write-ahead log could be reset under a second connection before that
READ_ONLY = (
    "The library’s folder cannot be written: what was saved before can be read, and nothing new is saved."
    " Check its permissions, then start TruthLens again."
)
NOWHERE = (0, 0)
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection in autocommit mode for all threads. ``notice`` is for the reader, "" when all is well;
    ``identity`` tells the file from another one in its place.
    """

    connection: sqlite3.Connection
    notice: str
    identity: tuple[int, int]


def open_file(data_dir: Path, *, thorough: bool) -> Opened:
    """Open or create the file; ``thorough`` reads all of it. A damaged one is set aside for a new one.

    Raises ServiceError ``library_newer``, or ``library_unreadable`` when folder or file cannot be used.
    """
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(data_dir.iterdir()):  # a folder that holds other things is not ours to close
            data_dir.chmod(0o700)
        before = identity(path)
        try:
            return Opened(_connect(path, thorough=thorough), "", identity(path))
        except OSError as error:
            if error.errno not in _CLOSED or before == NOWHERE:
                raise
            return Opened(_connect_to_read(path), READ_ONLY, before)
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in DAMAGED:
                raise
        notice = "" if identity(path) != before else _set_aside(path)  # else another process was quicker
        return Opened(_connect(path, thorough=False), notice, identity(path))
    except OSError as error:
        raise _unreadable(error.strerror or "unknown reason") from error
    except sqlite3.OperationalError as error:
        raise _unreadable(error.sqlite_errorname) from error


def identity(path: Path) -> tuple[int, int]:
    """What tells a file from another one that takes its place; NOWHERE where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return NOWHERE
    return found.st_dev, found.st_ino


def set_aside(data_dir: Path) -> list[Path]:
    """Damaged libraries that were set aside, which may still hold what was forgotten since; oldest first."""
    return sorted(data_dir.glob(f"{FILE_NAME}.damaged-*"), key=lambda path: path.name)


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
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        look_in(connection)
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        look_in(connection)
        if 0 < version(connection) < len(MIGRATIONS):
            _back_up(connection, path.parent)
        migrate(connection)
        if thorough:
            _check(connection)
        look_in(connection)
        search_index.prepare(connection)
        connection.execute(f"PRAGMA journal_mode = {journal_mode(sqlite3.sqlite_version_info)}")
    except BaseException:
        connection.close()
        raise
    return connection


def _back_up(connection: sqlite3.Connection, data_dir: Path) -> None:
    try:
        backups.make(connection, data_dir)
    except LibraryError as error:  # it is damaged: what cannot be copied whole must not be migrated either
        raise _damage("the copy before a migration is not sound") from error


def _connect_to_read(path: Path) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        refuse_newer(connection)
        older = version(connection) < len(MIGRATIONS)
    except BaseException:
        connection.close()
        raise
    if older:
        connection.close()
        raise _unreadable("it has to be upgraded and cannot be written")
    return connection


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise _damage("quick_check found damage")


def _damage(what: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.rename(aside)
    for suffix in ("-journal", "-wal"):  # parts of the damaged file, which its successor must not replay
        part = path.with_name(path.name + suffix)
        if part.exists() and part.stat().st_size == 0:
            part.unlink()
        elif part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    remedy = (
        " `truthlens library restore` brings back the last backup." if backups.listing(path.parent) else ""
    )
    return (
        f"The library was damaged and has been set aside as {aside.name}. A new one was started:"
        f" earlier analyses are not in it, and browsers have to be paired again.{remedy}"
    )
