"""A sneering or abusive label put on a person or a group instead of saying what they did."""

from __future__ import annotations

from collections.abc import Iterator

from truthlens.domain import Finding
from truthlens.indicator import Indicator
from truthlens.marking import marks
from truthlens.reading import Reading


def find(reading: Reading) -> Iterator[Finding]:
    yield from marks(reading, "name_calling")


INDICATOR = Indicator(
    key="name_calling",
    title="Name-calling",
    describes=__doc__,
    colour="name",
    find=find,
    flags=("The radical left mob and its woke cronies shouted him down.",),
    passes=(
        "The conservative senator and the labour leader shared a platform.",
        "The two convicted terrorists were moved to another prison.",
    ),
)
