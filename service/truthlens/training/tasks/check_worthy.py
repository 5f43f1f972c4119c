"""Whether a sentence states something that can be checked and is worth it."""

from __future__ import annotations

from pathlib import Path

from truthlens.training import data
from truthlens.training.task import Example, Parts, Task, several_of

OUTPUTS = ("check_worthy",)


def _news(folder: Path, part: str) -> list[Example]:
    return [
        several_of(row.text, OUTPUTS, OUTPUTS if row.check_worthy else ()) for row in data.news(folder, part)
    ]


def read(folder: Path) -> Parts:
    return Parts(
        train=_news(folder, "train"),
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, sentences",
    )


TASK = Task(
    key="check_worthy", level="sentence", outputs=OUTPUTS, read=read, data=("news_spans",), precision=0.8
)
