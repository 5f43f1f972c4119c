"""Reads NeuS: one event per line, three outlets' articles on it, and a neutral round-up in another file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from truthlens.training.data_folder import missing

FOLDER = "measure/neus"
_TITLE = re.compile(r"TITLE=>\s*(.*?)\s*(?:ARTICLE=>|$)")


@dataclass(frozen=True, slots=True)
class Event:
    """Titles alone: that of the round-up, and those of the outlets' articles, at least one."""

    round_up: str
    titles: tuple[str, ...]


def events(data: Path) -> list[Event]:
    """All pairs of ``*.source`` and ``*.target``, in order of name. Raises ServiceError ``data_missing``."""
    found = []
    for source in sorted((data / FOLDER).glob("*.source")):
        target = source.with_suffix(".target")
        if target.exists():
            pairs = zip(_lines(source), _lines(target), strict=False)
            found += [event for event in (_event(*pair) for pair in pairs) if event]
    if not found:
        raise missing(FOLDER)
    return found


def _lines(path: Path) -> list[str]:
    # Not splitlines(): it would also cut at characters that stand within an article.
    return path.read_text("utf-8").split("\n")


def _event(source: str, target: str) -> Event | None:
    round_up = next(iter(_TITLE.findall(target)), "")
    titles = tuple(title for part in source.split("[SEP]") for title in _TITLE.findall(part)[:1] if title)
    return Event(round_up, titles) if round_up and titles else None
