"""The values that a sentence's wording appeals to: six foundations (Graham et al. 2013; Iyer et al. 2012).

No set with free terms exists, so our own seeds are all there is: sentences of one value are the opposites of
the others. What is measured is measured on held-out seeds, and says so.
"""

from __future__ import annotations

from pathlib import Path

from truthlens.seeds import SeedExample, load_families
from truthlens.training.shares import three_parts
from truthlens.training.task import Example, Parts, Task, several_of

OUTPUTS = ("care", "fairness", "loyalty", "authority", "sanctity", "liberty")


def _text(row: tuple[SeedExample, tuple[str, ...]]) -> str:
    return row[0].text


def _examples(rows: list[tuple[SeedExample, tuple[str, ...]]]) -> list[Example]:
    return [several_of(seed.text, OUTPUTS, chosen) for seed, chosen in rows]


def read(folder: Path) -> Parts:  # noqa: ARG001  # the contract's; seeds need no folder
    families = load_families()
    rows: list[tuple[SeedExample, tuple[str, ...]]] = []
    for value in OUTPUTS:
        family = families[f"value_{value}"]
        rows += [(phrase, (value,)) for phrase in family.phrases]
        rows += [(each, ()) for each in family.passes]
    train, calibrate, test = three_parts(rows, _text)
    return Parts(
        train=_examples(train),
        calibrate=_examples(calibrate),
        test=_examples(test),
        test_name="held-out seeds, sentences",
    )


TASK = Task(
    key="value", level="sentence", outputs=OUTPUTS, read=read, data=("seeds",), hidden=32, precision=0.8
)
