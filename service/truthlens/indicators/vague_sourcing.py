"""Wording that hides who says something, or how sure it is: "some say", "is widely seen as"."""

from __future__ import annotations

from collections.abc import Iterator

from truthlens.domain import Finding
from truthlens.indicator import Indicator
from truthlens.marking import marks
from truthlens.reading import Reading
from truthlens.voices import reporting

VERBS = (
    reporting.CLAUSE | reporting.THAT | {"citing", "accuse", "accused", "blamed", "criticised", "criticized"}
)
"""A reporting verb alone hides nobody: its subject stands beside it, and would be marked if it were vague."""


def find(reading: Reading) -> Iterator[Finding]:
    for finding in marks(reading, "vague_sourcing"):
        if finding.span.of(reading.article.text).lower() not in VERBS:
            yield finding


INDICATOR = Indicator(
    key="vague_sourcing",
    title="Vague source",
    describes=__doc__,
    colour="vague",
    find=find,
    flags=("Critics say the plan is dead, and some experts believe it never lived.",),
    passes=(
        "The health ministry said on Monday that 41 clinics had closed.",
        "According to the census office, the town has 4,812 residents.",
    ),
)
