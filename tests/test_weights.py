"""Weights are refused unless file and manifest agree with what is installed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import WORD_DIM, fake_heads, fake_thresholds, telling_head
from truthlens import manifests, stored_bank, weights
from truthlens.errors import ServiceError
from truthlens.heads import Blend
from truthlens.model_file import LAYERS, MODEL_SHA256
from truthlens.seeds import load_families

DELTAS = {
    "encoder.layer.2.output.dense": (np.ones((2, 3), np.float32), np.full((4, 2), 0.5, np.float32)),
    "encoder.layer.3.output.dense": (np.zeros((2, 3), np.float32), np.ones((4, 2), np.float32)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    weights.save("phrase", telling_head(("loaded_language", "any"), WORD_DIM), {"seed": 1}, tmp_path)
    return tmp_path


BLEND = {
    "sentence_share": 0.4,
    "word_share": 0.15,
    "slope": 0.8,
    "shift": -0.1,
    "words": {"any": [1.1, 0.2]},
    "thresholds": {"loaded": {"score": 0.45}},
    "phrase": {
        "thresholds": {output: {"score": 0.35} for output in fake_thresholds()["phrase"]},
    },
}


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A folder with everything that serving loads, the bank aside."""
    weights.save_adapter(DELTAS, {"rank": 2}, tmp_path)
    for name, head in fake_heads().items():
        reached = {
            output: {"score": score, "precision": 0.6} for output, score in fake_thresholds()[name].items()
        }
        weights.save(name, head, {"thresholds": reached}, tmp_path)
    weights.save_blend(BLEND, tmp_path)
    return tmp_path


def test_what_is_saved_is_loaded(folder: Path) -> None:
    head, manifest = weights.load("phrase", folder)
    assert head.outputs == ("loaded_language", "any")
    assert np.allclose(head.w1, telling_head(head.outputs, WORD_DIM).w1, atol=0.01)
    assert head.w1.dtype == np.float32
    assert not head.exclusive
    assert manifest["seed"] == 1
    assert manifest["adapter"] == ""
    assert manifest == manifests.manifest("phrase", folder)


def test_that_outputs_exclude_one_another_is_kept(full: Path) -> None:
    assert {name for name in manifests.HEADS if weights.load(name, full)[0].exclusive} == {
        "entity", "mode", "emotion",
    }  # fmt: skip


def test_the_manifest_says_what_the_weights_assume(folder: Path) -> None:
    manifest = manifests.manifest("phrase", folder)
    content = (folder / "phrase.safetensors").read_bytes()
    assert manifest["name"] == "phrase"
    assert manifest["weights_sha256"] == hashlib.sha256(content).hexdigest()
    assert (manifest["encoder_sha256"], manifest["layers"]) == (MODEL_SHA256, list(LAYERS))


def edit(folder: Path, name: str = "phrase", **changes: object) -> None:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"encoder_sha256": "0" * 64},
        {"layers": [6]},
        {"dim": 768},
        {"weights_sha256": "0" * 64},
        {"outputs": ["one"]},
        {"outputs": None},
        {"adapter": "0" * 64},
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
    content = (folder / "phrase.safetensors").read_bytes()[:-100]
    (folder / "phrase.safetensors").write_bytes(content)
    edit(folder, weights_sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(ServiceError, match="damaged"):
        weights.load("phrase", folder)


def test_missing_weights_are_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        weights.load("phrase", tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[" * 5])
def test_an_unreadable_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / "phrase.json").write_text(text)
    with pytest.raises(ServiceError, match="model_failed"):
        weights.load("phrase", folder)


@pytest.mark.parametrize(
    "tensors",
    [
        {"w2": np.zeros(2, np.float32)},
        {"w2": np.zeros((3, 2), np.float32)},
        {"b1": np.zeros((), np.float32)},
        {"b1": np.zeros(3, np.float32)},
        {"b2": np.zeros(1, np.float32)},
        {"slope": np.zeros((2, 1), np.float32)},
        {"w1": np.zeros(2, np.float32)},
    ],
)
def test_tensors_that_do_not_fit_one_another_are_refused(
    folder: Path, tensors: dict[str, np.ndarray]
) -> None:
    head = telling_head(("loaded_language", "any"), WORD_DIM)
    whole = {key: getattr(head, key) for key in weights.TENSORS} | tensors
    about = {"adapter": "", "outputs": list(head.outputs), "exclusive": False}
    weights.write("phrase", whole, about, folder)
    with pytest.raises(ServiceError, match="model_failed"):
        weights.load("phrase", folder)


def test_a_head_without_one_of_its_tensors_is_refused(folder: Path) -> None:
    about = {"adapter": "", "outputs": ["any"], "exclusive": False}
    weights.write("phrase", {"w1": np.zeros((4, 1), np.float32)}, about, folder)
    with pytest.raises(ServiceError, match="damaged"):
        weights.load("phrase", folder)


def test_bytes_stay_bytes_and_numbers_become_halves(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    small = np.array([[-127, 0, 127]], np.int8)
    number = np.array([1 / 3], np.float32)
    weights.write("bank", {"small": small, "number": number}, {"rows": 1}, tmp_path)
    stored = load_file(tmp_path / "bank.safetensors")
    assert {key: value.dtype for key, value in stored.items()} == {"small": np.int8, "number": np.float16}
    tensors, about = weights.read("bank", tmp_path)
    assert about["rows"] == 1
    assert {value.dtype for value in tensors.values()} == {np.dtype(np.float32)}
    assert np.array_equal(tensors["small"], small)
    assert tensors["number"] == pytest.approx(1 / 3, abs=1e-3)


def test_same_tensors_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        weights.save_adapter(DELTAS, {}, tmp_path / name)
    assert manifests.adapter_digest(tmp_path / "one") == manifests.adapter_digest(tmp_path / "two") != ""


def test_the_adapter_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    assert manifests.adapter_digest(tmp_path) == ""
    weights.save_adapter(DELTAS, {"rank": 2}, tmp_path)
    adapter = weights.load_adapter(tmp_path)
    assert adapter.digest == manifests.adapter_digest(tmp_path)
    assert list(adapter.deltas) == list(DELTAS)
    for name, pair in DELTAS.items():
        assert all(np.array_equal(*both) for both in zip(adapter.deltas[name], pair, strict=True))


def test_half_an_adapter_is_refused(tmp_path: Path) -> None:
    weights.write("adapter", {"encoder.layer.2.output.dense.a": DELTAS[min(DELTAS)][0]}, {}, tmp_path)
    with pytest.raises(ServiceError, match="damaged"):
        weights.load_adapter(tmp_path)


def test_an_altered_adapter_is_refused(full: Path) -> None:
    path = full / "adapter.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ServiceError, match="weights_sha256"):
        weights.load_all(full)


def test_all_weights_at_once(full: Path) -> None:
    loaded = weights.load_all(full)
    assert set(loaded.heads) == set(loaded.thresholds) == set(manifests.HEADS)
    together = {"loaded": {"loaded": 0.45}, "phrase": dict.fromkeys(fake_thresholds()["phrase"], 0.35)}
    assert loaded.thresholds == fake_thresholds() | together
    assert loaded.blend == Blend(0.8, -0.1, {"any": (1.1, 0.2)})
    assert loaded.adapter.digest == manifests.adapter_digest(full)
    assert loaded.digest == weights.load_all(full).digest


def test_another_head_is_another_digest(full: Path) -> None:
    before = weights.load_all(full).digest
    head, manifest = weights.load("value", full)
    head.b2[0] += 1
    weights.save("value", head, {"thresholds": manifest["thresholds"]}, full)
    assert weights.load_all(full).digest != before


@pytest.mark.parametrize(
    "change",
    [
        {"slope": None}, {"shift": "x"}, {"thresholds": {}}, {"thresholds": []}, {"words": []},
        {"words": {"any": 1}}, {"phrase": {}},
    ],
)  # fmt: skip
def test_a_damaged_blend_is_refused(full: Path, change: dict[str, object]) -> None:
    edit(full, "blend", **change)
    with pytest.raises(ServiceError, match="damaged"):
        weights.load_all(full)


def test_a_missing_blend_is_said(full: Path) -> None:
    (full / "blend.json").unlink()
    with pytest.raises(ServiceError, match="'blend'"):
        weights.load_all(full)


def test_heads_of_another_adapter_are_refused(full: Path) -> None:
    weights.save_adapter({name: (a, b + 1) for name, (a, b) in DELTAS.items()}, {}, full)
    with pytest.raises(ServiceError, match="another adapter"):
        weights.load_all(full)


def test_heads_trained_without_an_adapter_are_refused_beside_one(folder: Path) -> None:
    weights.save_adapter(DELTAS, {}, folder)
    with pytest.raises(ServiceError, match="another adapter"):
        weights.load("phrase", folder)


@pytest.mark.parametrize("name", ["adapter", *manifests.HEADS])
def test_one_missing_file_is_said_by_name(full: Path, name: str) -> None:
    (full / f"{name}.safetensors").unlink()
    with pytest.raises(ServiceError, match=f"'{name}' or their manifest cannot be read") as caught:
        weights.load_all(full)
    assert caught.value.status == 503
    assert str(full) not in str(caught.value)


@pytest.mark.parametrize("thresholds", [None, {}, {"care": {"score": 0.5}}, {"care": {}}, {"care": 0.5}])
def test_a_manifest_without_a_threshold_for_each_output_is_refused(full: Path, thresholds: object) -> None:
    edit(full, "value", thresholds=thresholds)
    with pytest.raises(ServiceError, match="model_failed"):
        weights.load_all(full)


@pytest.mark.parametrize("name", manifests.HEADS)
def test_shipped_heads_load_and_say_what_they_are_made_of(name: str) -> None:
    head, manifest = weights.load(name)
    assert set(manifest["thresholds"]) == set(head.outputs)
    assert manifest["data"]
    assert manifest["scores"]["on"]
    assert head.w1.shape[0] == fake_heads()[name].w1.shape[0]


def test_what_is_shipped_belongs_together() -> None:
    assert weights.load_all().adapter.deltas
    assert stored_bank.load(load_families()) is not None, (
        "the seeds changed: run `truthlens train --head bank`"
    )


def test_a_matrix_in_bytes_answers_nearly_as_it_did() -> None:
    random = np.random.default_rng(3)
    scales = 10.0 ** random.uniform(-2, 1, (40, 1))  # features of very different spread
    features = (random.normal(size=(200, 40)) * scales.T).astype(np.float32)
    matrix = (random.normal(size=(40, 8)) / scales).astype(np.float32)
    matrix[7] = 0.0
    stored = weights.as_bytes("w1", matrix)
    assert stored["w1.bytes"].dtype == np.int8
    again = weights.of_bytes("w1", {key: np.asarray(value, np.float32) for key, value in stored.items()})
    assert np.abs(features @ again - features @ matrix).max() < 0.02 * np.abs(features @ matrix).max()
    assert not again[7].any()


def test_a_head_in_half_precision_is_still_read(folder: Path) -> None:
    head, about = weights.load("phrase", folder)
    whole = {key: getattr(head, key) for key in weights.TENSORS}
    weights.write("phrase", whole, {key: about[key] for key in ("adapter", "outputs", "exclusive")}, folder)
    again, _ = weights.load("phrase", folder)
    assert np.allclose(again.w1, head.w1, atol=1e-3)
