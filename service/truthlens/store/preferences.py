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
    connection.executemany(
        "INSERT INTO preferences (name, value) VALUES (?, ?)"
        " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        [(_KEEPING, "on" if chosen.keeping else "off"), (_RETENTION, days)],
    )
