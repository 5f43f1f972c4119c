"""The untouched lower part of the encoder, run once over every training sentence instead of once an epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from truthlens.adapter import FIRST
from truthlens.bert import Bert
from truthlens.domain import Span
from truthlens.encode import MiniLM
from truthlens.heads import words

BATCH = 48
LONGEST = 160
"""Tokens of a training sentence: 0.3% of them are longer and are cut here. Serving cuts nothing."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One sentence at the door of the adapted layers.

    ``embedded`` and ``lower`` (tokens, 384), half precision: hidden states 0 and FIRST, special tokens
    included. ``word_of`` (tokens,): the word a token belongs to, -1 for none. ``vector`` (384,): the
    unadapted sentence vector, unit length.
    """

    embedded: torch.Tensor
    lower: torch.Tensor
    word_of: npt.NDArray[np.int64]
    words: int
    vector: torch.Tensor

    def __len__(self) -> int:
        return len(self.word_of)


def prepare(encoder: MiniLM, texts: Sequence[str], tick: Callable[[str, float], None]) -> list[Prepared]:
    """In the order of ``texts``."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    found: list[Prepared | None] = [None] * len(texts)
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            for index, prepared in zip(chosen, _batch(encoder, [texts[i] for i in chosen]), strict=True):
                found[index] = prepared
            tick("reading with the lower layers", (start + len(chosen)) / len(order))
    return [prepared for prepared in found if prepared is not None]


def run(model: Bert, hidden: torch.Tensor, mask: torch.Tensor, first: int, last: int) -> list[torch.Tensor]:
    """Hidden states after each of the encoder's layers ``first`` to ``last``, which is left out.

    ``hidden`` (rows, tokens, 384); ``mask`` (rows, tokens), 1 where there is a token.
    """
    there, states = mask > 0, []
    flat = hidden[there]
    for layer in model.layers[first:last]:
        flat = layer(flat, there)
        padded = torch.zeros_like(hidden)
        padded[there] = flat
        states.append(padded)
    return states


def _batch(encoder: MiniLM, texts: list[str]) -> list[Prepared]:
    encoded = encoder.tokenizer.encode_batch(texts)
    # A sentence that is cut keeps its last token, which says that it ends.
    kept = [_kept(len(each.ids)) for each in encoded]
    rows = [[each.ids[place] for place in places] for each, places in zip(encoded, kept, strict=True)]
    states = encoder.model.hidden_states(rows)
    lengths = [len(row) for row in rows]
    # Kept in main memory: 40,000 sentences are 3 GB, more than many an accelerator has to spare.
    embedded, lower = (torch.split(states[layer].half().cpu(), lengths) for layer in (0, FIRST))
    sums = torch.stack([row.sum(0) for row in torch.split(states[-1], lengths)])
    vectors = torch.nn.functional.normalize(sums, dim=1).cpu()
    prepared = []
    for row, text in enumerate(texts):
        found = words(text)
        prepared.append(
            Prepared(
                embedded[row].clone(),
                lower[row].clone(),
                _word_of(np.asarray(encoded[row].offsets, np.int64)[kept[row]], found),
                len(found),
                vectors[row].clone(),
            )
        )
    return prepared


def _kept(tokens: int) -> list[int]:
    return list(range(tokens)) if tokens <= LONGEST else [*range(LONGEST - 1), tokens - 1]


def _word_of(offsets: npt.NDArray[np.int64], found: Sequence[Span]) -> npt.NDArray[np.int64]:
    belongs = np.full(len(offsets), -1, np.int64)
    for number, word in enumerate(found):
        belongs[(offsets[:, 0] < word.end) & (offsets[:, 1] > word.start)] = number
    return belongs


def averaged(
    states: torch.Tensor, word_of: Sequence[npt.NDArray[np.int64]], counts: Sequence[int]
) -> torch.Tensor:
    """(words of all rows, features): the mean of each word's tokens. ``states`` (rows, tokens, features)."""
    width, base, places = states.shape[1], 0, []
    for belongs, count in zip(word_of, counts, strict=True):
        row = np.full(width, -1, np.int64)
        row[: len(belongs)] = np.where(belongs < 0, -1, belongs + base)
        places.append(row)
        base += count
    place = torch.from_numpy(np.concatenate(places)).to(states.device)
    kept = place >= 0
    flat = states.reshape(-1, states.shape[-1])[kept]
    sums = states.new_zeros(base, states.shape[-1]).index_add(0, place[kept], flat)
    tokens = states.new_zeros(base).index_add(0, place[kept], states.new_ones(int(kept.sum())))
    return sums / tokens.clamp(min=1.0)[:, None]
