"""Questions that the article leaves open. They ask; they do not say that anything was left out on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Finding, Listing, Nothing
from truthlens.ledgers.omissions import questions
from truthlens.reading import Reading
from truthlens.section import Section

MOST = 8


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    found = questions(reading, findings)[:MOST]
    if not found:
        return [Nothing(text="every question that can be checked is answered")]
    return [Listing(statements=found)]


SECTION = Section(key="possible_omissions", title="Possible omissions", order=45, build=build)
