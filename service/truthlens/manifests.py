"""What is said of each file of weights, and whether the file is as it says.

Reads no tensor and imports nothing large: `truthlens doctor` looks at the weights without numpy.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from truthlens.errors import ServiceError
from truthlens.model_file import DIM, LAYERS, MODEL_SHA256

FOLDER = Path(__file__).with_name("weights")
ADAPTER, BLEND, BANK = "adapter", "blend", "bank"

WORD_HEADS = ("phrase", "entity")
"""Heads that answer for every word: persuasion techniques; names of persons, organisations and places."""

SENTENCE_HEADS = ("loaded", "mode", "check_worthy", "emotion", "frame", "value", "clickbait")
"""Heads that answer for every sentence. ``clickbait`` learned from headlines; elsewhere it says nothing."""

HEADS = (*WORD_HEADS, *SENTENCE_HEADS)


def manifest(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What is said of one file of weights. Raises ServiceError ``model_failed``."""
    try:
        found = json.loads((folder / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise unreadable(name) from error
    if not isinstance(found, dict):
        raise unreadable(name)
    return found


def adapter_digest(folder: Path = FOLDER) -> str:
    """sha256 of the adapter's file, "" where there is none. Raises ServiceError ``model_failed``."""
    if not (folder / f"{ADAPTER}.json").exists():
        return ""
    return str(manifest(ADAPTER, folder).get("weights_sha256"))


def assumed(content: bytes) -> dict[str, object]:
    """What the manifest beside a file with this content has to say."""
    return {
        "weights_sha256": hashlib.sha256(content).hexdigest(),
        "encoder_sha256": MODEL_SHA256,
        "layers": list(LAYERS),
        "dim": DIM,
    }


def unaltered(name: str, folder: Path = FOLDER) -> tuple[bytes, dict[str, Any]]:
    """The content of one file and its manifest. Raises ServiceError ``model_failed`` when the manifest is of
    another file or of another encoder.
    """
    about = manifest(name, folder)
    try:
        content = (folder / f"{name}.safetensors").read_bytes()
    except OSError as error:
        raise unreadable(name) from error
    for key, value in assumed(content).items():
        if about.get(key) != value:
            raise refused(f"The manifest of {name!r} says another {key} than what is installed.")
    return content, about


def unaltered_head(name: str, folder: Path = FOLDER) -> tuple[bytes, dict[str, Any]]:
    """The same of a head. Raises ServiceError ``model_failed`` also when it goes with another adapter."""
    content, about = unaltered(name, folder)
    if about.get("adapter") != adapter_digest(folder):
        raise refused(f"The head {name!r} was trained with another adapter than the one beside it.")
    return content, about


def blend(folder: Path = FOLDER) -> dict[str, Any]:
    """The manifest of the blend, which has no file. Raises ServiceError ``model_failed`` when it was fitted
    for other heads.
    """
    about = manifest(BLEND, folder)
    if about.get("of") != blended(folder):
        raise refused("The blend was fitted for other heads than those beside it.")
    return about


def blended(folder: Path) -> dict[str, str]:
    """sha256 of the heads that a blend joins."""
    return {name: str(manifest(name, folder).get("weights_sha256")) for name in ("phrase", "loaded")}


def check(folder: Path = FOLDER) -> None:
    """Raises ServiceError ``model_failed`` when a file is missing, altered, or made for another beside it."""
    unaltered(ADAPTER, folder)
    for name in HEADS:
        unaltered_head(name, folder)
    blend(folder)
    unaltered(BANK, folder)


def unreadable(name: str) -> ServiceError:
    return refused(f"The weights {name!r} or their manifest cannot be read.")


def refused(message: str) -> ServiceError:
    remedy = "Reinstall TruthLens, or run `truthlens train` to make the weights again."
    return ServiceError("model_failed", message, remedy, status=503)
