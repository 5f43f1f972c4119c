"""Turns training sentences into the same features that serving reads. Half precision, to fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from truthlens.encode import Encoder, Floats
from truthlens.heads import name_features, sentence_features, word_features, words
from truthlens.training.task import Example, Task

Halves = npt.NDArray[np.float16]
Labels = npt.NDArray[np.float32]
Tick = Callable[[str, float], None]
"""Called with what is being done and the share 0..1 of it."""

CHUNK = 256  # sentences encoded at a time: 256 of 25 tokens are 40 MB of states


class Features:
    """Features of sentences, each encoded once however many heads ask for it.

    Kept in half precision; a text added at word level serves both levels.
    """

    def __init__(self, encoder: Encoder, tick: Tick) -> None:
        self._encoder = encoder
        self._tick = tick
        self._words: dict[str, Halves] = {}
        self._sentences: dict[str, Halves] = {}

    def add(self, texts: Iterable[str], *, name: str, level: str) -> None:
        """Encode those of ``texts`` that are new at this level."""
        known = self._words if level == "word" else self._sentences
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(fresh), CHUNK):
            chunk = fresh[start : start + CHUNK]
            encoded = self._encoder.encode(chunk)
            for text, states, spans in zip(chunk, encoded.states, encoded.token_spans, strict=True):
                # Sentence features are small: kept for both levels, since many texts serve heads of both.
                self._sentences[text] = sentence_features(states).astype(np.float16)
                if level == "word":
                    self._words[text] = word_features(states, spans, words(text)).astype(np.float16)
            self._tick(f"encoding for {name}", (start + len(chunk)) / len(fresh))

    def forget_words(self) -> None:
        """Word features take about 70 KB a sentence: give them back once no head needs them."""
        self._words.clear()

    def words_of(self, text: str) -> Floats:
        """(words, layers * 384) of a text that was added at word level."""
        return self._words[text].astype(np.float32)

    def rows(self, task: Task, examples: Sequence[Example]) -> tuple[Halves, Labels, Labels]:
        """Features, targets and mask of all words or sentences of ``examples``, one under the other."""
        if task.level == "sentence":
            features = np.stack([self._sentences[example.text] for example in examples])
            targets = np.stack([example.targets for example in examples])
            return features, targets, np.stack([example.mask for example in examples])
        parts = [self._word_rows(task, example) for example in examples]
        return (
            np.concatenate(parts),
            np.concatenate([example.targets for example in examples]),
            np.concatenate([example.mask for example in examples]),
        )

    def _word_rows(self, task: Task, example: Example) -> Halves:
        features = self._words[example.text]
        if task.key != "entity":
            return features
        named = name_features(example.text, words(example.text), features.astype(np.float32))
        return named.astype(np.float16)
