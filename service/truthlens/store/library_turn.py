"""Waiting for a turn at the library's file, which other programs may be writing to."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from truthlens.store.library_error import primary_code

BUSY_MS = 20_000  # a browser gives up on us after thirty seconds
PAUSE_SECONDS = (0.001, 0.006)  # a writer leaves readers room for some milliseconds at a time


def begin(connection: sqlite3.Connection) -> None:
    """Begin to write once nobody else does. Raises sqlite3.OperationalError after 20 s."""
    _when_free(connection, "BEGIN IMMEDIATE")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What the block writes is kept when it ends, undone when it raises. Begins as ``begin`` does."""
    begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise


def look_in(connection: sqlite3.Connection) -> None:
    """Read something once the file can be read. Raises sqlite3.OperationalError after 20 s."""
    _when_free(connection, "SELECT 1 FROM sqlite_master LIMIT 1")


def _when_free(connection: sqlite3.Connection, statement: str) -> None:
    # SQLite's own wait looks ten times a second, and misses the moments between two writers: on a slow disk,
    # beside eight programs that wrote without a pause, some waited for more than five seconds and gave up.
    wait = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    deadline = time.monotonic() + wait / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(statement).fetchall()
            except sqlite3.OperationalError as error:
                if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311  # no secret
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait}")
