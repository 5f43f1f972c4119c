"""Names of persons, organisations and places, word by word: newswire of the Groningen Meaning Bank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from truthlens.heads import words
from truthlens.names import OUTPUTS
from truthlens.training.entities import Tagged, sentences, split, tags_of
from truthlens.training.task import Example, Parts, Task

CALIBRATION = 0.1  # of the rows that are not held out, the last ones


def _examples(rows: Sequence[Tagged]) -> list[Example]:
    found = []
    for row in rows:
        tags = tags_of(row, words(row.text))
        targets = np.asarray([[output == tag for output in OUTPUTS] for tag in tags], np.float32)
        targets = targets.reshape(len(tags), len(OUTPUTS))
        found.append(Example(row.text, targets, np.ones_like(targets)))
    return found


def read(folder: Path) -> Parts:
    rows, held_out = split(sentences(folder))
    held = {row.text for row in held_out}
    rows = [row for row in rows if row.text not in held]
    cut = round((1 - CALIBRATION) * len(rows))
    return Parts(
        train=_examples(rows[:cut]),
        calibrate=_examples(rows[cut:]),
        test=_examples(held_out),
        test_name="last 15% of gmb_8300, words",
    )


TASK = Task(
    key="entity",
    level="word",
    outputs=OUTPUTS,
    read=read,
    data=("entities",),
    exclusive=True,
    hidden=128,
    least_steps=1500,
)
