"""Which sentences stand for an article: early, near its middle, unlike one another, whole where they stand.

Nothing is written anew. The lead is the prior: it gives way where it repeats itself, cannot be shown alone
(see `standalone.py`) or says less of the whole than another sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truthlens.digest.standalone import passages, slight
from truthlens.domain import Article, Sentence, Voiced
from truthlens.encode import Floats
from truthlens.heads import WORD

LEAST, MOST = 3, 4
"""Sentences in a summary; fewer only where the sentences of an article are too long for its share."""

SAME = 0.95  # closeness from which a sentence says what a chosen one says: pull quotes, standfirsts
SHARE = 0.25  # of the words of the body
WORDS_FLOOR, SENTENCES_FLOOR = 120, 8  # of a body worth summarising: below, reading it costs no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each reason counts; closeness is a cosine, -1..1."""

    middle: float  # closeness to the mean of the body
    early: float  # for the first sentence; falls by a factor of e every `reach` sentences
    reach: float
    alike: float  # taken off: closeness to the nearest sentence chosen already
    slight: float  # taken off for a very short sentence or a question, which are chosen last


WEIGHTS = Weights(middle=1.5, early=1.0, reach=5.0, alike=0.4, slight=1.5)
"""Chosen for three sentences against the first three, ROUGE-1 / -2 / -L: on 321 texts of NeuS's train700
.326 / .112 / .212 against .323 / .112 / .211, on every second event of BASIL (81 articles, against the leads
of the other outlets) .352 / .095 / .200 against .345 / .090 / .195. Without `early` .314 and .300 by ROUGE-1,
without `middle` .325 and .349, without `slight` .322 and .351 (from .6 up it makes no difference); without
`alike` the same within .001, and more repeated. Of three, four and five sentences within `SHARE`, four were
best on BASIL (.347, .350, .344). What chose nothing: see `evaluation/summary.py`.
"""


def long_enough(article: Article, sentences: Sequence[Sentence]) -> bool:
    """Whether the body is worth summarising."""
    body = _body(article, sentences)
    return len(body) >= SENTENCES_FLOOR and sum(_lengths(body).values()) >= WORDS_FLOOR


def chosen(
    article: Article,
    sentences: Sequence[Sentence],
    voices: Sequence[Voiced],
    vectors: Floats,
    *,
    weights: Weights = WEIGHTS,
    most: int = MOST,
    share: float = SHARE,
) -> tuple[int, ...]:
    """Indices of the chosen sentences in the order of the article, at most ``share`` of its words.

    ``vectors`` (n, 384) are of unit length. Empty when no sentence can stand alone. Whether the article is
    worth summarising is another question: see `long_enough`.
    """
    body = _body(article, sentences)
    lengths = _lengths(body)
    found = passages(body, voices)
    choice = _Choice(
        passages=found,
        lengths=lengths,
        shortest=sorted(lengths[passage[0]] for passage in found if len(passage) == 1),
        worth=_worth(body, vectors, weights),
        vectors=vectors,
        alike=weights.alike,
        room=share * sum(lengths.values()),
        most=most,
    )
    best = choice.made()
    if 0 < len(best) < LEAST:
        # A long sentence has taken the room of those that belong beside the first choice.
        best = max(best, choice.made(choice.next(()), keep=LEAST), key=len)
    return tuple(sorted(best))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    passages: Sequence[tuple[int, ...]]
    lengths: Mapping[int, int]
    shortest: Sequence[int]  # lengths of the sentences that stand alone, smallest first
    worth: Mapping[int, float]
    vectors: Floats
    alike: float
    room: float  # words
    most: int

    def made(self, start: Sequence[int] = (), *, keep: int = 0) -> list[int]:
        """``start`` and after it the best passages one by one; room is kept for the shortest ``keep``."""
        taken = list(start)
        while new := self.next(taken, keep=keep):
            taken += new
        return taken

    def next(self, taken: Sequence[int], *, keep: int = 0) -> list[int]:
        """What the best passage that fits adds to those taken; nothing when none fits.

        Worth is taken off for what was said before: maximal marginal relevance.
        """
        said = (self.vectors @ self.vectors[list(taken)].T).max(axis=1, initial=0.0)
        room = self.room - sum(self.lengths[index] for index in taken)
        best: list[int] = []
        best_gain = -np.inf
        for passage in self.passages:
            new = [index for index in passage if index not in taken]
            kept = sum(self.shortest[: max(0, keep - len(taken) - len(new))])
            if (
                not new
                or len(taken) + len(new) > self.most
                or sum(self.lengths[index] for index in new) + kept > room
                or max(said[index] for index in new) >= SAME
            ):
                continue
            gain = sum(self.worth[index] - self.alike * float(said[index]) for index in new) / len(new)
            if gain > best_gain:
                best, best_gain = new, gain
        return best


def _worth(body: Sequence[Sentence], vectors: Floats, weights: Weights) -> Mapping[int, float]:
    rows = [sentence.index for sentence in body]
    if not rows:
        return {}
    middle = vectors[rows].mean(axis=0)
    near = vectors[rows] @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    found = weights.middle * near + weights.early * np.exp(-np.arange(len(rows)) / weights.reach)
    found -= weights.slight * np.asarray([slight(sentence.text) for sentence in body])
    return {index: float(value) for index, value in zip(rows, found, strict=True)}


def _lengths(body: Sequence[Sentence]) -> dict[int, int]:
    return {sentence.index: sum(1 for _ in WORD.finditer(sentence.text)) for sentence in body}


def _body(article: Article, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    headline = article.headline
    return [s for s in sentences if headline is None or not headline.contains(s.span)]
