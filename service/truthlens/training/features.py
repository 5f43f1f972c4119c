"""Turns training sentences into the same features that serving reads. Half precision, to fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rich.progress import Progress

from truthlens.encode import Encoded, Encoder
from truthlens.heads import sentence_features, word_features, words
from truthlens.training.data import Marked

Halves = npt.NDArray[np.float16]
Labels = npt.NDArray[np.float32]
CHUNK = 256  # sentences encoded at a time: 256 of 25 tokens are 40 MB of states


def phrase_rows(
    encoder: Encoder, rows: Sequence[Marked], outputs: Sequence[str], progress: Progress
) -> tuple[Halves, Labels]:
    """(words, layers * 384) and (words, outputs): a word counts as marked when a span touches it.

    The output ``any`` stands for every technique, also for those too rare to have an output of their own.
    """
    features, labels = [], []
    for chunk, encoded in _encoded(encoder, [row.text for row in rows], "phrases", progress):
        for offset, (states, token_spans) in enumerate(zip(encoded.states, encoded.token_spans, strict=True)):
            row = rows[chunk + offset]
            spans = words(row.text)
            features.append(word_features(states, token_spans, spans).astype(np.float16))
            targets = np.zeros((len(spans), len(outputs)), np.float32)
            for index, word in enumerate(spans):
                techniques = {technique for span, technique in row.spans if span.overlaps(word)}
                for column, output in enumerate(outputs):
                    targets[index, column] = output in techniques or (output == "any" and bool(techniques))
            labels.append(targets)
    return np.concatenate(features), np.concatenate(labels)


def sentence_rows(encoder: Encoder, texts: Sequence[str], progress: Progress) -> Halves:
    """(sentences, 2 * layers * 384)."""
    features = [
        np.stack([sentence_features(states) for states in encoded.states]).astype(np.float16)
        for _, encoded in _encoded(encoder, texts, "sentences", progress)
    ]
    return np.concatenate(features)


def _encoded(
    encoder: Encoder, texts: Sequence[str], what: str, progress: Progress
) -> Iterator[tuple[int, Encoded]]:
    task = progress.add_task(f"encoding {what}", total=len(texts))
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        yield start, encoder.encode(chunk)
        progress.advance(task, len(chunk))
