"""Which sentences of two articles tell the same, by the closeness of their vectors. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from truthlens.domain import Sentence
from truthlens.encode import Floats
from truthlens.reading import Reading

SAME = 0.7
"""Cosine from which two sentences that are nearest to one another are shown as one fact. Of pairs from
BASIL's triples, read one by one: 8 of 9 told the same at .70 to .75, 5 of 9 at .65 to .70, 2 of 9 at .55
to .60."""

NEAR = 0.6
"""Cosine from which wordings and figures of two sentences are set side by side: the matter is the same, and
a shared unit or speaker must make up for the rest."""

LOOSE = 0.45
"""Cosine from which figures are set side by side when even more words round them are shared."""

FAR = 0.5
"""Cosine below which a sentence has no counterpart. On the same pairs, those from .5 to .6 still shared their
matter, told by another fact."""

WORDS = 7  # fewer say too little to be compared


@dataclass(frozen=True, slots=True)
class Pair:
    """``one`` and ``other`` are indices of sentences in the first and the second article."""

    one: int
    other: int
    closeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """``pairs`` are nearest to one another, in the order of the first article. ``closest`` and
    ``other_closest`` hold, per sentence of either article, the cosine of its nearest in the other one.
    ``near`` are all pairs from `LOOSE` on, by the first article's order, nearest first.
    """

    pairs: tuple[Pair, ...]
    near: tuple[Pair, ...]
    closest: Floats
    other_closest: Floats


def align(one: Reading, other: Reading) -> Alignment:
    """Compare each sentence below the headline of one article with each of the other. A short sentence or a
    headline is nobody's counterpart.
    """
    close = one.encoded.vectors @ other.encoded.vectors.T
    close = np.where(np.outer(_comparable(one), _comparable(other)), close, -1.0)
    if not close.size:
        empty = np.full(0, -1.0, np.float32)
        lengths = len(one.sentences), len(other.sentences)
        mine, theirs = (np.full(length, -1.0, np.float32) if length else empty for length in lengths)
        return Alignment(pairs=(), near=(), closest=mine, other_closest=theirs)
    best, back = close.argmax(axis=1), close.argmax(axis=0)
    rows, columns = np.nonzero(close >= LOOSE)
    near = [
        Pair(int(row), int(column), float(close[row, column]))
        for row, column in zip(rows, columns, strict=True)
    ]
    return Alignment(
        pairs=tuple(
            Pair(row, int(column), float(close[row, column]))
            for row, column in enumerate(best)
            if back[column] == row and close[row, column] >= NEAR
        ),
        near=tuple(sorted(near, key=lambda pair: (pair.one, -pair.closeness, pair.other))),
        closest=np.asarray(close.max(axis=1), np.float32),
        other_closest=np.asarray(close.max(axis=0), np.float32),
    )


def below_headline(reading: Reading, sentence: Sentence) -> bool:
    headline = reading.article.headline
    return headline is None or not headline.contains(sentence.span)


def _comparable(reading: Reading) -> Floats:
    return np.asarray(
        [
            below_headline(reading, sentence) and reading.word_count(sentence.span) >= WORDS
            for sentence in reading.sentences
        ],
        bool,
    )
