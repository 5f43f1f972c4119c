"""What a sentence does: reports a fact, gives an opinion, looks ahead, or something else."""

from __future__ import annotations

from pathlib import Path

from truthlens.training import data
from truthlens.training.task import Example, Parts, Task, one_of

OUTPUTS = ("fact", "opinion", "forecast", "other")


def _news(folder: Path, part: str) -> list[Example]:
    return [one_of(row.text, OUTPUTS, row.mode) for row in data.news(folder, part)]


def read(folder: Path) -> Parts:
    return Parts(
        train=_news(folder, "train"),
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, sentences",
    )


TASK = Task(
    key="mode",
    level="sentence",
    outputs=OUTPUTS,
    read=read,
    data=("news_spans",),
    exclusive=True,
    twins="beside",
)
