"""Who is reported with more, or less, than "said": confirmed, denied, claimed … by the article's verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Listing, Nothing, Span, Table
from truthlens.ledgers.firmness import RUNGS, Rung, rung
from truthlens.ledgers.ladder import asymmetries, ladder
from truthlens.ledgers.ledger import Source, brief, named_at
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    rows = ladder(reading)
    if not rows:
        return [Nothing(text="nobody is reported with a verb of speech")]
    uneven = asymmetries(rows)
    blocks: list[Block] = [Listing(statements=uneven)] if uneven else []
    told = {(evidence.note, evidence.span) for statement in uneven for evidence in statement.evidence}
    steps = [(step, list(_verbs(rows, step, told))) for step in RUNGS if step != "said"]
    table = tuple((Cell(text=step), _cell(found)) for step, found in steps if found)
    if table:
        blocks.append(Table(columns=("How", "Who, by which verb"), rows=table))
    return blocks or [Nothing(text="all are reported with “said” or its like")]


Verb = tuple[Source, str, list[Span]]


def _verbs(rows: Sequence[Source], step: Rung, told: set[tuple[str, Span]]) -> Iterator[Verb]:
    """Every verb of one rung with whom it reports and where; those of a statement above are ``told``."""
    for row in rows:
        found: dict[str, list[Span]] = {}
        for verb, span in row.verbs:
            if rung(verb) == step and (verb, span) not in told:
                found.setdefault(verb, []).append(span)
        for verb, spans in found.items():
            yield row, verb, spans


def _cell(found: Sequence[Verb]) -> Cell:
    evidence = [
        place
        for source, verb, spans in found
        for place in (*(Evidence(span=span, note=verb) for span in spans), *named_at(source))
    ]
    words = ", ".join(f"{brief(source.name)} “{verb}”" for source, verb, _ in found)
    return Cell(text=words, evidence=tuple(dict.fromkeys(evidence)))


SECTION = Section(key="attribution_ladder", title="Attribution ladder", order=160, build=build)
