"""Everyone who speaks: named or not, in what role, how often, and by which verb at its firmest."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Nothing, Statement, Table, Text
from truthlens.ledger import Source, biggest, carried, sources
from truthlens.reading import Reading
from truthlens.section import Section

KINDS = {"named": "named", "document": "document", "unnamed": "not named"}
FEW = 3  # sentences with a source: below it, "more than half" says nothing


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found, total = sources(reading), carried(reading)
    if not found:
        return [Nothing(text="nobody is quoted or reported by name or description")]
    rows = tuple(
        (
            Cell(text=source.name, evidence=tuple(Evidence(span=span) for span in source.places)),
            Cell(text=KINDS[source.kind]),
            Cell(text=source.role or "not said" if source.kind != "document" else ""),
            Cell(text=f"{source.sentences} ({source.sentences / total:.0%})"),
            Cell(
                text=source.verb,
                evidence=tuple(Evidence(span=span) for verb, span in source.verbs if verb == source.verb)[:1],
            ),
        )
        for source in found
    )
    table = Table(columns=("Source", "Named", "Role", "Sentences", "Firmest verb"), rows=rows)
    if total >= FEW and biggest(found) > total / 2:
        return [Text(statement=_one_source(found[0])), table]
    return [table]


def _one_source(source: Source) -> Statement:
    named = (source.named,) if source.named else ()
    return Statement(
        text=f"More than half of the sourced sentences rest on one source: {source.name}.",
        evidence=tuple(Evidence(span=span) for span in (*named, *source.places)),
    )


SECTION = Section(key="sources", title="Sources", order=120, build=build)
