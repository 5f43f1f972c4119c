"""Low-rank adaptation while it is being trained: wraps linear layers, and gives the trained change back."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from truthlens.adapter import adapted_layers
from truthlens.bert import Bert
from truthlens.encode import Floats

RANK = 16
SCALE = 2.0


class Lora(nn.Module):
    """A frozen linear layer plus a trained low-rank one that starts at zero."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        low: torch.Tensor = functional.linear(x, self.a)
        result: torch.Tensor = self.base(x) + SCALE * functional.linear(low, self.b)
        return result


def wrap(model: Bert) -> dict[str, Lora]:
    """Freeze ``model`` and put a Lora in the place of each layer that may change; by name."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    wrapped = {}
    for name in adapted_layers(len(model.layers)):
        parent, _, last = name.rpartition(".")
        holder = model.get_submodule(parent)
        base = getattr(holder, last)
        wrapped[name] = Lora(base).to(base.weight.device)
        setattr(holder, last, wrapped[name])
    return wrapped


def unwrap(model: Bert, wrapped: dict[str, Lora]) -> None:
    """Put the frozen layers back as they were."""
    for name, lora in wrapped.items():
        parent, _, last = name.rpartition(".")
        setattr(model.get_submodule(parent), last, lora.base)


def deltas(wrapped: dict[str, Lora], *, strength: float = 1.0) -> dict[str, tuple[Floats, Floats]]:
    """What an `Adapter` carries: scale and ``strength`` folded into b."""
    return {
        name: (
            lora.a.detach().cpu().numpy().astype(np.float32),
            (strength * SCALE * lora.b.detach()).cpu().numpy().astype(np.float32),
        )
        for name, lora in wrapped.items()
    }
