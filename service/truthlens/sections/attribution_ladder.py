"""How firmly each speaker is reported: confirmed, said, claimed, alleged … counted, with any asymmetry."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Listing, Nothing, Span, Table
from truthlens.firmness import RUNGS, rung
from truthlens.ladder import asymmetries, ladder
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    rows = ladder(reading)
    if not rows:
        return [Nothing(text="nobody is reported with a verb of speech")]
    used = [step for step in RUNGS if any(rung(verb) == step for row in rows for verb, _ in row.verbs)]
    table = Table(
        columns=("Who", *(step.capitalize() for step in used)),
        rows=tuple(
            (Cell(text=row.name), *(_cell([v for v in row.verbs if rung(v[0]) == step]) for step in used))
            for row in rows
        ),
    )
    uneven = asymmetries(rows)
    return [Listing(statements=uneven), table] if uneven else [table]


def _cell(verbs: Sequence[tuple[str, Span]]) -> Cell:
    if not verbs:
        return Cell(text="")
    return Cell(text=str(len(verbs)), evidence=tuple(Evidence(span=span, note=verb) for verb, span in verbs))


SECTION = Section(key="attribution_ladder", title="Attribution ladder", order=160, build=build)
