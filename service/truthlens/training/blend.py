"""Fits how the heads "loaded" and "phrase" answer together whether a sentence is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from truthlens import weights
from truthlens.encode import Floats
from truthlens.heads import SENTENCE_SHARE, Blend, joint, loudest
from truthlens.training.calibrate import platt
from truthlens.training.features import Features, Labels
from truthlens.training.measure import summary, thresholds
from truthlens.training.task import Example, tasks


def fit_blend(folder: Path, features: Features, partial: Path) -> dict[str, Any]:
    """What the manifest of the blend says. Reads both heads from ``partial``."""
    task = tasks()["loaded"]
    parts = task.read(folder)
    sentences, words, labels = _answers(parts.calibrate, features, partial)
    blend = Blend(*platt(joint(sentences, words).astype(np.float64), labels[:, 0]))
    chosen = thresholds(task, blend.probabilities(sentences, words)[:, None], labels)
    sentences, words, labels = _answers(parts.test, features, partial)
    unseen = blend.probabilities(sentences, words)[:, None]
    return {
        "sentence_share": SENTENCE_SHARE,
        "slope": blend.slope,
        "shift": blend.shift,
        "thresholds": chosen,
        "scores": {"on": parts.test_name, **summary(task.outputs, unseen, labels, chosen)},
    }


def _answers(examples: Sequence[Example], features: Features, partial: Path) -> tuple[Floats, Floats, Labels]:
    """Of each sentence: the sentence head's answer, the phrase head's for its loudest word, the label."""
    phrase, _ = weights.load("phrase", partial)
    loaded, _ = weights.load("loaded", partial)
    features.add([example.text for example in examples], name="the blend", level="word")
    sentence_rows, labels, _ = features.rows(tasks()["loaded"], examples)
    sentences = loaded.probabilities(sentence_rows.astype(np.float32))[:, 0]
    words = [phrase.probabilities(features.words_of(example.text)) for example in examples]
    return sentences, loudest(phrase.outputs, words), labels
