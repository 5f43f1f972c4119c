"""Which part of a long sentence to show: a stretch of it, verbatim, round the words that matter."""

from __future__ import annotations

import re

from truthlens.domain import Span
from truthlens.heads import WORD
from truthlens.ledgers.numerals import numerals

LONGEST = 30  # words shown of one sentence: four or five lines of the panel
_BREAK = re.compile(r"[,;:]\s|[–—]|\s-\s")
_SIGNS = frozenset("$£€“(")  # with these a clause goes on
_EDGE = " ,;:–—-"


def excerpt(text: str, place: Span, most: int = LONGEST) -> Span:
    """The whole ``text`` if it has at most ``most`` words; else the clauses round ``place``, as many as fit.

    A single clause that is longer is cut between words.
    """
    if _words(text, Span(0, len(text))) <= most:
        return Span(0, len(text))
    edges = sorted({0, len(text), *(match.end() for match in _BREAK.finditer(text))})
    start = max(edge for edge in edges if edge <= place.start)
    end = min(edge for edge in edges if edge >= place.end)
    return _trimmed(text, _cut(text, _grown(text, edges, Span(start, end), most), place, most))


def with_gaps(text: str, span: Span) -> str:
    """The words of ``span``, with "…" where they begin or break off within a clause or a sentence."""
    before, behind = text[: span.start].rstrip()[-1:], text[span.end :].lstrip()[:1]
    opening = "… " if before.isalnum() or (before and span.of(text)[:1].islower()) else ""
    return f"{opening}{span.of(text)}{' …' if behind.isalnum() or behind in _SIGNS else ''}"


def _grown(text: str, edges: list[int], span: Span, most: int) -> Span:
    """With the clauses behind it, then those before, while they fit: sense runs on more than back."""
    first, last = edges.index(span.start), edges.index(span.end)
    while last + 1 < len(edges) and _words(text, Span(edges[first], edges[last + 1])) <= most:
        last += 1
    while first > 0 and _words(text, Span(edges[first - 1], edges[last])) <= most:
        first -= 1
    return Span(edges[first], edges[last])


def _cut(text: str, span: Span, place: Span, most: int) -> Span:
    """At most ``most`` words of it, a third of them before ``place``, and always the whole of ``place``."""
    found = [match.span() for match in WORD.finditer(text, span.start, span.end)]
    if len(found) <= most:
        return span
    at = next((number for number, (_, end) in enumerate(found) if end > place.start), 0)
    first = min(max(0, at - most // 3), len(found) - most)
    start = span.start if first == 0 else found[first][0]
    end = span.end if first + most == len(found) else found[first + most - 1][1]
    return _whole_figures(text, Span(min(start, place.start), max(end, place.end)))


def _whole_figures(text: str, span: Span) -> Span:
    """Without a figure of which it holds a part: "$1.1" of "$1.1 million" would be another figure."""
    for numeral in numerals(text):
        if numeral.span.start < span.end < numeral.span.end:
            return Span(span.start, max(span.start, numeral.span.start))
    return span


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in WORD.finditer(text, span.start, span.end))
