"""Emotive or judging words where a plainer one exists, such as "slammed" for "criticised"."""

from __future__ import annotations

from collections.abc import Iterator

from truthlens.domain import Finding
from truthlens.indicator import Indicator
from truthlens.marking import marks
from truthlens.reading import Reading


def find(reading: Reading) -> Iterator[Finding]:
    yield from marks(reading, "loaded_language")


INDICATOR = Indicator(
    key="loaded_language",
    title="Loaded language",
    describes=__doc__,
    colour="loaded",
    find=find,
    flags=(
        "The disastrous plan was slammed by furious residents.",
        "Her shameful surrender to the lobby stunned the chamber.",
    ),
    passes=(
        "The committee met on Tuesday and approved the minutes.",
        "The striker shot past the keeper and the crew loaded the cargo.",
        "Twelve people were killed when the bus left the road, police said.",
    ),
)
