"""`truthlens train`: reads the data folder, fits each head, calibrates it, writes weights and manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress

from truthlens import weights
from truthlens.encode import Encoder
from truthlens.training import data
from truthlens.training.features import phrase_rows, sentence_rows
from truthlens.training.fit import calibrated, fit
from truthlens.training.measure import summary, threshold

PHRASE_OUTPUTS = (
    "loaded_language",
    "name_calling",
    "exaggeration_minimisation",
    "doubt",
    "vague_sourcing",
    "appeal_to_fear",
    "any",
)
"""Techniques with at least 100 spans in news_spans; ``any`` stands for all fourteen."""

PRECISION = 0.6
"""Shown from where three in five marked words are ones that an annotator marked. Annotators agree with one
another to a character F1 of .69, so a much higher bar would ask for more than they give each other."""


def train(
    folder: Path, *, encoder: Encoder, out: Path, seed: int, progress: Progress, only: Sequence[str] = ()
) -> list[str]:
    """Train the heads named in ``only`` (all when empty); returns the names written.

    Raises ServiceError ``data_missing`` when the data folder lacks a file.
    """
    steps = {"phrase": _phrase, "sentence": _sentence}
    names = [name for name in steps if not only or name in only]
    for name in names:
        steps[name](folder, encoder, out, seed, progress)
    return names


def _phrase(folder: Path, encoder: Encoder, out: Path, seed: int, progress: Progress) -> None:
    train_rows, dev_rows = data.marked(folder, "train"), data.marked(folder, "dev")
    features, labels = phrase_rows(encoder, train_rows, PHRASE_OUTPUTS, progress)
    held_out, held_labels = phrase_rows(encoder, dev_rows, PHRASE_OUTPUTS, progress)
    head = fit(features, labels, PHRASE_OUTPUTS, seed=seed, progress=progress, name="phrase")
    head = calibrated(head, held_out.astype(np.float32), held_labels)
    scores = head.probabilities(held_out.astype(np.float32))
    manifest = {
        "data": {"news_spans": data.digest(folder, "news_spans")},
        "seed": seed,
        "rows": {"train_words": len(features), "dev_words": len(held_out)},
        "scores": {"on": "news_spans dev, words", **summary(PHRASE_OUTPUTS, scores, held_labels)},
        "thresholds": {
            output: threshold(scores[:, column], held_labels[:, column], PRECISION, least=20)
            for column, output in enumerate(PHRASE_OUTPUTS)
        },
    }
    weights.save("phrase", head, manifest, out)


def _sentence(folder: Path, encoder: Encoder, out: Path, seed: int, progress: Progress) -> None:
    parts = {part: data.labelled(folder, part) for part in ("train", "dev", "test")}
    features, labels = {}, {}
    for part, rows in parts.items():
        features[part] = sentence_rows(encoder, [row.text for row in rows], progress)
        labels[part] = np.asarray([[row.loaded] for row in rows], np.float32)
    head = fit(features["train"], labels["train"], ("loaded",), seed=seed, progress=progress, name="sentence")
    head = calibrated(head, features["dev"].astype(np.float32), labels["dev"])
    scores = head.probabilities(features["test"].astype(np.float32))
    manifest = {
        "data": {"anno_lexical": data.digest(folder, "anno_lexical")},
        "seed": seed,
        "rows": {part: len(rows) for part, rows in parts.items()},
        "scores": {"on": "anno_lexical test, sentences", **summary(("loaded",), scores, labels["test"])},
        "thresholds": {"loaded": threshold(scores[:, 0], labels["test"][:, 0], 0.8, least=100)},
    }
    weights.save("sentence", head, manifest, out)
