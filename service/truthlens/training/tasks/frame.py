"""Which aspects of an issue a sentence brings forward: the policy frames of Boydstun et al. (2014)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from truthlens.seeds import load_families
from truthlens.training import data
from truthlens.training.task import Example, Parts, Task, several_of

OUTPUTS = (
    "econ",
    "capacity",
    "moral",
    "fair",
    "legal",
    "policy",
    "crime",
    "security",
    "health",
    "quality",
    "culture",
    "opinion",
    "political",
    "external",
)


def _news(folder: Path, part: str) -> list[Example]:
    return [several_of(row.text, OUTPUTS, row.frames) for row in data.news(folder, part)]


def _seeds() -> list[Example]:
    """A seed tells of its own frame only: it may well have another one beside it."""
    families = load_families()
    found = []
    for frame in OUTPUTS:
        own = np.asarray([output == frame for output in OUTPUTS], np.float32)
        family = families[f"frame_{frame}"]
        found += [Example(phrase.text, own, own) for phrase in family.phrases]
        found += [Example(each.text, np.zeros_like(own), own) for each in family.passes]
    return found


def read(folder: Path) -> Parts:
    return Parts(
        train=[*_news(folder, "train"), *_seeds()],
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, sentences",
    )


TASK = Task(key="frame", level="sentence", outputs=OUTPUTS, read=read, data=("news_spans", "seeds"))
