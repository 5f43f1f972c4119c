"""The one SQLite file: finished analyses and, in tables of `pairing.py`, who may ask for them."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from truthlens.store import library_entry, preferences, search_index
from truthlens.store.library_entry import Saved, StoredTrace
from truthlens.store.library_file import open_file
from truthlens.store.preferences import Preferences

DAY_SECONDS = 86_400
_NOWHERE = re.compile(r"https?://[^/]*\.invalid(?:/|$)", re.IGNORECASE)
"""Addresses that stand for a file on this computer: all of them share one, and yet are different articles."""


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
        trace: StoredTrace | None = None,
    ) -> None:
        """Keep a finished analysis as the answer to a request, and drop what is past its time."""
        encoded = msgspec.json.encode(result)
        now = time.time()
        with self.writing() as connection:
            added = connection.execute(
                "INSERT INTO analyses (id, versions, url, title, created_at, result)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
                (analysis_id, versions, url, title, now, encoded),
            ).rowcount
            if added:
                library_entry.insert(
                    connection, analysis_id, result, title=title, created_at=now, trace=trace
                )
            _answer(connection, request_id, analysis_id)
        self.apply_retention()

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

    def saved(self, asked_id: str) -> Saved | None:
        """The line of an analysis by its id or a request's; None when it is not stored."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT number FROM entries"
                " WHERE analysis_id = coalesce((SELECT analysis_id FROM requests WHERE id = ?1), ?1)",
                (asked_id,),
            ).fetchone()
            return library_entry.read(connection, [row[0]])[0] if row else None

    def beginning_with(self, start: str) -> list[str]:
        """Ids of the analyses whose id begins so, at most two of them."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM analyses WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2", (start,)
            ).fetchall()
        return [row[0] for row in rows]

    def same_article(self, *addresses: str) -> list[Saved]:
        """All that was saved of the article at any of these addresses, the newest first."""
        known = [each for each in addresses if each and not _NOWHERE.match(each)]
        found: dict[int, None] = {}
        with self.reading() as connection:
            for address in known:
                rows = connection.execute(
                    "SELECT number FROM entries JOIN analyses ON id = analysis_id"
                    " WHERE canonical_url = ?1 OR url = ?1",
                    (address,),
                )
                found |= dict.fromkeys(row[0] for row in rows)
            saved = library_entry.read(connection, list(found))
        return sorted(saved, key=lambda each: (-each.created_at, each.id))

    def forget(self, asked_id: str) -> bool:
        """Delete an analysis by its id or a request's, with all requests it answered; False when unknown."""
        found = self.saved(asked_id)
        return found is not None and self._erase([found.id]) > 0

    def forget_all(self) -> int:
        """Delete every analysis, and say how many. Pairings and preferences stay."""
        with self.reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM analyses")]
        return self._erase(ids)

    def apply_retention(self) -> int:
        """Delete what is older than the reader wants to keep, and say how many."""
        days = self.preferences().retention_days
        return self._erase(self.older_than(days)) if days is not None else 0

    def older_than(self, days: int) -> list[str]:
        """Ids of the analyses that were saved longer ago than so many days."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM analyses WHERE created_at < ?", (time.time() - days * DAY_SECONDS,)
            ).fetchall()
        return [row[0] for row in rows]

    def preferences(self) -> Preferences:
        with self.reading() as connection:
            return preferences.read(connection)

    def prefer(self, chosen: Preferences) -> None:
        """Store what the reader chose, and delete at once what is older than that."""
        with self.writing() as connection:
            preferences.write(connection, chosen)
        self.apply_retention()

    def listing(self, limit: int = 100) -> list[Saved]:
        """The newest analyses first."""
        with self.reading() as connection:
            return library_entry.newest(connection, limit)

    def _erase(self, ids: Sequence[str]) -> int:
        """`secure_delete` overwrites the freed pages, and a write-ahead log is emptied."""
        if not ids:
            return 0
        with self.writing() as connection:
            numbers = [
                row[0]
                for each in ids
                for row in connection.execute("SELECT number FROM entries WHERE analysis_id = ?", (each,))
            ]
            search_index.remove(connection, numbers)
            gone = connection.executemany("DELETE FROM analyses WHERE id = ?", [(each,) for each in ids])
            count = gone.rowcount
        with self.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # does nothing without a log
        return count


def _answer(connection: sqlite3.Connection, request_id: str, analysis_id: str) -> None:
    connection.execute(
        "INSERT INTO requests (id, analysis_id) VALUES (?, ?)"
        " ON CONFLICT(id) DO UPDATE SET analysis_id = excluded.analysis_id",
        (request_id, analysis_id),
    )
