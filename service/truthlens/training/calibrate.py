"""Turns a head's raw scores into probabilities, on rows that taught it nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from truthlens.encode import Floats
from truthlens.heads import Head
from truthlens.training.features import Labels

STEEPEST = 5.0  # far above the slopes of any head so far (0.7 to 0.9)

Doubles = npt.NDArray[np.float64]


def calibrated(head: Head, features: Floats, targets: Labels) -> Head:
    """The same head with a slope and a shift per output (Platt 1999), or with a common slope where they
    exclude one another.
    """
    logits = head.logits(features).astype(np.float64)
    if head.exclusive:
        slope, shift = _tempered(logits, targets)
        return replace(
            head,
            slope=np.full(len(head.outputs), slope, np.float32),
            shift=np.asarray(shift, np.float32),
        )
    pairs = [platt(logits[:, column], targets[:, column]) for column in range(len(head.outputs))]
    return replace(
        head,
        slope=np.asarray([slope for slope, _ in pairs], np.float32),
        shift=np.asarray([shift for _, shift in pairs], np.float32),
    )


def platt(logits: Doubles, labels: Labels) -> tuple[float, float]:
    """Slope and shift that make probabilities of scores, by Newton's method.

    Targets are Platt's smoothed ones, so that a separable output does not run off.
    """
    positive = float(labels.sum())
    high, low = (positive + 1) / (positive + 2), 1 / (len(labels) - positive + 2)
    target = np.where(labels > 0, high, low)
    design = np.stack([logits, np.ones(len(labels))], axis=1)
    weight = np.array([1.0, 0.0])
    cost = _cross_entropy(design @ weight, target)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(design @ weight, -30, 30)))
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, design.T @ (target - chance))
        # Far from the optimum a full step overshoots and would swing for ever: halve it until it helps.
        while np.abs(step).max() > 1e-9:
            found = _cross_entropy(design @ (weight + step), target)
            if found <= cost:
                weight, cost = weight + step, found
                break
            step = step / 2
        else:
            break
    # A slope below zero would turn the ranking round: with a handful of positives that is chance.
    return max(float(weight[0]), 0.05), float(weight[1])


def _cross_entropy(odds: Doubles, target: Doubles) -> float:
    return float((np.logaddexp(0.0, odds) - target * odds).mean())


def _tempered(logits: Doubles, targets: Labels) -> tuple[float, Doubles]:
    """One slope and a shift per output with the least cross entropy (bias-corrected temperature scaling,
    Alexandari et al. 2020). The shifts take back what seeds and comments add of the rarer outputs.
    """
    scores, right = torch.from_numpy(logits), torch.from_numpy(targets.argmax(axis=1))
    log_slope = torch.zeros((), dtype=torch.float64, requires_grad=True)
    shift = torch.zeros(logits.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_slope, shift], max_iter=200, line_search_fn="strong_wolfe")

    def cost() -> torch.Tensor:
        optimiser.zero_grad()
        # Held lightly to zero: an output without a row here would run off otherwise.
        loss = functional.cross_entropy(scores * log_slope.exp() + shift, right) + 1e-4 * shift.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships no type for it
        return loss

    optimiser.step(cost)  # type: ignore[no-untyped-call]  # likewise
    # A head that is right on every row here would run off to certainty.
    return min(float(log_slope.detach().exp()), STEEPEST), shift.detach().numpy()
