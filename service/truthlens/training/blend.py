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
from truthlens.training.measure import LEAST, at, average_precision, calibration_error, threshold
from truthlens.training.task import Example, tasks


def fit_blend(folder: Path, features: Features, partial: Path) -> dict[str, Any]:
    """What the manifest of the blend says. Reads both heads from ``partial``."""
    task = tasks()["loaded"]
    parts = task.read(folder)
    odds, labels = _joint(parts.calibrate, features, partial)
    blend = Blend(*platt(odds.astype(np.float64), labels))
    scores = _probabilities(blend, odds)
    chosen = threshold(scores, labels, task.precision, least=LEAST[task.level])
    odds, labels = _joint(parts.test, features, partial)
    unseen = _probabilities(blend, odds)
    return {
        "sentence_share": SENTENCE_SHARE,
        "slope": blend.slope,
        "shift": blend.shift,
        "thresholds": {"loaded": chosen},
        "scores": {
            "on": parts.test_name,
            "loaded": {
                "average_precision": round(average_precision(unseen, labels), 3),
                "calibration_error": round(calibration_error(unseen, labels), 4),
                "positives": int(labels.sum()),
                "shown": at(unseen, labels, chosen["score"]),
            },
        },
    }


def _joint(examples: Sequence[Example], features: Features, partial: Path) -> tuple[Floats, Labels]:
    phrase, _ = weights.load("phrase", partial)
    loaded, _ = weights.load("loaded", partial)
    features.add([example.text for example in examples], name="the blend", level="word")
    sentence_rows, labels, _ = features.rows(tasks()["loaded"], examples)
    sentences = loaded.probabilities(sentence_rows.astype(np.float32))[:, 0]
    words = [phrase.probabilities(features.words_of(example.text)) for example in examples]
    return joint(sentences, loudest(phrase.outputs, words)), labels[:, 0]


def _probabilities(blend: Blend, odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-(blend.slope * odds + blend.shift))), np.float32)
