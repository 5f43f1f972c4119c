"""The seeds' vectors, worked out when the weights were trained, so that starting need not encode them again.

One byte a number: cosines to a stored bank differ from those to a fresh one by less than .005.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from truthlens import manifests, weights
from truthlens.encode import Floats
from truthlens.reading import SeedBank
from truthlens.seeds import SeedFamily, phrases_digest

NAME = manifests.BANK


def load(families: Mapping[str, SeedFamily], folder: Path = manifests.FOLDER) -> SeedBank | None:
    """The stored bank; None when seeds or adapter changed since, so that it must be worked out anew.

    Raises ServiceError ``model_failed`` when its file is missing or altered.
    """
    tensors, manifest = weights.read(NAME, folder)
    if manifest.get("phrases") != phrases_digest(families) or manifest.get(
        "adapter"
    ) != manifests.adapter_digest(folder):
        return None
    vectors = tensors["vectors"]
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return SeedBank.of(np.asarray(vectors, np.float32), families)


def save(bank: SeedBank, families: Mapping[str, SeedFamily], folder: Path = manifests.FOLDER) -> None:
    """Each row is scaled to its own largest number; the scale is lost, since rows are unit vectors."""
    about = {
        "phrases": phrases_digest(families),
        "adapter": manifests.adapter_digest(folder),
        "rows": len(bank.phrases),
    }
    weights.write(NAME, {"vectors": _bytes(bank.vectors)}, about, folder)


def _bytes(vectors: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9) if len(vectors) else 1.0
    return np.asarray(np.rint(vectors / largest * 127), np.int8)
