"""The only reader and writer of weights/: safetensors beside a manifest that says what they assume."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from truthlens.encode import DIM, LAYERS, MODEL_SHA256
from truthlens.errors import ServiceError
from truthlens.heads import Head

FOLDER = Path(__file__).with_name("weights")
TENSORS = ("w1", "b1", "w2", "b2", "slope", "shift")


def load(name: str, folder: Path = FOLDER) -> tuple[Head, dict[str, Any]]:
    """The head called ``name`` and its manifest. Raises ServiceError ``model_failed`` on any mismatch."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as load_tensors

    try:
        manifest = json.loads((folder / f"{name}.json").read_text("utf-8"))
        content = (folder / f"{name}.safetensors").read_bytes()
    except (OSError, ValueError) as error:
        raise _refused(f"The weights {name!r} or their manifest cannot be read.") from error
    expected = {
        "weights_sha256": hashlib.sha256(content).hexdigest(),
        "encoder_sha256": MODEL_SHA256,
        "layers": list(LAYERS),
        "dim": DIM,
    }
    for key, value in expected.items():
        if manifest.get(key) != value:
            raise _refused(f"The manifest of {name!r} says another {key} than what is installed.")
    try:
        tensors = {key: np.asarray(value, np.float32) for key, value in load_tensors(content).items()}
        head = Head(outputs=tuple(manifest["outputs"]), **{key: tensors[key] for key in TENSORS})
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _refused(f"The weights {name!r} are damaged.") from error
    _check_shapes(name, head)
    return head, manifest


def save(name: str, head: Head, manifest: dict[str, Any], folder: Path = FOLDER) -> None:
    """Write both files. Matrices are kept in half precision: dev scores move by less than .001."""
    from safetensors.numpy import save as save_tensors

    content = save_tensors({key: np.asarray(getattr(head, key), np.float16) for key in TENSORS})
    manifest = {
        "name": name,
        "weights_sha256": hashlib.sha256(content).hexdigest(),
        "encoder_sha256": MODEL_SHA256,
        "adapter": None,
        "layers": list(LAYERS),
        "dim": DIM,
        "outputs": list(head.outputs),
        **manifest,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.safetensors").write_bytes(content)
    (folder / f"{name}.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _check_shapes(name: str, head: Head) -> None:
    hidden, outputs = head.w2.shape
    fits = (
        head.w1.shape[0] % (len(LAYERS) * DIM) == 0
        and head.w1.shape[1] == hidden == head.b1.shape[0]
        and head.b2.shape == head.slope.shape == head.shift.shape == (outputs,)
        and outputs == len(head.outputs)
    )
    if not fits:
        raise _refused(f"The weights {name!r} have other shapes than their manifest says.")


def _refused(message: str) -> ServiceError:
    remedy = "Reinstall TruthLens, or run `truthlens train` to make the weights again."
    return ServiceError("model_failed", message, remedy, status=503)
