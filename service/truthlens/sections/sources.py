"""Everyone who speaks: named or not, in what role, how often, and by which verb at its firmest."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Note, Nothing, Table
from truthlens.ledgers.ledger import Source, carried, named_at, sources
from truthlens.reading import Reading
from truthlens.section import Section

SHOWN = 8  # rows; those behind them carry a sentence or two each


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found, total = sources(reading), carried(reading)
    if not found:
        return [Nothing(text="nobody is quoted or reported by name or description")]
    rows = tuple(_row(source, total) for source in found[:SHOWN])
    blocks: list[Block] = [Table(columns=("Source", "Role", "Sentences", "Firmest verb"), rows=rows)]
    if len(found) > SHOWN:
        blocks.append(Note(text=f"Not listed: {len(found) - SHOWN} more."))
    return blocks


def _row(source: Source, total: int) -> tuple[Cell, ...]:
    several = f"{source.sentences} ({source.sentences / total:.0%})"
    firmest = [span for verb, span in source.verbs if verb == source.verb][:1]
    return (
        Cell(
            text=source.name, evidence=(*named_at(source), *(Evidence(span=span) for span in source.places))
        ),
        Cell(text=_role(source)),
        Cell(text=several if source.sentences > 1 else "1"),
        Cell(text=source.verb, evidence=tuple(Evidence(span=span) for span in firmest)),
    )


def _role(source: Source) -> str:
    """What the article says that the source is: nothing for a name without a role."""
    if source.kind == "unnamed":
        return f"unnamed {source.role}".strip()
    return source.role


SECTION = Section(key="sources", title="Sources", order=120, build=build)
