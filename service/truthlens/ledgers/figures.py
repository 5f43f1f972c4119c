"""Numbers in running text, compared by value: "14,000", "9 million" and "9m" are read alike.

Digits wherever they stand, dates too. `numerals.py` finds those that count something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from truthlens.domain import Span

_NUMBER = re.compile(
    r"(?<![\w.])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|m|k)\b)?"
)
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
ONES = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        1,
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
MANY = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join([*ONES][:9])}))?|{'|'.join(ONES)})\b"
_MANY = "|".join(MANY)
SPELLED = re.compile(
    rf"\bhalf an? (?:dozen|million|billion|trillion)\b"
    rf"|\b(?:an? (?:{_MANY})\b|{_WORD})(?:[- ](?:{_MANY})\b(?: and {_WORD})?){{0,3}}",
    re.IGNORECASE,
)
"""A number in words, whole: "twenty-five", "a dozen", "three hundred and ten thousand", "half a million"."""
_LETTERS = re.compile(r"[a-z]+")


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
    """Every value that the text states, in digits or in words."""
    spelled = {spelled_value(match.group()) for match in SPELLED.finditer(text)}
    return frozenset(spelled | {figure.value for figure in figures(text)})


def spelled_value(words: str) -> float:
    """Of a number in words, as `SPELLED` finds it."""
    total, current = 0.0, 0.0
    for word in _LETTERS.findall(words.lower()):
        if word == "half":
            current = 0.5
        elif word in ONES or word in TENS:
            current += ONES.get(word, 0) + TENS.get(word, 0)
        elif word in MANY and MANY[word] <= 100:
            current = (current or 1) * MANY[word]
        elif word in MANY:
            total, current = total + (current or 1) * MANY[word], 0.0
    return total + current
