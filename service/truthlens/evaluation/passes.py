"""Reads many texts in passes of bounded size, keeping the scores and letting the heavy states go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from truthlens.encode import Encoded, Floats
from truthlens.heads import Scores

CHUNK = 256  # texts in one pass: 256 sentences of 25 tokens are 40 MB of states


class Reader(Protocol):
    """What the tasks ask of an `Analyser`: one encoder pass, and from which score an output counts."""

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, float]]: ...

    def read(self, texts: Sequence[str]) -> tuple[Encoded, Scores]: ...


def read(reader: Reader, texts: Sequence[str]) -> Scores:
    """The scores of all texts, as if they had been read at once. Raises ValueError when there are none."""
    if not texts:
        raise ValueError("no texts to read; the task must say that its data is missing")
    parts = [reader.read(chunk)[1] for chunk in _chunks(texts)]
    first = parts[0]
    return Scores(
        words=tuple(words for part in parts for words in part.words),
        outputs=first.outputs,
        by_word={
            head: tuple(rows for part in parts for rows in part.by_word[head]) for head in first.by_word
        },
        by_sentence={
            head: np.concatenate([part.by_sentence[head] for part in parts]) for head in first.by_sentence
        },
    )


def vectors(encode: Callable[[Sequence[str]], Encoded], texts: Sequence[str]) -> Floats:
    """(texts, 384), unit length."""
    return np.concatenate([encode(chunk).vectors for chunk in _chunks(texts)])


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
