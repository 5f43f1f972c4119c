"""What our pass is measured against: the encoder's own library, and a model of the size that is usual."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from truthlens.bench.rounds import Action
from truthlens.model_file import verify
from truthlens.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn

ROWS_PER_BATCH = 6
"""Sentences of like length in one batch of the plain passes: of 1 to 32 the fastest on two cores."""

RANDOM_IDS = range(1000, 30_000)  # clear of the special tokens of both vocabularies


def library_model(settings: Settings) -> SentenceTransformer:
    """The encoder as its library loads it. Raises ServiceError ``model_failed``."""
    # Read once, when huggingface_hub is first imported: nothing is asked of any hub.
    os.environ.update(
        HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1"
    )
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(verify(settings.model_dir)), device="cpu", local_files_only=True)


def layers_of(model: SentenceTransformer, arithmetic: str) -> nn.Module:
    """A copy of its layers, without what the library does around them."""
    import torch

    body: Any = model[0]
    layers: nn.Module = copy.deepcopy(body.auto_model)
    return layers.eval().to(getattr(torch, arithmetic))


def roberta(arithmetic: str) -> nn.Module:
    """RoBERTa-base as its configuration builds it. Speed does not depend on what the weights say."""
    import torch
    from transformers import RobertaConfig, RobertaModel

    model: nn.Module = RobertaModel(
        RobertaConfig(vocab_size=50_265, max_position_embeddings=514, type_vocab_size=1),
        add_pooling_layer=False,
    )
    return model.eval().to(getattr(torch, arithmetic))


def random_ids(lengths: Sequence[int]) -> list[list[int]]:
    """For a model whose tokenizer is not installed: rows of so many tokens."""
    chance = np.random.default_rng(7)
    return [chance.integers(RANDOM_IDS.start, RANDOM_IDS.stop, length).tolist() for length in lengths]


def pass_over(model: nn.Module, ids: Callable[[], Sequence[Sequence[int]]]) -> Action:
    """One forward pass, making the ids included."""
    config: Any = model.config
    return lambda: bucketed(model, ids(), config.pad_token_id)


def bucketed(model: nn.Module, rows: Sequence[Sequence[int]], padding: int = 0) -> None:
    """One forward pass over rows of token ids, those of like length together, states of all layers given."""
    import torch

    ordered = sorted(rows, key=len)
    with torch.inference_mode():
        for first in range(0, len(ordered), ROWS_PER_BATCH):
            batch = ordered[first : first + ROWS_PER_BATCH]
            ids = torch.full((len(batch), max(map(len, batch))), padding)
            for number, row in enumerate(batch):
                ids[number, : len(row)] = torch.tensor(row)
            mask = torch.tensor([[place < len(row) for place in range(ids.shape[1])] for row in batch])
            model(input_ids=ids, attention_mask=mask.long(), output_hidden_states=True)
