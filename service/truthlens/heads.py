"""Tiny scorers over the encoder's states: words and sentences in, calibrated probabilities out.

Pure numpy. The same features serve training and reading, so that they cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Encoded, Floats, Ints

WORD = re.compile(r"\w+(?:[’'‑-]\w+)*")
"""A word for the word head: letters and digits, with inner apostrophes and hyphens. Linear: the inner
group always begins with a character that ``\\w`` cannot match."""


def words(text: str) -> tuple[Span, ...]:
    """The words of one sentence, as spans within it."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def word_features(states: Floats, token_spans: Ints, spans: Sequence[Span]) -> Floats:
    """(words, layers * 384): per word the mean of its tokens' states, layer by layer.

    A word without a token of its own (a character the tokenizer drops) is a row of zeros.
    """
    layers, _, dim = states.shape
    features = np.zeros((len(spans), layers * dim), np.float32)
    for row, span in enumerate(spans):
        first = int(np.searchsorted(token_spans[:, 1], span.start, side="right"))
        last = int(np.searchsorted(token_spans[:, 0], span.end, side="left"))
        if first < last:
            features[row] = states[:, first:last].mean(axis=1).reshape(-1)
    return features


def sentence_features(states: Floats) -> Floats:
    """(2 * layers * 384,): mean and maximum over a sentence's tokens, layer by layer."""
    layers, tokens, dim = states.shape
    if tokens == 0:
        return np.zeros(2 * layers * dim, np.float32)
    return np.concatenate([states.mean(axis=1).reshape(-1), states.max(axis=1).reshape(-1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One hidden layer and a calibration per output.

    ``w1`` (features, hidden), ``w2`` (hidden, outputs); ``slope`` and ``shift`` (outputs,) turn a raw logit
    into a probability by Platt's method, fitted on held-out rows.
    """

    outputs: tuple[str, ...]
    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats
    slope: Floats
    shift: Floats

    def logits(self, features: Floats) -> Floats:
        """(n, features) → (n, outputs), before calibration."""
        hidden = features @ self.w1 + self.b1
        # GELU in its tanh form, as the training uses it.
        inner = np.float32(0.7978845608) * (hidden + np.float32(0.044715) * hidden**3)
        hidden = 0.5 * hidden * (1.0 + np.tanh(inner))
        return np.asarray(hidden @ self.w2 + self.b2, np.float32)

    def probabilities(self, features: Floats) -> Floats:
        """(n, features) → (n, outputs), each 0..1."""
        if not len(features):
            return np.zeros((0, len(self.outputs)), np.float32)
        logits = np.clip(self.logits(features) * self.slope + self.shift, -30, 30)
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Per sentence: ``words[i]``, spans within it, and ``word_scores[i]`` (words, outputs).

    ``sentences`` (n,): the probability that an annotator calls the sentence loaded.
    """

    outputs: tuple[str, ...]
    words: tuple[tuple[Span, ...], ...]
    word_scores: tuple[Floats, ...]
    sentences: Floats


def score(encoded: Encoded, texts: Sequence[str], *, phrase: Head, sentence: Head) -> Scores:
    """Read both heads over one encoded article."""
    spans = tuple(words(text) for text in texts)
    word_scores = tuple(
        phrase.probabilities(word_features(states, token_spans, found))
        for states, token_spans, found in zip(encoded.states, encoded.token_spans, spans, strict=True)
    )
    if encoded.states:
        features = np.stack([sentence_features(states) for states in encoded.states])
        sentence_scores = sentence.probabilities(features)[:, 0]
    else:
        sentence_scores = np.zeros(0, np.float32)
    return Scores(outputs=phrase.outputs, words=spans, word_scores=word_scores, sentences=sentence_scores)
