"""Reads NeuS: one event per line, three outlets' articles on it, and a neutral round-up in another file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from truthlens.training.data_folder import missing

FOLDER = "measure/neus"
_TITLE = re.compile(r"TITLE=>\s*(.*?)\s*(?:ARTICLE=>|$)")
_BODY = "ARTICLE=>"


@dataclass(frozen=True, slots=True)
class Event:
    """``round_up`` and ``titles`` are titles alone; ``articles`` are (title, body), at least one.

    A body is one line, "" where there is none. All titles end in a full stop that the data set put there.
    """

    round_up: str
    titles: tuple[str, ...]
    articles: tuple[tuple[str, str], ...] = ()
    round_up_body: str = ""


def events(data: Path, part: str = "*") -> list[Event]:
    """All pairs of ``*.source`` and ``*.target``, in order of name; or one ``part``, such as "val".

    Raises ServiceError ``data_missing``.
    """
    found = []
    for source in sorted((data / FOLDER).glob(f"{part}.source")):
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
    articles = tuple(
        (title, _body(part)) for part in source.split("[SEP]") for title in _TITLE.findall(part)[:1] if title
    )
    if not round_up or not articles:
        return None
    return Event(round_up, tuple(title for title, _ in articles), articles, _body(target))


def _body(part: str) -> str:
    return part.partition(_BODY)[2].strip()
