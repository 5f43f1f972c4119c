"""The one SQLite file: finished analyses and, in tables of `pairing.py`, who may ask for them."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from truthlens.store import backups, library_entry, preferences, search_index
from truthlens.store.backups import Backup
from truthlens.store.library_entry import Saved, StoredTrace
from truthlens.store.library_error import LibraryError, told
from truthlens.store.library_file import FILE_NAME, Opened, identity, open_file, set_aside
from truthlens.store.library_turn import look_in, transaction
from truthlens.store.preferences import Preferences
from truthlens.store.retention import past

DAY_SECONDS = 86_400
_NOWHERE = re.compile(r"https?://[^/]*\.invalid(?:/|$)", re.IGNORECASE)
"""Addresses that stand for a file on this computer: all of them share one, and yet are different articles."""
REPLACED = "The library’s file was replaced while TruthLens ran, and the one in its place is used now."
_log = logging.getLogger(__name__)


class Library:
    """One connection under one lock for all threads of a process; other processes may open the file too.

    ``notice`` is "" or tells the reader that a damaged file was set aside, or that nothing can be saved.
    Whatever the disk refuses is raised as LibraryError.
    """

    def __init__(self, data_dir: Path, opened: Opened) -> None:
        self.data_dir = data_dir
        self.notice = opened.notice
        self._connection = opened.connection
        self._identity = opened.identity
        self._lock = threading.RLock()
        self._depth = 0  # of reading and writing inside one another

    @classmethod
    def open(cls, data_dir: Path, *, thorough: bool = False) -> Library:
        """Open or create the file in ``data_dir`` (folder 0700, file 0600); ``thorough`` reads all of it.

        Raises ServiceError ``library_newer`` or ``library_unreadable``, and LibraryError.
        """
        with told():
            return cls(data_dir, open_file(data_dir, thorough=thorough))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        with self._lock, told():
            if not self._depth:
                self._follow()
                look_in(self._connection)
            self._depth += 1
            try:
                yield self._connection
            finally:
                self._depth -= 1

    @contextmanager
    def reading_at_once(self) -> Iterator[sqlite3.Connection | None]:
        """The connection, or None while another thread uses it: for what must not wait until the disk has
        taken what is being saved.
        """
        if not self._lock.acquire(blocking=False):
            yield None
            return
        try:
            with self.reading() as connection:
                yield connection
        finally:
            self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction: kept when the block ends, undone when it raises."""
        with self.reading() as connection, transaction(connection):
            yield connection

    def _follow(self) -> None:
        """Turn to the file that is in place now. Another process may have set ours aside, or somebody put
        back a copy: what is written to the one that is gone would be acknowledged and lost.
        """
        if identity(self.data_dir / FILE_NAME) == self._identity:
            return
        self._connection.close()
        opened = open_file(self.data_dir, thorough=False)
        self._connection, self._identity = opened.connection, opened.identity
        self.notice = opened.notice or REPLACED

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
        try:
            self._drop(self._past())
        except LibraryError:  # it is tried again; what was to be saved is saved
            _log.error("old analyses could not be deleted: the library cannot be written")

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
        """All that was saved of the article at any of these addresses, the last one first."""
        known = [each for each in addresses if each and not _NOWHERE.match(each)]
        found: set[int] = set()
        with self.reading() as connection:
            for address in known:
                rows = connection.execute(
                    "SELECT number FROM entries JOIN analyses ON id = analysis_id"
                    " WHERE canonical_url = ?1 OR url = ?1",
                    (address,),
                )
                found |= {row[0] for row in rows}
            # As they were saved, whatever the clock said then.
            return library_entry.read(connection, sorted(found, reverse=True))

    def forget(self, asked_id: str) -> bool:
        """Delete an analysis by its id or a request's, with all requests it answered, here and in all
        backups; False when unknown. What lies in ``set_aside`` may still hold it.
        """
        found = self.saved(asked_id)
        return found is not None and self._drop([found.id]) > 0

    def forget_all(self) -> int:
        """Delete every analysis, all backups and what was set aside, and say how many analyses were kept.
        Pairings and preferences stay.
        """
        with self.reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM analyses")]
            count = self._drop(ids)
            backups.clear(self.data_dir)
        for path in self.set_aside():
            backups.remove(path)
        return count

    def apply_retention(self) -> int:
        """Delete what is older than the reader wants to keep, here and in all backups; say how many."""
        days = self.preferences().retention_days
        if days is None:
            return 0
        count = self._drop(self.older_than(days))
        with self.reading():
            backups.erase(self.data_dir, lambda held: _older(held, days))
        return count

    def older_than(self, days: int) -> list[str]:
        """Ids of the analyses that were saved longer ago than so many days."""
        with self.reading() as connection:
            return _older(connection, days)

    def _past(self) -> list[str]:
        days = self.preferences().retention_days
        return [] if days is None else self.older_than(days)

    def back_up(self, *, spare: Path | None = None) -> Backup:
        """Make a backup, checked, beside the library; of more than 24 the oldest go, but never ``spare``.

        Raises LibraryError ``library_damaged``, ``disk_full`` or ``library_unwritable``.
        """
        with self.reading() as connection:
            return backups.make(connection, self.data_dir, spare=spare)

    def set_aside(self) -> list[Path]:
        """Damaged libraries that were set aside, which may still hold what was forgotten since."""
        return set_aside(self.data_dir)

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

    def _drop(self, ids: Sequence[str]) -> int:
        """Here and in all backups, or nowhere. `secure_delete` overwrites the freed pages, and a write-ahead
        log is emptied.
        """
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
            # Inside, since a backup that is being made gets its name only while nobody writes.
            backups.erase(self.data_dir, lambda _held: ids)
        with self.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # does nothing without a log
        return count


def _older(connection: sqlite3.Connection, days: int) -> list[str]:
    now = time.time()
    return past(connection, moment=now - days * DAY_SECONDS, now=now)


def _answer(connection: sqlite3.Connection, request_id: str, analysis_id: str) -> None:
    connection.execute(
        "INSERT INTO requests (id, analysis_id) VALUES (?, ?)"
        " ON CONFLICT(id) DO UPDATE SET analysis_id = excluded.analysis_id",
        (request_id, analysis_id),
    )
