"""On which day an article appeared, and the weeks or months by which a corpus is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Length = Literal["week", "month"]
WEEKS_UP_TO = timedelta(days=120)
"""A corpus that spans no more is told by weeks: of months it would have at most four."""
OUTLYING = 0.01  # share of articles at either end whose days do not decide: pages have wrong dates


@lru_cache(maxsize=4096)
def day_of(published: str, captured: str) -> date | None:
    """The day that input or page name, or else the one on which an archive took the page. None without one.

    The day as it stands there, in its own time zone.
    """
    for told in (published, captured):
        try:
            return date.fromisoformat(told[:10])
        except ValueError:
            continue
    return None


def length(days: Sequence[date]) -> Length:
    ordered = sorted(days)
    if not ordered:
        return "month"
    least = int(len(ordered) * OUTLYING)
    return "week" if ordered[-1 - least] - ordered[least] <= WEEKS_UP_TO else "month"


def period(day: date, length: Length) -> str:
    """A month as 2025-04, a week by its Monday as 2025-04-07: in the order of time, both."""
    return day.isoformat()[:7] if length == "month" else (day - timedelta(days=day.weekday())).isoformat()


def following(name: str, length: Length) -> str:
    """The period after."""
    if length == "week":
        return (date.fromisoformat(name) + timedelta(days=7)).isoformat()
    year, month = divmod(int(name[:4]) * 12 + int(name[5:7]), 12)
    return f"{year:04d}-{month + 1:02d}"


def between(names: Sequence[str], length: Length) -> tuple[str, ...]:
    """All periods from the first to the last of ``names``, also those without articles."""
    if not names:
        return ()
    found, last = [min(names)], max(names)
    while found[-1] < last:
        found.append(following(found[-1], length))
    return tuple(found)
