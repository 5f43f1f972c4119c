"""The trained change to the encoder: low-rank matrices that are added to its weights when it is loaded.

Low-rank adaptation after Hu et al. (2021, arXiv 2106.09685): W + b a, here with the scale folded into b.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truthlens.encode import Floats
from truthlens.errors import ServiceError

if TYPE_CHECKING:
    from truthlens.bert import Bert

FIRST = 2
"""Encoder layers below this one stay as they came. The heads read hidden states 0 and 2 as well, so half of
what they see is untouched, and training need not run the lower third of the encoder again and again."""

LINEARS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """``deltas`` by the name of a linear layer: a (rank, in) and b (out, rank). ``digest`` is its file's."""

    deltas: Mapping[str, tuple[Floats, Floats]]
    digest: str

    def merge(self, model: Bert) -> None:
        """Add the change to ``model``'s weights, once. Raises ServiceError ``model_failed`` on a misfit."""
        import torch

        modules = dict(model.named_modules())
        with torch.no_grad():
            for name, (a, b) in self.deltas.items():
                weight = getattr(modules.get(name), "weight", None)
                if weight is None or tuple(weight.shape) != (b.shape[0], a.shape[1]):
                    raise ServiceError(
                        "model_failed",
                        f"The adapter does not fit the encoder: {name} has another shape.",
                        "Reinstall TruthLens, or run `truthlens train` to make the weights again.",
                        status=503,
                    )
                weight += torch.from_numpy(b @ a)


def adapted_layers(depth: int) -> list[str]:
    """Names of the linear layers that an adapter may change, in an encoder of ``depth`` layers."""
    return [f"encoder.layer.{layer}.{linear}" for layer in range(FIRST, depth) for linear in LINEARS]
