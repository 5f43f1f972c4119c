"""The contract of a task: what one head learns, from which sentences, in one file of tasks/."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Floats
from truthlens.heads import words
from truthlens.model_file import LAYERS
from truthlens.registry import discover

ALL = len(LAYERS)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what a head should answer.

    ``targets`` and ``mask`` are (words, outputs) for a word head and (outputs,) for a sentence head; where
    the mask is 0 nothing is known.
    """

    text: str
    targets: Floats
    mask: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """``train`` fits, ``calibrate`` sets probabilities and thresholds, ``test`` only measures.

    No text stands in two parts. ``test_name`` says what ``test`` is.
    """

    train: Sequence[Example]
    calibrate: Sequence[Example]
    test: Sequence[Example]
    test_name: str


@dataclass(frozen=True, slots=True)
class Net:
    """One of the nets that a head is averaged from: it sees the lowest ``layers`` that are read out, and
    answers for ``outputs``, for all where that is empty.
    """

    layers: int = ALL
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """``precision`` is what the threshold of each output is chosen for, on the calibration part.

    ``twins`` of sentences that judge wording stand "beside" them, or "instead" of every second one where
    there are very many.
    """

    key: str
    level: Literal["word", "sentence"]
    outputs: tuple[str, ...]
    read: Callable[[Path], Parts]
    data: tuple[str, ...]  # folders of train/; "seeds" for our own
    exclusive: bool = False
    hidden: int = 64  # units of each net
    nets: tuple[Net, ...] = (Net(),)  # averaged into one head
    input_dropout: float = 0.1
    precision: float = 0.6
    least_steps: int = 0  # of descent, where a task needs more than `fit.LEAST_STEPS`
    twins: Literal["", "beside", "instead"] = ""  # what becomes of sentences about another group
    adapter_rows: int = 0  # sentences that shape the adapter; 0: all of them


@cache
def tasks() -> Mapping[str, Task]:
    """Every task there is, by key."""
    from truthlens.training import tasks as package

    return discover(package, "TASK", Task)


def marked_example(
    text: str, outputs: Sequence[str], spans: Sequence[tuple[Span, str]], mask: Floats
) -> Example:
    """Of a word head: a word counts for an output when a span of that name touches it.

    The output "any", where there is one, counts with every span. ``mask`` is (outputs,), for all words.
    """
    found = words(text)
    targets = np.zeros((len(found), len(outputs)), np.float32)
    for row, word in enumerate(found):
        names = {name for span, name in spans if span.overlaps(word)}
        for column, output in enumerate(outputs):
            targets[row, column] = output in names or (output == "any" and bool(names))
    return Example(text, targets, np.broadcast_to(mask, targets.shape).astype(np.float32))


def one_of(text: str, outputs: Sequence[str], output: str) -> Example:
    """Of a sentence head with exclusive outputs."""
    targets = np.zeros(len(outputs), np.float32)
    targets[outputs.index(output)] = 1.0
    return Example(text, targets, np.ones(len(outputs), np.float32))


def several_of(text: str, outputs: Sequence[str], chosen: Sequence[str]) -> Example:
    """Of a sentence head whose outputs stand beside one another."""
    targets = np.asarray([output in chosen for output in outputs], np.float32)
    return Example(text, targets, np.ones(len(outputs), np.float32))
