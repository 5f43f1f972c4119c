"""Tiny scorers over the encoder's states: words and sentences in, calibrated probabilities out.

Pure numpy. The same features serve training and reading, so that they cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Encoded, Floats, Ints
from truthlens.manifests import SENTENCE_HEADS, WORD_HEADS

WORD = re.compile(r"\w+(?:[’'‑-]\w+)*")
"""A word for the word heads: letters and digits, with inner apostrophes and hyphens. Linear: the inner
group always begins with a character that ``\\w`` cannot match."""


def words(text: str) -> tuple[Span, ...]:
    """The words of one sentence, as spans within it."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def word_features(states: Floats, token_spans: Ints, spans: Sequence[Span]) -> Floats:
    """(words, layers * 384): per word the mean of its tokens' states, layer by layer.

    A word without a token of its own (a character the tokenizer drops) is a row of zeros.
    """
    layers, tokens, dim = states.shape
    if not spans or not tokens:
        return np.zeros((len(spans), layers * dim), np.float32)
    starts = np.asarray([span.start for span in spans])
    ends = np.asarray([span.end for span in spans])
    first = np.searchsorted(token_spans[:, 1], starts, side="right")
    counts = np.searchsorted(token_spans[:, 0], ends, side="left") - first
    # A loop over the pieces of the longest word instead of one over words: most words are one token.
    means = states[:, np.minimum(first, tokens - 1)]
    for piece in range(1, int(counts.max())):
        longer = np.flatnonzero(counts > piece)
        means[:, longer] += states[:, first[longer] + piece]
    several = np.flatnonzero(counts > 1)
    means[:, several] /= counts[several, None]
    means[:, counts < 1] = 0.0
    return np.asarray(means.transpose(1, 0, 2).reshape(len(spans), layers * dim))


def sentence_features(states: Floats) -> Floats:
    """(2 * layers * 384,): mean and maximum over a sentence's tokens, layer by layer."""
    layers, tokens, dim = states.shape
    if tokens == 0:
        return np.zeros(2 * layers * dim, np.float32)
    return np.concatenate([states.mean(axis=1).reshape(-1), states.max(axis=1).reshape(-1)])


SHAPES: tuple[Callable[[str], bool], ...] = (
    lambda word: word[:1].isupper(),
    lambda word: word.isupper() and len(word) > 1,
    lambda word: any(character.isdigit() for character in word),
    lambda word: "-" in word,
    lambda word: word.endswith(("’s", "'s")),
)
"""What the uncased encoder cannot see of a word."""


def name_features(text: str, spans: Sequence[Span], features: Floats) -> Floats:
    """(words, features + 3 * shapes + 3): word features with the shape of the word and of both neighbours,
    whether it opens the sentence, and whether punctuation parts it from the word before and after.
    """
    count = len(spans)
    shapes = np.zeros((count + 2, len(SHAPES)), np.float32)
    for row, span in enumerate(spans, 1):
        word = span.of(text)
        shapes[row] = [shape(word) for shape in SHAPES]
    edges = np.zeros((count, 3), np.float32)
    for row, span in enumerate(spans):
        before = text[spans[row - 1].end : span.start] if row else ""
        after = text[span.end : spans[row + 1].start] if row + 1 < count else ""
        edges[row] = [row == 0, bool(before.strip()), bool(after.strip())]
    return np.concatenate([features, shapes[:-2], shapes[1:-1], shapes[2:], edges], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One hidden layer and a calibration per output.

    ``w1`` (features, hidden), ``w2`` (hidden, outputs); ``slope`` and ``shift`` (outputs,) turn a raw logit
    into a probability by Platt's method, fitted on held-out rows. Outputs that are ``exclusive`` share one
    probability (softmax); others each have their own.
    """

    outputs: tuple[str, ...]
    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats
    slope: Floats
    shift: Floats
    exclusive: bool = False

    def logits(self, features: Floats) -> Floats:
        """(n, features) → (n, outputs), before calibration."""
        hidden = features @ self.w1 + self.b1
        # GELU in its tanh form, as the training uses it. Not hidden**3: numpy's power costs 70 products.
        inner = np.float32(0.7978845608) * (hidden + np.float32(0.044715) * (hidden * hidden * hidden))
        hidden = 0.5 * hidden * (1.0 + np.tanh(inner))
        return np.asarray(hidden @ self.w2 + self.b2, np.float32)

    def probabilities(self, features: Floats) -> Floats:
        """(n, features) → (n, outputs), each 0..1."""
        if not len(features):
            return np.zeros((0, len(self.outputs)), np.float32)
        logits = self.logits(features) * self.slope + self.shift
        if self.exclusive:
            logits = np.clip(logits, -30, 30)
            powers = np.exp(logits - logits.max(axis=1, keepdims=True))
            return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
        return chances(logits)


LOUD = ("loaded_language", "name_calling", "exaggeration_minimisation")
"""Outputs of the phrase head that make a sentence read as loaded."""

SENTENCE_SHARE = 0.4
"""How much the sentence head's log-odds count beside those of the loudest word. A design choice made on
BABE's 1,546 agreed sentences: AUC .827 by the loudest word alone, .855 with 0.4, .845 with 1, .80 by the
sentence head alone (all with heads on the unadapted encoder)."""


def loud(outputs: Sequence[str], scores: Floats) -> Floats:
    """(words,): the chance that one output of LOUD at least is right; ``scores`` is (words, outputs)."""
    quiet = np.ones(len(scores), np.float32)
    for output in LOUD:
        if output in outputs:
            quiet = quiet * (1.0 - scores[:, outputs.index(output)])
    return 1.0 - quiet


WORD_SHARE = 0.15
"""How much the sentence head's log-odds count beside a word's own: a word is likelier loaded in a sentence
that is. A design choice made on BABE's 1,546 agreed sentences: average precision of words .476 without, .488
with 0.15 to 0.25, .486 with 0.3.
"""


@dataclass(frozen=True, slots=True)
class Blend:
    """Joins what the sentence head says of a sentence with what the phrase head says of its words.

    Each sees what the other misses: one the sentence as a whole, one the single word that tips it. ``slope``
    and ``shift`` make a probability of the joint log-odds (Platt 1999); ``words`` has both for each output of
    the phrase head that the sentence counts for.
    """

    slope: float
    shift: float
    words: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def probabilities(self, sentences: Floats, loudest: Floats) -> Floats:
        """Of sentences. Both (n,), 0..1; so is the answer."""
        return chances(self.slope * joint(sentences, loudest) + self.shift)

    def of_words(self, outputs: Sequence[str], scores: Floats, sentences: Floats | float) -> Floats:
        """(words, outputs): the phrase head's answers, each seen beside its sentence's. ``sentences`` is
        (words,), or one number where all stand in one sentence.
        """
        seen = scores.copy()
        for column, output in enumerate(outputs):
            if output in self.words:
                slope, shift = self.words[output]
                seen[:, column] = chances(slope * joint_words(scores[:, column], sentences) + shift)
        return seen


def joint(sentences: Floats, loudest: Floats) -> Floats:
    """(n,): log-odds of the loudest word plus SENTENCE_SHARE times those of the sentence."""
    return log_odds(loudest) + SENTENCE_SHARE * log_odds(sentences)


def joint_words(words: Floats, sentences: Floats | float) -> Floats:
    """(n,): log-odds of words plus WORD_SHARE times those of the sentence that each stands in."""
    return np.asarray(log_odds(words) + WORD_SHARE * log_odds(np.asarray(sentences, np.float32)), np.float32)


def chances(odds: Floats) -> Floats:
    """The inverse of `log_odds`, 0..1."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))), np.float32)


def log_odds(chances: Floats) -> Floats:
    """Of chances 0..1. One of 0 or 1 counts as one in ten thousand, so that it cannot outweigh all else."""
    safe = np.clip(chances, 1e-4, 1.0 - 1e-4)
    return np.asarray(np.log(safe / (1.0 - safe)), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the heads say of one article.

    ``words[i]`` are the words of sentence i as spans within it. ``by_word[head][i]`` is (words, outputs),
    ``by_sentence[head]`` is (sentences, outputs); ``outputs[head]`` names the columns.
    """

    words: tuple[tuple[Span, ...], ...]
    outputs: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[Floats, ...]]
    by_sentence: Mapping[str, Floats]

    def of_words(self, head: str, output: str) -> tuple[Floats, ...]:
        """One output of a word head: per sentence (words,)."""
        column = self.outputs[head].index(output)
        return tuple(scores[:, column] for scores in self.by_word[head])

    def of_sentences(self, head: str, output: str | None = None) -> Floats:
        """(sentences,): one output of a sentence head; its only one when ``output`` is left out."""
        column = 0 if output is None else self.outputs[head].index(output)
        return self.by_sentence[head][:, column]


def together(first: Scores, rest: Scores) -> Scores:
    """What was said of some sentences, followed by what the same heads said of others."""
    return Scores(
        words=(*first.words, *rest.words),
        outputs=first.outputs,
        by_word={name: (*rows, *rest.by_word[name]) for name, rows in first.by_word.items()},
        by_sentence={
            name: np.concatenate([rows, rest.by_sentence[name]]) for name, rows in first.by_sentence.items()
        },
    )


def score(
    encoded: Encoded, texts: Sequence[str], heads: Mapping[str, Head], blend: Blend | None = None
) -> Scores:
    """Read all heads over one encoded article. Only the heads that are given answer.

    With a ``blend`` the heads "loaded" and "phrase" answer together.
    """
    spans = tuple(words(text) for text in texts)
    features = [
        word_features(states, token_spans, found)
        for states, token_spans, found in zip(encoded.states, encoded.token_spans, spans, strict=True)
    ]
    by_word = {
        name: _by_word(heads[name], _rows(name, texts, spans, features))
        for name in WORD_HEADS
        if name in heads
    }
    whole = (
        np.stack([sentence_features(states) for states in encoded.states])
        if encoded.states
        else np.zeros((0, 0), np.float32)
    )
    by_sentence = {name: heads[name].probabilities(whole) for name in SENTENCE_HEADS if name in heads}
    if blend is not None:
        outputs, alone = heads["phrase"].outputs, by_sentence["loaded"][:, 0]
        tops = loudest(outputs, by_word["phrase"])
        by_sentence["loaded"] = blend.probabilities(alone, tops)[:, None]
        by_word["phrase"] = tuple(
            blend.of_words(outputs, rows, float(sentence))
            for rows, sentence in zip(by_word["phrase"], alone, strict=True)
        )
    return Scores(
        words=spans,
        outputs={name: head.outputs for name, head in heads.items()},
        by_word=by_word,
        by_sentence=by_sentence,
    )


def loudest(outputs: Sequence[str], by_word: Sequence[Floats]) -> Floats:
    """(sentences,): the loudest word of each; 0 for a sentence without words."""
    return np.asarray([loud(outputs, scores).max(initial=0.0) for scores in by_word], np.float32)


def _rows(
    name: str, texts: Sequence[str], spans: Sequence[Sequence[Span]], features: Sequence[Floats]
) -> list[Floats]:
    if name != "entity":
        return list(features)
    return [name_features(*row) for row in zip(texts, spans, features, strict=True)]


def _by_word(head: Head, rows: Sequence[Floats]) -> tuple[Floats, ...]:
    """One product for all sentences, cut apart again."""
    if not rows:
        return ()
    ends = np.cumsum([0, *(len(row) for row in rows)])
    scores = head.probabilities(np.concatenate(rows))
    return tuple(scores[a:b] for a, b in pairwise(ends))
