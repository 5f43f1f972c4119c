"""What the reader chose about the library; it lives in the library's own file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

DAYS_CEILING = 36_500  # a hundred years
_KEEPING, _RETENTION = "keeping", "retention_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """``keeping``: whether finished analyses are saved at all. ``retention_days``: after how many days a
    saved one is deleted, None for never.
    """

    keeping: bool = True
    retention_days: int | None = None


def read(connection: sqlite3.Connection) -> Preferences:
    values = dict(connection.execute("SELECT name, value FROM preferences").fetchall())
    days = values.get(_RETENTION, "")
    return Preferences(keeping=values.get(_KEEPING, "on") == "on", retention_days=int(days) if days else None)


def write(connection: sqlite3.Connection, chosen: Preferences) -> None:
    """Inside a transaction of the caller."""
    days = "" if chosen.retention_days is None else str(chosen.retention_days)
    put(connection, _KEEPING, "on" if chosen.keeping else "off")
    put(connection, _RETENTION, days)


def value(connection: sqlite3.Connection, name: str) -> str | None:
    """One choice that is not about the library itself, as it was put; None where nothing was chosen."""
    row = connection.execute("SELECT value FROM preferences WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Inside a transaction of the caller."""
    connection.execute(
        "INSERT INTO preferences (name, value) VALUES (?, ?)"
        " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
