"""Numbers in running text, compared by value: "14,000", "9 million" and "9m" are read alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from truthlens.domain import Span

_NUMBER = re.compile(
    r"(?<![\w.])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|m|k)\b)?"
)
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100,
}  # fmt: skip
_WORD = re.compile(r"\b(?:" + "|".join(_WORDS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    span: Span
    value: float


def figures(text: str) -> tuple[Figure, ...]:
    """Numbers written in digits, in order, with their value."""
    found = []
    for match in _NUMBER.finditer(text):
        value = float(match["digits"].replace(",", "") + (match["decimals"] or ""))
        found.append(Figure(Span(*match.span()), value * 10 ** _SCALES.get(match["scale"] or "", 0)))
    return tuple(found)


def values(text: str) -> frozenset[float]:
    """Every value that the text states, in digits or as a plain number word."""
    spelled = {float(_WORDS[match.group().lower()]) for match in _WORD.finditer(text)}
    return frozenset(spelled | {figure.value for figure in figures(text)})
