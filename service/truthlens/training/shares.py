"""Cuts rows into the part that fits, the part that calibrates and the part that measures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def three_parts(rows: Sequence[Row], text: Callable[[Row], str]) -> tuple[list[Row], list[Row], list[Row]]:
    """Seven tenths, one tenth and two tenths, by a hash of the text: rows added later move no other row."""
    parts: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    for row in rows:
        place = hashlib.sha256(text(row).encode()).digest()[1] % 10
        parts[0 if place < 7 else 1 if place < 8 else 2].append(row)
    return parts
