"""Wording that makes something larger or smaller than what is reported: "the worst ever", "merely"."""

from __future__ import annotations

from collections.abc import Iterator

from truthlens.domain import Finding
from truthlens.indicator import Indicator
from truthlens.marking import marks
from truthlens.reading import Reading


def find(reading: Reading) -> Iterator[Finding]:
    yield from marks(reading, "exaggeration_minimisation")


INDICATOR = Indicator(
    key="exaggeration_minimisation",
    title="Exaggeration",
    describes=__doc__,
    colour="exaggeration",
    find=find,
    flags=("Absolutely everyone knows this is the greatest scandal of all time.",),
    passes=(
        "It was the highest inflation rate since records began in 1997.",
        "All nine judges agreed with the ruling.",
    ),
)
