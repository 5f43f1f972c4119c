"""Wording that makes something larger or smaller than what is reported: "the worst ever", "merely"."""

from __future__ import annotations

from collections.abc import Iterator

from truthlens.domain import Finding
from truthlens.indicator import Indicator
from truthlens.marking import marks
from truthlens.reading import Reading

UNIVERSAL = frozenset(
    "no not nothing none nobody never always all every everyone everybody everything anyone most ever".split()
)
LONE_FLOOR = 0.55
"""Score that such a word needs when it stands alone: mostly it is meant literally ("no reply came"). The demo
articles have nine such marks below it, of which two were ones that an editor would question.
"""


def find(reading: Reading) -> Iterator[Finding]:
    for finding in marks(reading, "exaggeration_minimisation"):
        if finding.score >= LONE_FLOOR or finding.span.of(reading.article.text).lower() not in UNIVERSAL:
            yield finding


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
