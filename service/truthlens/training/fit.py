"""Fits one head by gradient descent on features that are worked out already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch.nn import functional

from truthlens.encode import DIM
from truthlens.heads import Head
from truthlens.training.features import Halves, Labels
from truthlens.training.task import ALL, Task

DROPOUT = 0.5  # of 0.3, 0.5: the better one for rare techniques on news_spans dev, equal for the rest
RATE = 1e-3
DECAY = 1e-2
BATCH = {"word": 1024, "sentence": 256}
EPOCHS = 6  # a pass over 300,000 words; two more gain nothing on held-out words
LEAST_STEPS = 250  # small sets are gone through more often, up to MOST_EPOCHS times
MOST_EPOCHS = 60


def fit(
    task: Task,
    features: Halves,
    targets: Labels,
    mask: Labels,
    *,
    seed: int,
    tick: Callable[[str, float], None],
) -> Head:
    """A head with plain calibration (slope 1, shift 0). Deterministic for one seed on one machine."""
    members = []
    for number, view in enumerate(task.views):
        name = task.key if len(task.views) == 1 else f"{task.key}, {number + 1} of {len(task.views)}"
        members.append(
            _fit_one(
                task,
                # A word's features stand layer by layer: the lowest ones are a prefix.
                np.ascontiguousarray(features[:, : view * DIM]) if view < ALL else features,
                targets,
                mask,
                seed=seed + number,
                tick=lambda share, name=name: tick(f"fitting {name}", share),  # type: ignore[misc]
            )
        )
    return _averaged(members)


def _fit_one(
    task: Task, features: Halves, targets: Labels, mask: Labels, *, seed: int, tick: Callable[[float], None]
) -> Head:
    torch.manual_seed(seed)
    x, y, known = torch.from_numpy(features), torch.from_numpy(targets), torch.from_numpy(mask)
    sample = x[:: max(1, len(x) // 20000)].float()
    mean, scale = sample.mean(0), sample.std(0) + 1e-3
    first = torch.nn.Linear(x.shape[1], task.hidden)
    last = torch.nn.Linear(task.hidden, y.shape[1])
    net = torch.nn.Sequential(
        torch.nn.Dropout(task.input_dropout),
        first,
        torch.nn.GELU(approximate="tanh"),
        torch.nn.Dropout(DROPOUT),
        last,
    )
    batch = BATCH[task.level]
    batches = -(-len(x) // batch)
    epochs = min(MOST_EPOCHS, max(EPOCHS, -(-max(LEAST_STEPS, task.least_steps) // batches)))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches)
    weights = torch.tensor([task.weights.get(output, 1.0) for output in task.outputs])
    for epoch in range(epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]
            logits = net((x[chosen].float() - mean) / scale)
            loss = loss_of(logits, y[chosen], known[chosen], exclusive=task.exclusive, weights=weights)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch ships no type for it
            optimiser.step()
            schedule.step()
        tick((epoch + 1) / epochs)
    return _folded(task, first, last, mean, scale)


def loss_of(
    logits: torch.Tensor,
    targets: torch.Tensor,
    mask: torch.Tensor,
    *,
    exclusive: bool,
    weights: torch.Tensor | None = None,
) -> torch.Tensor:
    """Cross entropy over what is known. Outputs that stand beside one another count by ``weights``
    (outputs,), else alike, however few rows know of them in this batch.
    """
    if exclusive:
        known = mask[:, 0] > 0
        if not known.any():
            return logits.sum() * 0.0
        return functional.cross_entropy(logits[known], targets[known].argmax(1))
    each = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * mask
    by_output = each.sum(0) / mask.sum(0).clamp(min=1.0)
    return (by_output if weights is None else by_output * weights).sum()


def _averaged(members: list[Head]) -> Head:
    """One head that answers with the mean of its members' logits: their hidden units side by side. A member
    that saw fewer layers has zeros for the others.
    """
    first, count = members[0], len(members)
    width = max(len(member.w1) for member in members)
    return replace(
        first,
        w1=np.concatenate(
            [np.pad(member.w1, ((0, width - len(member.w1)), (0, 0))) for member in members], axis=1
        ),
        b1=np.concatenate([member.b1 for member in members]),
        w2=np.asarray(np.concatenate([member.w2 for member in members]) / count, np.float32),
        b2=np.asarray(np.mean([member.b2 for member in members], axis=0), np.float32),
    )


def _folded(
    task: Task, first: torch.nn.Linear, last: torch.nn.Linear, mean: torch.Tensor, scale: torch.Tensor
) -> Head:
    """Standardising is folded into the first layer, so that serving needs no statistics."""
    with torch.no_grad():
        w1 = (first.weight / scale).T.contiguous()
        b1 = first.bias - (first.weight / scale) @ mean
        arrays = [
            tensor.numpy().astype(np.float32) for tensor in (w1, b1, last.weight.T.contiguous(), last.bias)
        ]
    count = len(task.outputs)
    one, zero = np.ones(count, np.float32), np.zeros(count, np.float32)
    return Head(
        outputs=task.outputs, w1=arrays[0], b1=arrays[1], w2=arrays[2], b2=arrays[3],
        slope=one, shift=zero, exclusive=task.exclusive,
    )  # fmt: skip
