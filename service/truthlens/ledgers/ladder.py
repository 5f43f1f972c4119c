"""Whose words an article takes for true, reports, or keeps at a distance, and where it does so unevenly."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Evidence, Span, Statement
from truthlens.ledgers.firmness import DISTANT, rung
from truthlens.ledgers.ledger import Source, sources
from truthlens.reading import Reading, once

OTHERS = 2  # speakers without any distance, beside whom one "claimed" stands out


@once
def ladder(reading: Reading) -> tuple[Source, ...]:
    """The sources that are reported with a verb, most sentences first."""
    return tuple(source for source in sources(reading) if source.verbs)


def asymmetries(rows: Sequence[Source]) -> tuple[Statement, ...]:
    """Who is reported at a distance where others never are: "claimed" here, "said" there. Papers do not
    count: what they allege is theirs to prove.
    """
    people = [row for row in rows if row.kind != "document"]
    distant = [row for row in people if _distant(row)]
    plain = sorted((row for row in people if not _distant(row)), key=lambda row: -len(row.verbs))
    if len(plain) < OTHERS or len(distant) > len(plain):
        return ()
    return tuple(_statement(row, plain[:OTHERS]) for row in distant)


def _statement(row: Source, others: Sequence[Source]) -> Statement:
    distant = _distant(row)
    named = " and ".join(f"{other.name} “{other.verbs[0][0]}”" for other in others)
    names = [source.named for source in (row, *others) if source.named]
    return Statement(
        text=f"{row.name} “{distant[0][0]}” where {named}.",
        evidence=(
            *(Evidence(span=span, note=verb) for verb, span in distant),
            *(Evidence(span=other.verbs[0][1], note=other.verbs[0][0]) for other in others),
            *(Evidence(span=span) for span in names),
        ),
    )


def _distant(row: Source) -> list[tuple[str, Span]]:
    return [(verb, span) for verb, span in row.verbs if rung(verb) in DISTANT]
