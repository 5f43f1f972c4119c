"""The lexicon baseline: how strong a word is in a public word list, with no model at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Floats

FILES = ("vader_lexicon.txt", "afinn165.tsv")
"""In order of choice; in both, a word and its valence are the first two columns, parted by tabs."""

FLOOR = 2.0
"""A word counts as loaded from this strength on: half of VADER's scale (−4..4), where words such as
“attack” begin, and just below half of AFINN's (−5..5). Fixed once for all tasks, never fitted."""


class Lexicon:
    """Strength 0..5 of a word: how far its valence lies from neutral, whatever the direction."""

    def __init__(self, strengths: dict[str, float]) -> None:
        self._strengths = strengths

    def words(self, text: str, spans: Sequence[Span]) -> Floats:
        """(words,). A compound is as strong as its strongest part; a possessive ending does not count."""
        return np.asarray([self._word(span.of(text).lower()) for span in spans], np.float32)

    def sentences(self, texts: Sequence[str], words: Sequence[Sequence[Span]]) -> Floats:
        """(texts,): each text is as strong as its strongest word."""
        strongest = [self.words(*pair).max(initial=0.0) for pair in zip(texts, words, strict=True)]
        return np.asarray(strongest, np.float32)

    def _word(self, word: str) -> float:
        word = word.removesuffix("'s").removesuffix("’s")
        return max(self._strengths.get(part, 0.0) for part in (word, *word.split("-")))


def load(data: Path) -> Lexicon | None:
    """The first of `FILES` in ``train/lexicons``; None where neither is there: the baseline is left out."""
    for name in FILES:
        path = data / "train" / "lexicons" / name
        if path.exists():
            rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
            return Lexicon({row[0].lower(): abs(float(row[1])) for row in rows if len(row) > 1})
    return None
