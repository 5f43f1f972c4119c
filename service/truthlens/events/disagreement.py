"""Figures for the same thing that differ between two articles, in value or in bound. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from truthlens.content_words import is_content
from truthlens.domain import Span
from truthlens.events.alignment import NEAR, Alignment
from truthlens.ledgers.amounts import Amount, amounts, singular
from truthlens.reading import Reading

Bound = Literal["", "least", "most"]

_LEAST = frozenset(
    ("at least", "more than", "over", "well over", "no fewer than", "no less than", "upwards of", "above")
)
_MOST = frozenset(
    (
        "at most",
        "up to",
        "as many as",
        "as much as",
        "fewer than",
        "less than",
        "no more than",
        "under",
        "below",
    )
)
SHARED = 2
"""Content words that must stand round both figures; with one or none, any two sums of money are set side by
side."""

APART = 2.0
APART_MONEY = 1.25
"""The larger of two figures for one thing is at most so many times the smaller, the second where money or
shares are counted, which stand for all sorts of things. In BASIL's 159 pairs of articles, 9 of 15
pairs of figures found so count one thing; readers are told to check."""

_WORD = re.compile(r"[^\W\d_]{3,30}")
_CLAUSE = re.compile(r"[,;:()“”\"]|\s[–—-]\s|[–—]")
_POINTS = re.compile(r"\bthan\sthe\s", re.IGNORECASE)
_REACH = 70  # characters on either side in which a clause's words are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """``context`` are the content words of its clause. ``span`` counts within the article."""

    amount: Amount
    span: Span
    unit: str
    bound: Bound
    context: frozenset[str]

    @property
    def value(self) -> float:
        return self.amount.numeral.value

    @property
    def known_by(self) -> tuple[str, float]:
        return self.unit, self.value


def figures_that_differ(one: Reading, other: Reading, alignment: Alignment) -> tuple[tuple[Span, Span], ...]:
    """Pairs of places in either text, in the order of the first, each pair of values once.

    A value that the other article has too is no disagreement: it may give both.
    """
    mine, theirs = _figures(one), _figures(other)
    ours_known, theirs_known = _known(mine), _known(theirs)
    found: dict[tuple[float, float, str], tuple[float, Span, Span]] = {}
    for pair in alignment.near:
        for figure in mine[pair.one]:
            for answer in theirs[pair.other]:
                if not _same_thing(figure, answer, SHARED if pair.closeness >= NEAR else SHARED + 1):
                    continue
                unshared = figure.known_by not in theirs_known and answer.known_by not in ours_known
                if not (unshared and _differ(figure, answer)) and not _bounded_otherwise(figure, answer):
                    continue
                key = (figure.value, answer.value, figure.unit)
                if key not in found or found[key][0] < pair.closeness:
                    found[key] = (pair.closeness, figure.span, answer.span)
    places = [(span, answer) for _, span, answer in found.values()]
    return tuple(sorted(places, key=lambda both: (both[0].start, both[1].start)))


def _figures(reading: Reading) -> list[tuple[_Figure, ...]]:
    return [
        tuple(
            _figure(sentence.text, sentence.span.start, amount)
            for amount in amounts(sentence.text)
            if amount.numeral.kind == "plain" and _unit(amount)
        )
        for sentence in reading.sentences
    ]


def _figure(text: str, start: int, amount: Amount) -> _Figure:
    qualifier = amount.qualifier.lower()
    # "More than the $5 billion that was asked for" compares with a figure and bounds none.
    points = _POINTS.search(amount.span.of(text)) is not None
    span = Span(start + amount.span.start, start + amount.span.end)
    return _Figure(
        amount=amount,
        span=span,
        unit=_unit(amount),
        bound="" if points else "least" if qualifier in _LEAST else "most" if qualifier in _MOST else "",
        context=_context(text, amount.span),
    )


def _unit(amount: Amount) -> str:
    return "%" if amount.numeral.percent else amount.numeral.money or amount.head


def _known(sentences: list[tuple[_Figure, ...]]) -> frozenset[tuple[str, float]]:
    return frozenset(figure.known_by for found in sentences for figure in found)


def _same_thing(one: _Figure, other: _Figure, shared: int) -> bool:
    return one.unit == other.unit and len(one.context & other.context) >= shared


def _differ(one: _Figure, other: _Figure) -> bool:
    """Whether the values differ by more than the coarser one rounds, and not by too much."""
    low, high = sorted((one.value, other.value))
    apart = APART_MONEY if one.unit == "%" or one.amount.numeral.money else APART
    if low == high or low <= 0 or high > apart * low:
        return False
    digits = sorted((_digits(figure), figure.value) for figure in (one, other))
    if digits[0][0] == digits[1][0]:
        return True
    coarse, value = digits[0]
    return high - low > 10.0 ** (floor(log10(value)) - coarse + 1)


def _bounded_otherwise(one: _Figure, other: _Figure) -> bool:
    """Whether one says "at least" or "up to" where the other, with the same figure, does not."""
    return one.value == other.value and one.bound != other.bound


def _digits(figure: _Figure) -> int:
    """How many digits are stated before zeros round the value off."""
    return len(f"{figure.value:.6f}".replace(".", "").strip("0")) or 1


def _context(text: str, span: Span) -> frozenset[str]:
    before = _CLAUSE.split(text[max(0, span.start - _REACH) : span.start])[-1]
    after = _CLAUSE.split(text[span.end : span.end + _REACH])[0]
    found = (match.group() for part in (before, span.of(text), after) for match in _WORD.finditer(part))
    return frozenset(singular(word) for word in found if is_content(word))
