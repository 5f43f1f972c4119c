"""Which sentences can be shown without the ones round them, alone or with those that they need.

A sentence that leans on the one before it is whole beside it. A quotation of several sentences is shown from
its first mark to its last, and never without the words that say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from truthlens.domain import Sentence, Span, Voiced
from truthlens.heads import WORD
from truthlens.voices.voice import stretches_in

SHORTEST, LONGEST = 8, 75
"""Words. Shorter ones say little (“It did not last.”); longer ones are lists or captions run together."""

_LEANING = frozenset(
    "he she it they him his her its their them this that these those such both another others there here one "
    "but however yet so then thus still also instead meanwhile nor or and".split()
)
"""First words of a sentence whose sense lies in the one before it."""

_BEING = frozenset("is are was were has have had will would may might could should".split())
"""After “there” as the first word: “There are two plans” leans on nothing."""

_ALSO = 4  # within so many first words, "also" leans too: "Roe also denied it"

_BOILERPLATE = re.compile(
    r"^(?:photo|photograph|picture|image|watch|correction|credit|sign up|\(?reporting by)\b"
    r"|\b(?:click here|read more(?! than)|subscribe (?:to|now|for) (?:our|the|free)|follow us on"
    r"|(?:our|free|daily|weekly) newsletter|sign up (?:here|now|for (?:our|the|free))|all rights reserved"
    r"|contributed to this (?:article|report|story)|editing by|file photo|getty images|below advertisement"
    r"|this (?:article|story) (?:was|has been) (?:originally|first|updated|corrected)|photo:|credit:)",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?")  # before closing marks
_OPENING, _CLOSING = "“\"«‘'„", "”\"»’'“"


def finished(text: str) -> bool:
    """Whether a line ends as a sentence does; datelines, captions and repeated headlines do not."""
    return text.rstrip(_CLOSING + ")]").endswith(_ENDS)


def slight(text: str) -> bool:
    """A sentence that says little of the news: a very short one or a question."""
    return _words(text) < SHORTEST or text.rstrip(_CLOSING + ")]").endswith("?")


def passages(body: Sequence[Sentence], voices: Sequence[Voiced]) -> list[tuple[int, ...]]:
    """Indices of each sentence that can stand, with those before and after it that it needs; in order.

    Each is a stretch of neighbours. One may begin with all of another: the second of two sentences that lean
    on a third needs both.
    """
    found: list[tuple[int, ...]] = []
    before: tuple[int, ...] = ()  # the passage that ends just before the run, () when none does
    last: _Line | None = None
    for run in _runs([_line(sentence, voices) for sentence in body]):
        head = run[0]
        orphan = all(line.bare for line in run)  # whose words it holds stands before it, or nowhere
        stands = not head.continues and not (orphan and not _same_speaker(last, head))
        first = before if orphan or head.leans else ()
        stands = stands and (bool(first) or not (orphan or head.leans))
        if stands and _prose(run[:1]) and head.runs_on and not head.bare:
            # Says whose the quotation is, and its open mark that there is more.
            found.append((*first, head.index))
        stands = stands and _prose(run) and not run[-1].runs_on
        before = (*first, *(line.index for line in run)) if stands else ()
        if before:
            found.append(before)
        last = run[-1]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A sentence as far as it matters here; ``speakers`` are of its quotations, "" where none is named."""

    index: int
    prose: bool  # a full sentence of usual length that is no boilerplate
    leans: bool
    bare: bool  # nothing but quotation
    continues: bool  # begins within a quotation
    runs_on: bool  # ends within one
    broken: bool  # has another quotation that does not both open and end within it
    speakers: tuple[str, ...]


def _line(sentence: Sentence, voices: Sequence[Voiced]) -> _Line:
    text, start = sentence.text, sentence.span.start
    words = _words(text)
    pieces = [piece for piece in stretches_in(voices, sentence.span) if piece.voice == "quote"]
    quotes = [Span(piece.span.start - start, piece.span.end - start).of(text) for piece in pieces]
    return _Line(
        index=sentence.index,
        prose=0 < words <= LONGEST and finished(text) and not _BOILERPLATE.search(text),
        leans=_leans(text),
        bare=bool(quotes) and words - sum(_words(quote) for quote in quotes) < 2,
        continues=bool(quotes) and not _opens(quotes[0]),
        runs_on=bool(quotes) and not _closes(quotes[-1]),
        broken=not (all(map(_opens, quotes[1:])) and all(map(_closes, quotes[:-1]))),
        speakers=tuple(piece.speaker for piece in pieces),
    )


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that one quotation binds together; most are alone."""
    run: list[_Line] = []
    for line in lines:
        if run and not (run[-1].runs_on and line.continues):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _prose(run: Sequence[_Line]) -> bool:
    return all(line.prose and not line.broken for line in run)


def _same_speaker(before: _Line | None, line: _Line) -> bool:
    """Whether both quote somebody whom the article names, and the same."""
    return before is not None and bool(set(before.speakers) & set(line.speakers) - {""})


def _leans(text: str) -> bool:
    first = [match.group().lower() for match in islice(WORD.finditer(text), _ALSO)]
    if not first or (first[0] == "there" and not _BEING.isdisjoint(first[1:2])):
        return "also" in first
    return first[0] in _LEANING or "also" in first


def _opens(quote: str) -> bool:
    inside = _inside(quote)
    return len(inside) > 1 and inside[0] in _OPENING


def _closes(quote: str) -> bool:
    inside = _inside(quote)
    return len(inside) > 1 and inside[-1] in _CLOSING


def _inside(quote: str) -> str:
    return quote.rstrip(".,!?;: ")


def _words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
