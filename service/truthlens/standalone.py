"""Which sentences can be shown without the ones round them, alone or with the one that they lean on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from truthlens.domain import Sentence, Span, Voiced
from truthlens.heads import WORD
from truthlens.voice import stretches_in

SHORTEST, LONGEST = 8, 60  # words: captions are shorter, lists longer

_LEANING = frozenset(
    "he she it they him his her its their them this that these those such both another others there here one "
    "but however yet so then thus still also instead meanwhile nor or and".split()
)
"""First words of a sentence whose sense lies in the one before it."""

_ALSO = 4  # within so many first words, "also" leans too: "Roe also denied it"

_BOILERPLATE = re.compile(
    r"\b(?:click here|read more|sign up|subscrib|newsletter|follow us|all rights reserved|contributed to this"
    r"|reporting by|editing by|file photo|getty images|this article was|originally published|advertisement)"
    r"|\b(?:photo|photograph|picture|image|watch|correction|credit):",
    re.IGNORECASE,
)
_SENTENCE_END = ".!"  # before closing marks; a question is no summary
_OPENING, _CLOSING = "“\"«‘'„", "”\"»’'“"


def units(body: Sequence[Sentence], voices: Sequence[Voiced]) -> list[tuple[int, ...]]:
    """Indices of each sentence that can stand, with the one before it where it leans on that; in order."""
    return [unit for place in range(len(body)) if (unit := _unit(place, body, voices))]


def _unit(place: int, body: Sequence[Sentence], voices: Sequence[Voiced]) -> tuple[int, ...]:
    """The sentence, before it the one that it leans on; empty when they cannot stand alone."""
    sentence = body[place]
    if not _whole(sentence, voices):
        return ()
    if not _leans(sentence):
        return (sentence.index,)
    before = body[place - 1] if place else None
    if before is None or _leans(before) or not _whole(before, voices):
        return ()
    return (before.index, sentence.index)


def _leans(sentence: Sentence) -> bool:
    first = [match.group().lower() for match in islice(WORD.finditer(sentence.text), _ALSO)]
    return bool(first) and (first[0] in _LEANING or "also" in first)


def _whole(sentence: Sentence, voices: Sequence[Voiced]) -> bool:
    """A full sentence of prose that says itself whose words it holds."""
    text, start = sentence.text, sentence.span.start
    if not SHORTEST <= _words(text) <= LONGEST or _BOILERPLATE.search(text):
        return False
    if not text.rstrip(_CLOSING + ")]").endswith(tuple(_SENTENCE_END)):
        return False
    pieces = stretches_in(voices, sentence.span)
    quotes = [Span(p.span.start - start, p.span.end - start).of(text) for p in pieces if p.voice == "quote"]
    if not all(_closed(quote) for quote in quotes):
        return False
    # Nothing but a quotation: whose it is stands elsewhere.
    return _words(text) - sum(_words(quote) for quote in quotes) >= 2


def _closed(quote: str) -> bool:
    """Whether a quotation both opens and ends within its sentence."""
    inside = quote.rstrip(".,!?;: ")
    return len(inside) > 1 and inside[0] in _OPENING and inside[-1] in _CLOSING


def _words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
