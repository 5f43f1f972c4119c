"""The one SQLite file: finished analyses and, in tables of `pairing.py`, who may ask for them."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from truthlens.schema import migrate

FILE_NAME = "library.sqlite3"
WAL_SAFE_FROM = (3, 51, 3)  # a write-ahead log could be reset under a second connection before that
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One line of the library. ``created_at`` is in seconds since 1970."""

    id: str
    url: str
    title: str
    created_at: float


class Library:
    """One connection under one lock for all threads of a process; other processes may open the file too.

    ``notice`` is "" or tells the reader that a damaged file was set aside.
    """

    def __init__(self, connection: sqlite3.Connection, notice: str = "") -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.notice = notice

    @classmethod
    def open(cls, data_dir: Path, *, thorough: bool = False) -> Library:
        """Open or create the file in ``data_dir`` (folder 0700, file 0600); ``thorough`` reads all of it.

        Raises ServiceError ``library_newer``.
        """
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(data_dir.iterdir()):  # a folder that holds other things is not ours to close
            data_dir.chmod(0o700)
        path = data_dir / FILE_NAME
        try:
            return cls(_connect(path, thorough=thorough))
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _DAMAGED:
                raise
        notice = _set_aside(path)
        return cls(_connect(path), notice)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction: kept when the block ends, undone when it raises."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    def save(
        self,
        analysis_id: str,
        result: dict[str, object],
        *,
        request_id: str,
        versions: str,
        url: str,
        title: str,
    ) -> None:
        """Keep a finished analysis as the answer to a request."""
        encoded = msgspec.json.encode(result)
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO analyses (id, versions, url, title, created_at, result)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
                (analysis_id, versions, url, title, time.time(), encoded),
            )
            _answer(connection, request_id, analysis_id)

    def reuse(self, analysis_id: str, *, request_id: str) -> bool:
        """Let a stored analysis answer one more request; False when there is none of that id."""
        with self.writing() as connection:
            if connection.execute("SELECT 1 FROM analyses WHERE id = ?", (analysis_id,)).fetchone() is None:
                return False
            _answer(connection, request_id, analysis_id)
            return True

    def result(self, asked_id: str, *, versions: str | None = None) -> dict[str, object] | None:
        """The stored result for the id of a request or of an analysis; None when there is none.

        With ``versions`` only a result that was computed by exactly these.
        """
        with self.reading() as connection:
            row = connection.execute(
                "SELECT result FROM analyses"
                " WHERE id = coalesce((SELECT analysis_id FROM requests WHERE id = ?1), ?1)"
                " AND versions = coalesce(?2, versions)",
                (asked_id, versions),
            ).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=dict[str, object])

    def forget(self, asked_id: str) -> bool:
        """Delete an analysis by its id or a request's, with all requests it answered; False when unknown.

        `secure_delete` overwrites the freed pages, and a write-ahead log is emptied.
        """
        with self.writing() as connection:
            gone = connection.execute(
                "DELETE FROM analyses"
                " WHERE id = coalesce((SELECT analysis_id FROM requests WHERE id = ?1), ?1)",
                (asked_id,),
            ).rowcount
        with self.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # does nothing without a log
        return gone > 0

    def listing(self, limit: int = 100) -> list[Saved]:
        """The newest analyses first."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT id, url, title, created_at FROM analyses ORDER BY created_at DESC, id LIMIT ?",
                (limit,),
            ).fetchall()
        return [Saved(id=row[0], url=row[1], title=row[2], created_at=row[3]) for row in rows]


def journal_mode(sqlite_version: tuple[int, ...]) -> str:
    """WAL where it is safe with several processes, else a rollback journal that is emptied after use."""
    return "WAL" if sqlite_version >= WAL_SAFE_FROM else "TRUNCATE"


def _connect(path: Path, *, thorough: bool = False) -> sqlite3.Connection:
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


def _answer(connection: sqlite3.Connection, request_id: str, analysis_id: str) -> None:
    connection.execute(
        "INSERT INTO requests (id, analysis_id) VALUES (?, ?)"
        " ON CONFLICT(id) DO UPDATE SET analysis_id = excluded.analysis_id",
        (request_id, analysis_id),
    )
