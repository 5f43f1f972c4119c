"""Fits one head by gradient descent on features that are worked out already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch.nn import functional

from truthlens.heads import Head
from truthlens.model_file import DIM
from truthlens.training.accelerator import device
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
    fitted = []
    for number, net in enumerate(task.nets):
        name = task.key if len(task.nets) == 1 else f"{task.key}, {number + 1} of {len(task.nets)}"
        part = replace(task, outputs=net.outputs or task.outputs)
        columns = [task.outputs.index(output) for output in part.outputs]
        fitted.append(
            _fit_one(
                part,
                # A word's features stand layer by layer: the lowest ones are a prefix.
                np.ascontiguousarray(features[:, : net.layers * DIM]) if net.layers < ALL else features,
                targets[:, columns],
                mask[:, columns],
                seed=seed + number,
                tick=lambda share, name=name: tick(f"fitting {name}", share),  # type: ignore[misc]
            )
        )
    return _averaged(task, fitted)


def _fit_one(
    task: Task, features: Halves, targets: Labels, mask: Labels, *, seed: int, tick: Callable[[float], None]
) -> Head:
    known_rows = mask.any(axis=1)
    if not known_rows.all():
        features, targets, mask = features[known_rows], targets[known_rows], mask[known_rows]
    torch.manual_seed(seed)
    where = device()
    x, y, known = (torch.from_numpy(part).to(where) for part in (features, targets, mask))
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
    ).to(where)
    batch = BATCH[task.level]
    batches = -(-len(x) // batch)
    epochs = min(MOST_EPOCHS, max(EPOCHS, -(-max(LEAST_STEPS, task.least_steps) // batches)))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches)
    for epoch in range(epochs):
        order = torch.randperm(len(x)).to(where)
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]
            logits = net((x[chosen].float() - mean) / scale)
            loss = loss_of(logits, y[chosen], known[chosen], exclusive=task.exclusive)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch ships no type for it
            optimiser.step()
            schedule.step()
        tick((epoch + 1) / epochs)
    return _folded(task, first, last, mean, scale)


def loss_of(
    logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor, *, exclusive: bool
) -> torch.Tensor:
    """Cross entropy over what is known. Outputs that stand beside one another weigh alike, however few rows
    know of them in this batch.
    """
    if exclusive:
        known = mask[:, 0] > 0
        if not known.any():
            return logits.sum() * 0.0
        return functional.cross_entropy(logits[known], targets[known].argmax(1))
    each = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * mask
    return (each.sum(0) / mask.sum(0).clamp(min=1.0)).sum()


def _averaged(task: Task, fitted: list[Head]) -> Head:
    """One head whose answer for an output is the mean of the nets that answer for it: their hidden units side
    by side. What a net does not see or answer has weights of zero.
    """
    width = max(len(net.w1) for net in fitted)
    counts = np.asarray([sum(output in net.outputs for net in fitted) for output in task.outputs], np.float32)
    w2 = np.zeros((sum(len(net.b1) for net in fitted), len(task.outputs)), np.float32)
    b2 = np.zeros(len(task.outputs), np.float32)
    row = 0
    for net in fitted:
        columns = [task.outputs.index(output) for output in net.outputs]
        w2[row : row + len(net.b1), columns] = net.w2 / counts[columns]
        b2[columns] += net.b2 / counts[columns]
        row += len(net.b1)
    return replace(
        fitted[0],
        outputs=task.outputs,
        w1=np.concatenate([np.pad(net.w1, ((0, width - len(net.w1)), (0, 0))) for net in fitted], axis=1),
        b1=np.concatenate([net.b1 for net in fitted]),
        w2=w2,
        b2=b2,
        slope=np.ones(len(task.outputs), np.float32),
        shift=np.zeros(len(task.outputs), np.float32),
    )


def _folded(
    task: Task, first: torch.nn.Linear, last: torch.nn.Linear, mean: torch.Tensor, scale: torch.Tensor
) -> Head:
    """Standardising is folded into the first layer, so that serving needs no statistics."""
    with torch.no_grad():
        w1 = (first.weight / scale).T.contiguous()
        b1 = first.bias - (first.weight / scale) @ mean
        arrays = [
            tensor.cpu().numpy().astype(np.float32)
            for tensor in (w1, b1, last.weight.T.contiguous(), last.bias)
        ]
    count = len(task.outputs)
    one, zero = np.ones(count, np.float32), np.zeros(count, np.float32)
    return Head(
        outputs=task.outputs, w1=arrays[0], b1=arrays[1], w2=arrays[2], b2=arrays[3],
        slope=one, shift=zero, exclusive=task.exclusive,
    )  # fmt: skip
