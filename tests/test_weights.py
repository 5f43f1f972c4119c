"""Weights are refused unless file and manifest agree with what is installed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import telling_head
from truthlens import weights
from truthlens.encode import DIM, LAYERS
from truthlens.errors import ServiceError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    weights.save("phrase", telling_head(("loaded_language", "any"), len(LAYERS) * DIM), {"seed": 1}, tmp_path)
    return tmp_path


def test_what_is_saved_is_loaded(folder: Path) -> None:
    head, manifest = weights.load("phrase", folder)
    assert head.outputs == ("loaded_language", "any")
    assert np.array_equal(head.w1, telling_head(head.outputs, len(LAYERS) * DIM).w1)
    assert manifest["seed"] == 1


def edit(folder: Path, **changes: object) -> None:
    path = folder / "phrase.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"encoder_sha256": "0" * 64},
        {"layers": [6]},
        {"dim": 768},
        {"weights_sha256": "0" * 64},
        {"outputs": ["one"]},
    ],
)
def test_a_manifest_that_says_otherwise_is_refused(folder: Path, changes: dict[str, object]) -> None:
    edit(folder, **changes)
    with pytest.raises(ServiceError) as caught:
        weights.load("phrase", folder)
    assert caught.value.code == "model_failed"


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-10], lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda _: b""]
)
def test_a_damaged_file_is_refused(folder: Path, damage: object) -> None:
    path = folder / "phrase.safetensors"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ServiceError, match="model_failed"):
        weights.load("phrase", folder)


def test_a_damaged_file_with_a_matching_digest_is_refused_too(folder: Path) -> None:
    import hashlib

    content = (folder / "phrase.safetensors").read_bytes()[:-100]
    (folder / "phrase.safetensors").write_bytes(content)
    edit(folder, weights_sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ServiceError, match="damaged"):
        weights.load("phrase", folder)


def test_missing_weights_are_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        weights.load("phrase", tmp_path)


@pytest.mark.parametrize("name", ["phrase", "sentence"])
def test_shipped_weights_load_and_say_what_they_are_made_of(name: str) -> None:
    head, manifest = weights.load(name)
    assert set(manifest["thresholds"]) == set(head.outputs)
    assert manifest["data"]
    assert manifest["scores"]["on"]
