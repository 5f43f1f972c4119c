"""Keeps revoked pairings revoked when an old copy of the library is put back in its place.

Whoever is paired stands in the library, and copies of it hold who was paired then. So a random word stands
both in the library and in a file beside it, and both change whenever a pairing ends. A library that lacks the
word of the file is an old copy, and its pairings are void. A copy of the whole folder carries both: against
that there is no help on one computer.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

from truthlens.store import private_file

FILE_NAME = "pairings-stamp"


def renew(connection: sqlite3.Connection) -> None:
    """A new word in both places; inside a transaction."""
    stamp = secrets.token_hex(16)
    connection.execute("INSERT OR REPLACE INTO pairing_stamp (only_one, stamp) VALUES (1, ?)", (stamp,))
    path = _path(connection)
    if path is not None:
        # A crash between the two leaves different words: all pair again, and nobody gets in who should not.
        private_file.write(path, stamp)


def agrees(connection: sqlite3.Connection) -> bool:
    """Whether both places hold the same word, or neither holds any."""
    row = connection.execute("SELECT stamp FROM pairing_stamp").fetchone()
    path = _path(connection)
    return path is None or _read(path) == (None if row is None else row[0])


def outside(data_dir: Path) -> str | None:
    """The word in the file, None where there is none. Every change of the pairings changes it first."""
    return _read(data_dir / FILE_NAME)


def _read(path: Path) -> str | None:
    with suppress(FileNotFoundError):
        return path.read_text("ascii", errors="replace")
    return None


def _path(connection: sqlite3.Connection) -> Path | None:
    """Beside the library's file; None for a library in memory."""
    name = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    return Path(name).with_name(FILE_NAME) if name else None
