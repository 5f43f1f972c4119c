"""The only reader and writer of weights/: safetensors beside a manifest that says what they assume."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from truthlens import manifests
from truthlens.adapter import Adapter
from truthlens.encode import Floats
from truthlens.heads import SENTENCE_SHARE, WORD_SHARE, Blend, Head
from truthlens.manifests import ADAPTER, BLEND, FOLDER, HEADS, refused

TENSORS = ("w1", "b1", "w2", "b2", "slope", "shift")
Tensor = npt.NDArray[np.float32] | npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All that was trained. ``thresholds[head][output]`` is the score from which an output counts."""

    adapter: Adapter
    heads: Mapping[str, Head]
    thresholds: Mapping[str, Mapping[str, float]]
    blend: Blend
    digest: str  # of every file together


def load_all(folder: Path = FOLDER) -> Weights:
    """The adapter and every head. Raises ServiceError ``model_failed`` when one is missing or misfits."""
    adapter = load_adapter(folder)
    heads, thresholds, digests = {}, {}, [adapter.digest]
    for name in HEADS:
        heads[name], about = load(name, folder)
        try:
            thresholds[name] = {key: float(about["thresholds"][key]["score"]) for key in heads[name].outputs}
        except (KeyError, TypeError, ValueError) as error:
            raise refused(f"The manifest of {name!r} lacks a threshold.") from error
        digests.append(about["weights_sha256"])
    blend, blended_thresholds = load_blend(folder)
    thresholds |= blended_thresholds
    digests.append(f"{blend} {blended_thresholds}")
    digest = hashlib.sha256("".join(digests).encode()).hexdigest()
    return Weights(adapter=adapter, heads=heads, thresholds=thresholds, blend=blend, digest=digest)


def load_blend(folder: Path = FOLDER) -> tuple[Blend, dict[str, dict[str, float]]]:
    """How heads "loaded" and "phrase" answer together, and the thresholds of both when they do.

    Raises ServiceError ``model_failed``.
    """
    about = manifests.blend(folder)
    shares = {"sentence_share": SENTENCE_SHARE, "word_share": WORD_SHARE}
    if any(about.get(key) != share for key, share in shares.items()):
        raise refused("The blend was fitted for another share of sentence and word.")
    try:
        words = {output: (float(slope), float(shift)) for output, (slope, shift) in about["words"].items()}
        thresholds = {
            "loaded": {"loaded": float(about["thresholds"]["loaded"]["score"])},
            "phrase": {
                output: float(found["score"]) for output, found in about["phrase"]["thresholds"].items()
            },
        }
        return Blend(float(about["slope"]), float(about["shift"]), words), thresholds
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refused("The manifest of the blend is damaged.") from error


def save_blend(about: Mapping[str, Any], folder: Path = FOLDER) -> None:
    """Write what `training.blend` found; it has numbers but no tensors."""
    _write_manifest(BLEND, {"name": BLEND, "of": manifests.blended(folder), **about}, folder)


def load_adapter(folder: Path = FOLDER) -> Adapter:
    """Raises ServiceError ``model_failed``."""
    tensors, about = read(ADAPTER, folder)
    names = sorted(key.removesuffix(".a") for key in tensors if key.endswith(".a"))
    try:
        pairs = {name: (tensors[f"{name}.a"], tensors[f"{name}.b"]) for name in names}
    except KeyError as error:
        raise refused(f"The weights {ADAPTER!r} are damaged.") from error
    return Adapter(deltas=pairs, digest=about["weights_sha256"])


def load(name: str, folder: Path = FOLDER) -> tuple[Head, dict[str, Any]]:
    """The head called ``name`` and its manifest. Raises ServiceError ``model_failed`` on any mismatch."""
    content, about = manifests.unaltered_head(name, folder)
    tensors = _tensors(name, content)
    try:
        outputs, exclusive = tuple(about["outputs"]), bool(about["exclusive"])
        if "w1" not in tensors:  # files of earlier versions hold it in half precision
            tensors["w1"] = of_bytes("w1", tensors)
        head = Head(outputs=outputs, exclusive=exclusive, **{key: tensors[key] for key in TENSORS})
    except (KeyError, TypeError, ValueError) as error:
        raise refused(f"The weights {name!r} are damaged.") from error
    hidden, count = len(head.b1) if head.b1.ndim else 0, len(head.outputs)
    fits = head.w1.ndim == 2 and head.w1.shape[1:] == head.b1.shape and head.w2.shape == (hidden, count)
    if not fits or not head.b2.shape == head.slope.shape == head.shift.shape == (count,):
        raise refused(f"The weights {name!r} have other shapes than their manifest says.")
    return head, about


def save(name: str, head: Head, about: Mapping[str, Any], folder: Path = FOLDER) -> None:
    """Write a head and its manifest. Of its first layer, the only large one, each number is a byte."""
    write(
        name,
        {key: getattr(head, key) for key in TENSORS if key != "w1"} | as_bytes("w1", head.w1),
        {
            "adapter": manifests.adapter_digest(folder),
            "outputs": list(head.outputs),
            "exclusive": head.exclusive,
            **about,
        },
        folder,
    )


def as_bytes(name: str, matrix: Floats) -> dict[str, Tensor]:
    """A matrix as bytes with a scale for each row and each column: rows differ, since what varies little is
    weighed up. Scores on held-out rows move by less than .002.
    """
    rows = np.maximum(np.sqrt((matrix**2).mean(axis=1)), 1e-8)
    even = matrix / rows[:, None]
    columns = np.maximum(np.abs(even).max(axis=0), 1e-8) / 127
    return {
        f"{name}.bytes": np.rint(even / columns).astype(np.int8),
        f"{name}.rows": rows,
        f"{name}.columns": columns,
    }


def of_bytes(name: str, tensors: Mapping[str, Floats]) -> Floats:
    """The matrix that `as_bytes` took apart. Raises KeyError when a part is missing."""
    rows, columns = tensors[f"{name}.rows"], tensors[f"{name}.columns"]
    return np.asarray(tensors[f"{name}.bytes"] * rows[:, None] * columns, np.float32)


def save_adapter(
    deltas: Mapping[str, tuple[Floats, Floats]], about: Mapping[str, Any], folder: Path = FOLDER
) -> None:
    """Write the adapter and its manifest. Heads beside it that were trained with another stop loading."""
    tensors = {
        f"{name}.{part}": pair[index] for name, pair in deltas.items() for index, part in enumerate("ab")
    }
    write(ADAPTER, tensors, about, folder)


def write(name: str, tensors: Mapping[str, Tensor], about: Mapping[str, Any], folder: Path) -> None:
    """Write tensors and a manifest that names their encoder. Numbers are kept in half precision (scores on
    held-out rows move by less than .001), bytes as they are.
    """
    from safetensors.numpy import save as save_tensors

    content = save_tensors(
        {
            key: value if value.dtype == np.int8 else np.asarray(value, np.float16)
            for key, value in tensors.items()
        }
    )
    whole = {
        "name": name,
        **manifests.assumed(content),
        **about,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.safetensors").write_bytes(content)
    _write_manifest(name, whole, folder)


def _write_manifest(name: str, about: Mapping[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf-8")


def read(name: str, folder: Path) -> tuple[dict[str, Floats], dict[str, Any]]:
    """Tensors and manifest of one file. Raises ServiceError ``model_failed`` on any mismatch."""
    content, about = manifests.unaltered(name, folder)
    return _tensors(name, content), about


def _tensors(name: str, content: bytes) -> dict[str, Floats]:
    from safetensors import SafetensorError
    from safetensors.numpy import load as load_tensors

    try:
        return {key: np.asarray(value, np.float32) for key, value in load_tensors(content).items()}
    except (SafetensorError, ValueError) as error:
        raise refused(f"The weights {name!r} are damaged.") from error
