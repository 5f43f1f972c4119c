"""Numbers of a sentence against those of its evidence: value, unit, qualifier, and what is counted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.ledgers.figures import MANY, ONES, TENS, figures
from truthlens.verify.objection import Objection
from truthlens.verify.qualifiers import Qualifier, qualifier
from truthlens.verify.words import STOPWORDS, stem

_SMALL = {"zero": 0} | ONES | TENS
_LETTERS = re.compile(r"[A-Za-z]+")
_PRONOUN_BEFORE = frozenset("no any every each some the this that which another".split())
_PRONOUN_AFTER = frozenset("of another day who that which and".split())
_UNIT = re.compile(
    r"[\s-]?(?:(?P<points>percentage points?\b|points? of a percent)|(?P<share>%|per ?cent\b)"
    r"|(?P<dollars>dollars?\b)|(?P<pounds>pounds?\b)|(?P<euros>euros?\b))"
)
_SYMBOLS = {"$": "dollars", "£": "pounds", "€": "euros"}
_JOINED = re.compile(r"\s*(?:to|and|or|-|–|—)\s*")
_DIRECTIONS = frozenset({"from", "to", "by"})
_YEAR = re.compile(r"(?:19|20)\d\d")
VAGUE = frozenset(
    """dozens hundreds thousands millions billions trillions half twice double doubled triple tripled tenfold
    quarter third majority""".split()
)
"""Amounts without digits; they too must stand in the evidence."""

NEAR, FAR = 3, 8
"""Words behind a number that say what it counts: few in the sentence judged, more in its evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """``beside`` are stems of the words that follow, up to the next number; ``direction`` is "from", "to",
    "by" or "".
    """

    span: Span
    value: float
    unit: str
    qualifier: Qualifier
    direction: str
    beside: tuple[str, ...]


def quantities(text: str) -> tuple[Quantity, ...]:
    """Numbers in digits and in words, in order; four digits that read as a year are dates, and left out."""
    found = sorted([*_in_digits(text), *_in_words(text)], key=lambda pair: pair[0].start)
    units = [_unit(text, span) for span, _ in found]
    for index in range(len(found) - 2, -1, -1):
        # "between 6 and 11 percent"
        gap = text[found[index][0].end : found[index + 1][0].start]
        if not units[index] and _JOINED.fullmatch(gap):
            units[index] = units[index + 1]
    starts = [span.start for span, _ in found] + [len(text)]
    return tuple(
        Quantity(
            span=span,
            value=value,
            unit=units[index],
            qualifier=qualifier(text, span.start, span.end),
            direction=_direction(text, span),
            beside=_beside(text, span.end, starts[index + 1]),
        )
        for index, (span, value) in enumerate(found)
    )


def of_numbers(
    text: str, evidence: Sequence[str], context: Sequence[str], resolved: frozenset[float] = frozenset()
) -> Iterator[Objection]:
    """``context`` are the whole sentences that the evidence lies in, ``resolved`` the days of the month that
    relative dates of the evidence come to.
    """
    stated = [quantity for piece in evidence for quantity in quantities(piece)]
    around = [quantity for piece in context for quantity in quantities(piece)]
    for mine in quantities(text):
        words = mine.span.of(text)
        if not any(_equal(mine, other) for other in stated):
            if mine.value not in resolved:
                yield Objection("number", words)
            continue
        same = [other for other in around if _equal(mine, other)]
        if not same:
            continue
        if not any(mine.qualifier.same(other.qualifier) for other in same):
            expected = next((other.qualifier.phrase for other in same if other.qualifier.name), "none")
            yield Objection("qualifier", f"{words}: “{mine.qualifier.phrase or 'none'}” for “{expected}”")
        elif mine.direction and not any(other.direction in ("", mine.direction) for other in same):
            yield Objection("number", f"{mine.direction} {words}")
        elif word := _of_another(mine, same, around):
            yield Objection("number", f"{words} … {word}")
    known = {stem(match.group()) for piece in evidence for match in _LETTERS.finditer(piece)}
    for match in _LETTERS.finditer(text):
        if match.group().lower() in VAGUE and stem(match.group()) not in known:
            yield Objection("number", match.group())


def _of_another(mine: Quantity, same: Sequence[Quantity], around: Sequence[Quantity]) -> str:
    """A word beside this number that the evidence has beside other numbers only: figures were exchanged."""
    here = {word for other in same for word in other.beside}
    elsewhere = {word for other in around for word in other.beside[:FAR]} - here
    return next((word for word in mine.beside[:NEAR] if word in elsewhere), "")


def _equal(one: Quantity, other: Quantity) -> bool:
    if not math.isclose(one.value, other.value, rel_tol=1e-9):
        return False
    money = _SYMBOLS.values()
    if one.unit in money or other.unit in money:
        return one.unit == other.unit or not (one.unit and other.unit)
    return one.unit == other.unit


def _in_digits(text: str) -> Iterator[tuple[Span, float]]:
    for figure in figures(text):
        before = text[max(0, figure.span.start - 1) : figure.span.start]
        if _YEAR.fullmatch(figure.span.of(text)) and before not in ("$", "£", "€"):
            continue
        yield figure.span, figure.value


def _in_words(text: str) -> Iterator[tuple[Span, float]]:
    """Runs of number words: "two dozen", "twenty-five", "three hundred and ten thousand"."""
    run: list[re.Match[str]] = []
    for match in _LETTERS.finditer(text):
        lower = match.group().lower()
        if run and (not _continues(text, run[-1], match) or not _fits(run, lower)):
            yield from _closed(text, run)
            run = []
        if lower in _SMALL or (lower in MANY and (run or _counted(text, match))):
            run.append(match)
    yield from _closed(text, run)


def _counted(text: str, match: re.Match[str]) -> bool:
    """ "a dozen", "a hundred"; not the scale of a number in digits, which is read with it."""
    before = text[: match.start()].rstrip(" -")
    return not before[-1:].isdigit()


def _continues(text: str, last: re.Match[str], match: re.Match[str]) -> bool:
    gap = text[last.end() : match.start()]
    return gap in (" ", "-", "\u00a0") or (gap == " and " and last.group().lower() in MANY)


def _fits(run: Sequence[re.Match[str]], word: str) -> bool:
    """After "twenty" a unit below ten, after a scale anything, after a unit only a scale."""
    last = run[-1].group().lower()
    if word in MANY:
        return True
    if word not in _SMALL:
        return False
    return last in MANY or (_SMALL.get(last, 0) >= 20 and 0 < _SMALL[word] < 10)


def _closed(text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[Span, float]]:
    if not run:
        return
    names = [match.group().lower() for match in run]
    if names == ["one"] and _is_pronoun(text, run[0]):
        return
    total, current = 0.0, 0.0
    for name in names:
        if name in _SMALL:
            current += _SMALL[name]
        elif MANY[name] <= 100:
            current = (current or 1) * MANY[name]
        else:
            total, current = total + (current or 1) * MANY[name], 0.0
    yield Span(run[0].start(), run[-1].end()), total + current


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    before = _LETTERS.findall(text[max(0, match.start() - 20) : match.start()])[-1:]
    after = _LETTERS.match(text, match.end() + 1)
    behind = after.group().lower() if after else ""
    closed = text[match.end() : match.end() + 1] in ("", ".", ",", "’", "'")
    return closed or behind in _PRONOUN_AFTER or (bool(before) and before[0].lower() in _PRONOUN_BEFORE)


def _unit(text: str, span: Span) -> str:
    match = _UNIT.match(text, span.end)
    if match is not None and match.lastgroup:
        return match.lastgroup
    return _SYMBOLS.get(text[max(0, span.start - 1) : span.start], "")


def _direction(text: str, span: Span) -> str:
    before = text[max(0, span.start - 12) : span.start].rstrip(" $£€").rsplit(" ", 1)[-1].lower()
    return before if before in _DIRECTIONS else ""


def _beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """Years count as words: "11,000 in 2024" is not "11,000 last year"."""
    stretch = re.split(r"[;.:!?](?:\s|$)", text[start:end], maxsplit=1)[0]
    found = []
    for match in re.finditer(r"\w+(?:[’'-]\w+)*", stretch):
        word = match.group()
        if word.lower() not in STOPWORDS and not (word[0].isdigit() and not _YEAR.fullmatch(word)):
            found.append(stem(word))
    return tuple(found)
