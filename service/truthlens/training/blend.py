"""Fits how the heads "loaded" and "phrase" answer together, for sentences and for words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from truthlens import weights
from truthlens.encode import Floats
from truthlens.heads import LOUD, SENTENCE_SHARE, WORD_SHARE, Blend, joint, joint_words, loudest
from truthlens.training.calibrate import platt
from truthlens.training.features import Features, Labels
from truthlens.training.measure import summary, thresholds
from truthlens.training.task import Example, Task, tasks


def fit_blend(folder: Path, features: Features, partial: Path) -> dict[str, Any]:
    """What the manifest of the blend says. Reads both heads from ``partial``."""
    sentence_task, word_task = tasks()["loaded"], tasks()["phrase"]
    parts, word_parts = sentence_task.read(folder), word_task.read(folder)
    held = _answers(parts.calibrate, word_parts.calibrate, features, partial)
    odds = joint(held.sentences, held.loudest).astype(np.float64)
    blend = Blend(
        *platt(odds, held.labels[:, 0]),
        words={
            output: platt(
                joint_words(held.words[:, column], held.of_words).astype(np.float64),
                held.word_labels[:, column],
            )
            for output in (*LOUD, "any")
            for column in [word_task.outputs.index(output)]
        },
    )
    unseen = _answers(parts.test, word_parts.test, features, partial)
    return {
        "sentence_share": SENTENCE_SHARE,
        "word_share": WORD_SHARE,
        "slope": blend.slope,
        "shift": blend.shift,
        "words": {output: list(pair) for output, pair in blend.words.items()},
        **_figures(sentence_task, parts.test_name, blend.probabilities, held, unseen),
        "phrase": _word_figures(word_task, word_parts.test_name, blend, held, unseen),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """Of n sentences with m words in all: ``sentences``, ``loudest`` (n,), ``labels`` (n, 1); ``words``,
    ``word_labels`` (m, outputs); ``of_words`` (m,) the sentence head's answer for the sentence of each.
    """

    sentences: Floats
    loudest: Floats
    labels: Labels
    words: Floats
    word_labels: Labels
    of_words: Floats


def _answers(
    sentences: Sequence[Example], worded: Sequence[Example], features: Features, partial: Path
) -> _Answers:
    """Both tasks must have the same texts in the same order, as they have where both read news_spans."""
    if [example.text for example in sentences] != [example.text for example in worded]:
        raise ValueError("the tasks loaded and phrase are calibrated on different sentences")
    phrase, _ = weights.load("phrase", partial)
    loaded, _ = weights.load("loaded", partial)
    features.add([example.text for example in sentences], name="the blend", level="word")
    rows, labels, _ = features.rows(tasks()["loaded"], sentences)
    alone = loaded.probabilities(rows.astype(np.float32))[:, 0]
    words = [phrase.probabilities(features.words_of(example.text)) for example in worded]
    return _Answers(
        sentences=alone,
        loudest=loudest(phrase.outputs, words),
        labels=labels,
        words=np.concatenate(words),
        word_labels=np.concatenate([example.targets for example in worded]),
        of_words=np.repeat(alone, [len(row) for row in words]),
    )


def _figures(
    task: Task, name: str, probabilities: Callable[[Floats, Floats], Floats], held: _Answers, unseen: _Answers
) -> dict[str, Any]:
    chosen = thresholds(task, probabilities(held.sentences, held.loudest)[:, None], held.labels)
    scores = probabilities(unseen.sentences, unseen.loudest)[:, None]
    return {
        "thresholds": chosen,
        "scores": {"on": name, **summary(task.outputs, scores, unseen.labels, chosen)},
    }


def _word_figures(task: Task, name: str, blend: Blend, held: _Answers, unseen: _Answers) -> dict[str, Any]:
    """As `_figures`, for every output of the phrase head; those that the sentence does not count for stay."""

    def seen(answers: _Answers) -> Floats:
        return blend.of_words(task.outputs, answers.words, answers.of_words)

    chosen = thresholds(task, seen(held), held.word_labels)
    return {
        "thresholds": chosen,
        "scores": {"on": name, **summary(task.outputs, seen(unseen), unseen.word_labels, chosen)},
    }
