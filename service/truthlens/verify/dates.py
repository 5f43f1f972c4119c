"""Dates of a sentence against those of its evidence. Relative ones stay so, or follow the dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from truthlens.verify.objection import Objection

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_RELATIVE = re.compile(
    r"\b(last|this|next|past|previous|coming|recent)\s+(?:few\s+|couple of\s+)?"
    r"(years?|months?|weeks?|weekend|days?|night|morning|afternoon|evening|spring|summer|autumn|fall|winter|"
    r"decades?|century|quarter|term|season|" + "|".join([*MONTHS, *WEEKDAYS]).lower() + r")\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(yesterday|today|tomorrow|tonight|overnight)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(" + "|".join([*MONTHS, *WEEKDAYS]) + r")\b")
_YEAR = re.compile(r"(?<![\d,.$£€])((?:19|20)\d\d)(?![\d,]*\d)s?\b(?!\s(?:thousand|million|billion|people))")
_MODIFIERS = {
    "early": "early", "beginning": "early", "start": "early", "late": "late", "end": "late", "mid": "mid",
    "middle": "mid",
}  # fmt: skip
_BETWEEN = frozenset("months month weeks week days day part of in the a on".split())
_LETTERS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Dated:
    """One mention: "early 2024" is ("early", "2024")."""

    modifier: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What the evidence allows to be said of time; ``days`` are days of the month."""

    mentions: frozenset[tuple[str, str]]
    days: frozenset[float] = field(default_factory=frozenset)


def dates(text: str) -> tuple[Dated, ...]:
    """Mentions of time in order of their kind. "May" and "March" count with a capital only, as months do."""
    found = []
    for pattern in (_RELATIVE, _DAY, _NAMED, _YEAR):
        for match in pattern.finditer(text):
            if match.group() in ("May", "March") and not _is_month(text, match):
                continue
            anchor = " ".join(part.lower().removesuffix("s") for part in match.groups() if part)
            found.append(Dated(_modifier(text, match.start()), anchor, match.group()))
    return tuple(found)


def known(evidence: Sequence[str], published: str = "") -> Dates:
    """With a dateline (ISO 8601), "last year" may also be told as the year it was, and so on."""
    mentions: set[tuple[str, str]] = set()
    days: set[float] = set()
    day = _parsed(published)
    for piece in evidence:
        for found in dates(piece):
            anchors = [found.anchor]
            if day is not None:
                resolved, number = _resolved(found.anchor, day)
                anchors += resolved
                days |= number
            mentions |= {(modifier, anchor) for anchor in anchors for modifier in ("", found.modifier)}
    return Dates(frozenset(mentions), frozenset(days))


def of_dates(text: str, allowed: Dates) -> Iterator[Objection]:
    for found in dates(text):
        if (found.modifier, found.anchor) not in allowed.mentions:
            yield Objection("date", f"{found.modifier} {found.words}".strip())


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Not "May I" or "March on": a month that opens a sentence has a number or a verb of state behind it."""
    if match.start() and text[: match.start()].rstrip()[-1:] not in (".", "!", "?", "", "“", ":"):
        return True
    return bool(re.match(r"\s+(?:\d|is|was|has|had|and)\b", text[match.end() : match.end() + 8]))


def _modifier(text: str, start: int) -> str:
    for word in reversed(_LETTERS.findall(text[max(0, start - 40) : start])[-4:]):
        lower = word.lower()
        if lower in _MODIFIERS:
            return _MODIFIERS[lower]
        if lower not in _BETWEEN:
            return ""
    return ""


def _parsed(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _resolved(anchor: str, day: date) -> tuple[list[str], set[float]]:
    which, _, unit = anchor.partition(" ")
    steps = {"last": -1, "previous": -1, "this": 0, "next": 1}
    if unit == "year" and which in steps:
        return [str(day.year + steps[which])], set()
    if unit == "month" and which in steps:
        month = (day.month - 1 + steps[which]) % 12
        return [MONTHS[month].lower()], set()
    moved = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(anchor)
    name = anchor.title()
    if name in WEEKDAYS:
        moved = -((day.weekday() - WEEKDAYS.index(name)) % 7)
    if moved is None:
        return [], set()
    exact = day + timedelta(days=moved)
    names = [WEEKDAYS[exact.weekday()], MONTHS[exact.month - 1], str(exact.year)]
    return [each.lower() for each in names], {float(exact.day)}
