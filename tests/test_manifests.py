"""The look at the weights without their tensors refuses what loading them would refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from truthlens import manifests
from truthlens.errors import ServiceError

FILES = (manifests.ADAPTER, *manifests.HEADS, manifests.BANK)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return shutil.copytree(manifests.FOLDER, tmp_path / "weights")


def edit(folder: Path, name: str, **changes: object) -> None:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_what_ships_passes(shipped: Path) -> None:
    manifests.check(shipped)


@pytest.mark.parametrize("name", FILES)
def test_one_altered_byte_is_seen(shipped: Path, name: str) -> None:
    path = shipped / f"{name}.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ServiceError, match=f"'{name}' says another weights_sha256"):
        manifests.check(shipped)


@pytest.mark.parametrize("suffix", [".safetensors", ".json"])
@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(shipped: Path, name: str, suffix: str) -> None:
    (shipped / f"{name}{suffix}").unlink()
    with pytest.raises(ServiceError, match="model_failed") as caught:
        manifests.check(shipped)
    assert caught.value.status == 503
    assert str(shipped) not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "value"), [("encoder_sha256", "0" * 64), ("layers", [0, 6]), ("dim", 768), ("adapter", "0" * 64)]
)
def test_a_head_of_another_encoder_or_adapter_is_seen(shipped: Path, key: str, value: object) -> None:
    edit(shipped, "mode", **{key: value})
    with pytest.raises(ServiceError, match="'mode'"):
        manifests.check(shipped)


def test_a_blend_of_other_heads_is_seen(shipped: Path) -> None:
    edit(shipped, "blend", of={"phrase": "0" * 64, "loaded": "0" * 64})
    with pytest.raises(ServiceError, match="other heads"):
        manifests.check(shipped)


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_manifest_that_is_no_object_is_said(shipped: Path, content: str) -> None:
    (shipped / "value.json").write_text(content, "utf-8")
    with pytest.raises(ServiceError, match="'value' or their manifest cannot be read"):
        manifests.check(shipped)
