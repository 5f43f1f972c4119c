"""Which words are biased, as BABE's experts marked them? Average precision over the words that carry content.

All content words of all sentences are ranked together by their score; function words are left out, and so
are sentences on which the experts did not agree. A word is
positive when it lies in a phrase that the experts marked, at each place where the phrase stands. Sentences
are drawn whole for the interval. Nothing of BABE trained the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from truthlens.content_words import is_content
from truthlens.domain import Span
from truthlens.evaluation import babe, lexicon
from truthlens.evaluation.bootstrap import measured
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.ranking import average_precision
from truthlens.evaluation.row import Row
from truthlens.evaluation.word_scores import loaded_words
from truthlens.training.data_folder import missing


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """One row; ``n`` counts sentences. Raises ServiceError ``data_missing``."""
    sentences = [
        (row.text, row.words)
        for row in babe.sentences(data)
        if row.words is not None and row.biased is not None
    ]
    if not sentences:
        raise missing(babe.FOLDER)
    texts = [text for text, _ in sentences]
    scores = read(reader, texts)
    content = np.asarray(
        [is_content(word.of(text)) for text, words in zip(texts, scores.words, strict=True) for word in words]
    )
    marked = np.asarray(
        [
            is_marked
            for (text, phrases), words in zip(sentences, scores.words, strict=True)
            for is_marked in marks(text, words, phrases)
        ]
    )[content]
    sentence = np.repeat(np.arange(len(texts)), [len(words) for words in scores.words])[content]
    ranked = np.concatenate(loaded_words(scores))[content]
    baselines = {"random (share of positives)": float(marked.mean())}
    words = lexicon.load(data)
    if words:
        strengths = [words.words(*pair) for pair in zip(texts, scores.words, strict=True)]
        baselines["lexicon"] = average_precision(np.concatenate(strengths)[content], marked)
    score, low, high = measured(
        lambda weights: average_precision(ranked, marked, weights[sentence]), len(texts)
    )
    return [
        Row(
            task="babe_words",
            metric="average precision",
            score=score,
            low=low,
            high=high,
            n=len(texts),
            baselines=baselines,
            note=f"{len(marked)} content words, {int(marked.sum())} marked",
        )
    ]


def marks(text: str, words: Sequence[Span], phrases: Sequence[str]) -> list[bool]:
    """Per word whether it lies in one of the phrases, wherever these stand as whole words in ``text``."""
    places = [
        Span(*match.span())
        for phrase in phrases
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)
    ]
    return [any(word.overlaps(place) for place in places) for word in words]
