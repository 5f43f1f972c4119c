"""The encoder's layers: those of BERT (Devlin et al. 2019, arXiv 1810.04805), over sentences laid end to end.

The library's own class gives the same numbers (a test compares them), but importing it takes four seconds and
150 MB, for losses, image models and a symbolic algebra system that no reader of an article needs. It also
pads every sentence of a batch to the longest, and small batches, which pad little, read all weights anew each
time. Here only attention, a tenth of the work, sees a padded square. `truthlens bench` measures both ways.

Modules are named as there, so that weights and adapters fit by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS, DEPTH = 384, 1536, 12, 6
VOCABULARY, LONGEST = 30522, 512
EPSILON = 1e-12
UNUSED = ("embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias")
"""In the file, and read by nobody: places counted up, and a layer for BERT's second training task."""


class Embeddings(nn.Module):
    """Of tokens and their places. Every token is of the first of BERT's two kinds."""

    def __init__(self, vocabulary: int, longest: int) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(vocabulary, WIDTH)
        self.position_embeddings = nn.Embedding(longest, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, ids: Tensor, places: Tensor) -> Tensor:
        """``ids`` and ``places`` (…), whole numbers; gives (…, 384)."""
        summed = self.word_embeddings(ids) + self.position_embeddings(places)
        normal: Tensor = self.LayerNorm(summed + self.token_type_embeddings.weight[0])
        return normal


class SelfAttention(nn.Module):
    """Each token looks at those of its own row."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))

    def forward(self, hidden: Tensor, there: Tensor) -> Tensor:
        # An empty place holds a copy of the token before it: nobody looks there.
        taken = there.flatten().cumsum(0) - 1

        def square(flat: Tensor) -> Tensor:
            return flat.index_select(0, taken).view(*there.shape, HEADS, -1).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            square(self.query(hidden)),
            square(self.key(hidden)),
            square(self.value(hidden)),
            attn_mask=there[:, None, None, :],
        )
        flat: Tensor = seen.transpose(1, 2).reshape(-1, WIDTH)
        return flat.index_select(0, there.flatten().nonzero().flatten())


class Added(nn.Module):
    """A linear layer whose answer is added to what came before, and normalised."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dense = nn.Linear(width, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, new: Tensor, before: Tensor) -> Tensor:
        normal: Tensor = self.LayerNorm(self.dense(new) + before)
        return normal


class Layer(nn.Module):
    """One of the six."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(), "output": Added(WIDTH)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, inner)})
        self.output = Added(inner)

    def forward(self, hidden: Tensor, there: Tensor) -> Tensor:
        """``hidden`` (tokens of all rows, 384), in the order of ``there`` (rows, longest), which says what
        places of the square hold a token.
        """
        hidden = self.attention["output"](self.attention["self"](hidden, there), hidden)
        inner = functional.gelu(self.intermediate["dense"](hidden))
        result: Tensor = self.output(inner, hidden)
        return result


class Bert(nn.Module):
    """Six layers over embeddings, all 384 wide. Smaller ones, for tests, differ in what is given here."""

    def __init__(self, *, vocabulary: int = VOCABULARY, longest: int = LONGEST, inner: int = INNER) -> None:
        super().__init__()
        self.embeddings = Embeddings(vocabulary, longest)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(inner) for _ in range(DEPTH))})

    @classmethod
    def load(cls, file: Path) -> Bert:
        """From safetensors. The file stays mapped, so that processes share what none of them changes.

        Raises whatever reading raises on a file of another shape.
        """
        from safetensors.torch import load_file

        weights = {name: tensor for name, tensor in load_file(file).items() if name not in UNUSED}
        # On torch's "meta" device they would cost nothing, but that brings in the algebra system after all.
        model = cls()
        model.load_state_dict(weights, assign=True)
        return model.eval()

    @property
    def layers(self) -> Sequence[Layer]:
        """From the lowest to the highest."""
        found: Any = self.encoder["layer"]
        return list(found)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.embeddings.word_embeddings.weight.device

    def hidden_states(self, rows: Sequence[Sequence[int]]) -> list[Tensor]:
        """What becomes of ``rows`` of token ids: (all tokens, 384) after the embeddings and each layer.

        The tokens of all rows stand one behind the other, and see only their own row. ``rows`` must not be
        empty, nor any of them.
        """
        lengths = torch.tensor([len(row) for row in rows], device=self.device)
        places = torch.arange(max(len(row) for row in rows), device=self.device)
        there = places[None, :] < lengths[:, None]
        ids = torch.tensor([token for row in rows for token in row], device=self.device)
        hidden = self.embeddings(ids, places.expand(there.shape)[there])
        states = [hidden]
        for layer in self.layers:
            hidden = layer(hidden, there)
            states.append(hidden)
        return states
