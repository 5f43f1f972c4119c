"""The one SQLite file: finished analyses and, in tables of `pairing.py`, who may ask for them."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from truthlens.library_file import open_file


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
        return cls(*open_file(data_dir, thorough=thorough))

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


def _answer(connection: sqlite3.Connection, request_id: str, analysis_id: str) -> None:
    connection.execute(
        "INSERT INTO requests (id, analysis_id) VALUES (?, ?)"
        " ON CONFLICT(id) DO UPDATE SET analysis_id = excluded.analysis_id",
        (request_id, analysis_id),
    )
