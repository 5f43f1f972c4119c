"""Training and its measures, on data small enough to check by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import BagOfWordsEncoder
from rich.progress import Progress
from truthlens import weights
from truthlens.encode import DIM, LAYERS
from truthlens.errors import ServiceError
from truthlens.heads import word_features, words
from truthlens.training import data
from truthlens.training.measure import average_precision, calibration_error, threshold
from truthlens.training.train import train


def test_average_precision_by_hand() -> None:
    scores, labels = np.array([0.9, 0.8, 0.7], np.float32), np.array([1, 0, 1], np.float32)
    assert average_precision(scores, labels) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores, np.zeros(3, np.float32)) == 0.0


def test_calibration_error_by_hand() -> None:
    scores, labels = np.array([0.05, 0.05, 0.95, 0.95], np.float32), np.array([0, 0, 1, 0], np.float32)
    assert calibration_error(scores, labels) == pytest.approx((0.05 * 2 + 0.45 * 2) / 4, abs=1e-6)


def test_threshold_is_the_lowest_that_keeps_the_precision() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5], np.float32)
    labels = np.array([1, 1, 0, 1, 0], np.float32)
    reached = threshold(scores, labels, 0.75, least=1)
    assert reached == {"score": 0.6, "precision": 0.75, "recall": 1.0, "n": 4}
    assert threshold(scores, labels, 1.0, least=3)["n"] == 4  # never reached with three: the best there is


def write_news_spans(folder: Path) -> None:
    target = folder / "train" / "news_spans"
    target.mkdir(parents=True)
    rows = []
    for number in range(120):
        text = f"The {'stunning ' if number % 2 else ''}vote of day {number} was held."
        spans = [{"start": 4, "end": 12, "technique": "loaded_language"}] if number % 2 else []
        rows.append(json.dumps({"text": text, "spans": spans}))
    for part in ("train", "dev"):
        (target / f"{part}.jsonl").write_text("\n".join(rows), "utf-8")


def test_a_head_learns_what_is_marked_and_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    write_news_spans(tmp_path)
    encoder = BagOfWordsEncoder()
    digests = []
    for run in ("one", "two"):
        with Progress(disable=True) as progress:
            names = train(
                tmp_path, encoder=encoder, out=tmp_path / run, seed=3, progress=progress, only=["phrase"]
            )
        assert names == ["phrase"]
        digests.append(json.loads((tmp_path / run / "phrase.json").read_text())["weights_sha256"])
    assert digests[0] == digests[1]
    head, manifest = weights.load("phrase", tmp_path / "one")
    encoded = encoder.encode(["A stunning vote was held."])
    features = word_features(encoded.states[0], encoded.token_spans[0], words("A stunning vote was held."))
    scores = head.probabilities(features)[:, head.outputs.index("loaded_language")]
    assert int(scores.argmax()) == 1
    assert scores[1] > 0.9 > 0.2 > scores[2]
    assert manifest["scores"]["loaded_language"]["average_precision"] > 0.95
    assert head.w1.shape[0] == len(LAYERS) * DIM


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="--data") as caught:
        data.marked(tmp_path, "train")
    assert caught.value.code == "data_missing"
    with pytest.raises(ServiceError):
        data.labelled(tmp_path, "dev")
