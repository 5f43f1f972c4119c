"""One sentence as the readers of attribution see it: words and clause boundaries, looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

MASK = "\ufffc"
"""Stands for each quoted character, so that offsets stay and words inside quotations are not read."""

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_BOUNDARY = re.compile(rf"[,;:—–()]|\s-\s|(?<=[A-Z]{{3}})\s--\s|{MASK}+")  # "ASHBY -- Mayor Roe said"
_ENDINGS = ("’s", "’d", "’ll", "’ve", "’re", "’m", "'s", "'d", "'ll", "'ve", "'re", "'m")


@dataclass(frozen=True, slots=True)
class Word:
    """``start`` and ``end`` are offsets within the sentence."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def stem(self) -> str:
        """In lower case and without "’s" and its like: "he’s" is he, "Roe’s" is roe."""
        lower = self.text.lower()
        ending = next((ending for ending in _ENDINGS if lower.endswith(ending)), "")
        return lower.removesuffix(ending) if len(ending) < len(lower) else lower

    @property
    def adverb(self) -> bool:
        return self.text.endswith("ly") and not self.capital

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Line:
    """``text`` is the sentence with its quotations masked."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> Sequence[Word]:
        return [Word(match.group(), *match.span()) for match in _WORD.finditer(self.text)]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _boundaries(self) -> list[tuple[int, int]]:
        # "9,000" and "9:30" hold no boundary.
        return [
            match.span()
            for match in _BOUNDARY.finditer(self.text)
            if not self.text[match.end() : match.end() + 1].isdigit()
        ]

    def index(self, position: int) -> int:
        """Index of the first word that starts at ``position`` or behind it."""
        return bisect_left(self._starts, position)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """Words that start within a range."""
        return self.words[self.index(start) : self.index(end)]

    def last_boundary(self, position: int) -> int:
        """Where the stretch without comma, dash or quotation that holds ``position`` begins."""
        at = bisect_right(self._boundaries, position, key=lambda span: span[1])
        return self._boundaries[at - 1][1] if at else 0

    def next_boundary(self, position: int) -> int:
        """Where it ends, without the full stop."""
        at = bisect_left(self._boundaries, position, key=lambda span: span[0])
        end = self._boundaries[at][0] if at < len(self._boundaries) else len(self.text)
        while end > position and (self.text[end - 1].isspace() or self.text[end - 1] in ".!?"):
            end -= 1
        return end

    def before(self, position: int) -> str:
        """The text in front of a position, without spaces and commas at its end."""
        return self.text[:position].rstrip(" ,")

    def behind(self, position: int) -> str:
        """The text behind a position, without spaces and commas at its beginning."""
        return self.text[position:].lstrip(" ,")
