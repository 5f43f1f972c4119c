"""The only slow step: sentences in, vectors and token states out, each sentence once.

Importing this module is cheap; torch is imported when an encoder is built.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from truthlens.model_file import DIM, LAYERS, MODEL_SHA256, verify
from truthlens.precision import choose

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from truthlens.bert import Bert

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Progress = Callable[[float], None]

WINDOW = 254
"""Tokens in one row beside [CLS] and [SEP]: the encoder was trained on at most 256. A longer sentence is
read in several rows, never cut."""

TOKENS_PER_BATCH = 512
"""Tokens that go through together, see `bert.py`. Of 128 to 1,024 the fastest on one core, and few enough
that progress is told, and a cancelled analysis stops, several times in a long article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """What the encoder says about n sentences. All arrays are write-protected.

    ``vectors`` (n, 384), unit length. Per sentence: ``states[i]`` (layers, tokens, 384) without the special
    tokens, and ``token_spans[i]`` (tokens, 2), half-open code points within that sentence.
    """

    vectors: Floats
    states: tuple[Floats, ...]
    token_spans: tuple[Ints, ...]


def joined(first: Encoded, rest: Encoded) -> Encoded:
    """What was said of some sentences, followed by what was said of others."""
    vectors = np.concatenate([first.vectors, rest.vectors])
    vectors.flags.writeable = False
    return Encoded(
        vectors=vectors,
        states=(*first.states, *rest.states),
        token_spans=(*first.token_spans, *rest.token_spans),
    )


class Encoder(Protocol):
    """Anything that encodes sentences; ``digest`` names it in cache keys and manifests."""

    digest: str

    def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded: ...


class Change(Protocol):
    """What may be done to the model's weights once they are loaded: see `adapter.Adapter`."""

    @property
    def digest(self) -> str: ...

    def merge(self, model: Bert) -> None: ...


class MiniLM:
    """all-MiniLM-L6-v2 read out at several layers.

    Without an adapter ``vectors`` equal those of SentenceTransformer.encode.
    """

    def __init__(self, model: Bert, tokenizer: Tokenizer, digest: str) -> None:
        self.model = model
        self.tokenizer = tokenizer
        # Around every row. The vocabulary has both: `verify` knows the file.
        self._opens, self._closes = (tokenizer.token_to_id(token) or 0 for token in ("[CLS]", "[SEP]"))
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
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # forked workers warn otherwise
        # Batches differ in their number of tokens, and for each number torch's arithmetic keeps code of its
        # own: 250 MB of it after 33 articles. Keeping few costs no time.
        for kept in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
            os.environ.setdefault(kept, "16")
        from tokenizers import Tokenizer

        from truthlens.bert import Bert

        model = Bert.load(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        digest = MODEL_SHA256[:16]
        if adapter is not None:
            adapter.merge(model)
            digest += f"-{adapter.digest[:8]}"
        if choose(precision) == "bfloat16":
            import torch

            model.to(torch.bfloat16)
            digest += "-bfloat16"
        if device != "cpu":  # sums come in another order there, and scores move in their last digits
            model.to(device)
            digest += f"-{device}"
        return cls(model, tokenizer, digest)

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
            done = 0
            for batch in _batches(rows, ids):
                self._forward(batch, ids, states, sums)
                done += len(batch)
                if progress is not None:
                    progress(done / len(rows))
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors = sums / np.maximum(norms, 1e-12)
        for array in (vectors, *states, *offsets):
            array.flags.writeable = False
        return Encoded(vectors=vectors, states=tuple(states), token_spans=tuple(offsets))

    def _tokens(self, sentences: Sequence[str]) -> tuple[list[list[int]], list[Ints]]:
        if not sentences:
            return [], []
        found = self.tokenizer.encode_batch(list(sentences), add_special_tokens=False)
        return [each.ids for each in found], [
            np.asarray(each.offsets, np.int64).reshape(-1, 2) for each in found
        ]

    def _forward(
        self, batch: list[tuple[int, int]], ids: list[list[int]], states: list[Floats], sums: Floats
    ) -> None:
        import torch

        pieces = [ids[sentence][start : start + WINDOW] for sentence, start in batch]
        made = self.model.hidden_states([[self._opens, *piece, self._closes] for piece in pieces])
        hidden = torch.stack([made[layer] for layer in LAYERS]).float().cpu().numpy()
        first = 0
        for (sentence, start), piece in zip(batch, pieces, strict=True):
            last = first + len(piece) + 2
            states[sentence][:, start : start + len(piece)] = hidden[:, first + 1 : last - 1]
            # The library's mean runs over the special tokens too; only so are the vectors equal to its own.
            # Several rows of one sentence add up by their length, which a plain mean over rows would not.
            sums[sentence] += hidden[-1, first:last].sum(axis=0)
            first = last


def _batches(
    rows: Sequence[tuple[int, int]], ids: Sequence[Sequence[int]]
) -> Iterator[list[tuple[int, int]]]:
    """Rows in their order, as many together as TOKENS_PER_BATCH allows, one at least."""
    batch: list[tuple[int, int]] = []
    tokens = 0
    for sentence, start in rows:
        length = min(len(ids[sentence]) - start, WINDOW) + 2
        if batch and tokens + length > TOKENS_PER_BATCH:
            yield batch
            batch, tokens = [], 0
        batch.append((sentence, start))
        tokens += length
    if batch:
        yield batch
