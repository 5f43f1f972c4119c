"""Everyone who speaks, with how often, how, and by which verb."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Nothing, Table
from truthlens.ledger import sources
from truthlens.reading import Reading
from truthlens.section import Section

KINDS = {"named": "named", "document": "document", "unnamed": "not named"}


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = sources(reading)
    if not found:
        return [Nothing(text="nobody is quoted or reported by name or description")]
    rows = tuple(
        (
            Cell(text=source.name, evidence=tuple(Evidence(span=span) for span in source.places)),
            Cell(text=KINDS[source.kind]),
            Cell(text=source.verb),
            Cell(text=str(source.sentences)),
        )
        for source in found
    )
    return [Table(columns=("Source", "Kind", "Verb", "Sentences"), rows=rows)]


SECTION = Section(key="sources", title="Sources", order=120, build=build)
