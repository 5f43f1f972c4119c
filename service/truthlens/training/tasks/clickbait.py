"""Whether a headline holds back what the story is, to be clicked.

In stop_clickbait 99.4% of the clickbait is title-cased and much of it opens with a number. The encoder sees
no case; headlines that open with a number teach nothing here, so that the head cannot learn that instead.
"""

from __future__ import annotations

from pathlib import Path

from truthlens.training import data
from truthlens.training.shares import three_parts
from truthlens.training.task import Example, Parts, Task, several_of

OUTPUTS = ("clickbait",)
EVERY = 4  # one headline in so many: 7,000 teach as well as 28,000


def _text(row: tuple[str, bool]) -> str:
    return row[0]


def _examples(rows: list[tuple[str, bool]]) -> list[Example]:
    return [several_of(text, OUTPUTS, OUTPUTS if bait else ()) for text, bait in rows]


def read(folder: Path) -> Parts:
    kept = [row for row in data.headlines(folder) if not row[0][0].isdigit()]
    train, calibrate, test = three_parts(kept[::EVERY], _text)
    return Parts(
        train=_examples(train),
        calibrate=_examples(calibrate),
        test=_examples(test),
        test_name="stop_clickbait, held-out headlines without a leading number",
    )


TASK = Task(
    key="clickbait", level="sentence", outputs=OUTPUTS, read=read, data=("stop_clickbait",), precision=0.9
)
