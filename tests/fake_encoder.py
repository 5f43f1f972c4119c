"""An encoder and heads without a model: quick, the same everywhere, and they count their calls."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from truthlens.encode import DIM, LAYERS, Encoded, Progress
from truthlens.heads import WORD, Head

OUTPUTS = ("loaded_language", "name_calling", "exaggeration_minimisation", "vague_sourcing")
TELLING = {
    "stunning": 0, "massive": 0, "terrorize": 0, "slammed": 0, "disastrous": 0, "shameful": 0,
    "overwhelming": 0, "cronies": 1, "mob": 1, "ever": 2, "everyone": 2, "critics": 3, "some": 3,
}  # fmt: skip
"""Words to which the test's word head answers, and by which output."""


class BagOfWordsEncoder:
    """One token a word; its state is drawn from the word's hash, so that equal words are equal everywhere."""

    digest = "bag-of-words"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded:
        self.calls.append(list(sentences))
        states, spans = [], []
        for sentence in sentences:
            found = list(WORD.finditer(sentence))
            rows = [self._state(match.group().lower()) for match in found]
            layer = np.stack(rows) if rows else np.zeros((0, DIM), np.float32)
            states.append(np.stack([layer] * len(LAYERS)))
            spans.append(np.asarray([match.span() for match in found], np.int64).reshape(-1, 2))
        sums = np.stack([s[-1].sum(axis=0) for s in states]) if states else np.zeros((0, DIM), np.float32)
        vectors = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        for array in (vectors, *states, *spans):
            array.flags.writeable = False
        if progress is not None:
            progress(1.0)
        return Encoded(vectors=vectors, states=tuple(states), token_spans=tuple(spans))

    def _state(self, word: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        state = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
        state[: len(OUTPUTS)] = 0.0
        if word in TELLING:
            state[TELLING[word]] = 10.0
        return state


def telling_head(outputs: tuple[str, ...], features: int) -> Head:
    """Answers .99 to a telling word of an output and .01 to all others."""
    count = len(outputs)
    w1 = np.zeros((features, count), np.float32)
    w1[np.arange(count), np.arange(count)] = 1.0
    return Head(
        outputs=outputs,
        w1=w1,
        b1=np.zeros(count, np.float32),
        w2=np.eye(count, dtype=np.float32),
        b2=np.full(count, -5.0, np.float32),
        slope=np.ones(count, np.float32),
        shift=np.zeros(count, np.float32),
    )
