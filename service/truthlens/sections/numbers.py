"""Every figure: its qualifier, what it counts, when, whose it is, and what the headline made of it.

Nobody stands beside a figure that the outlet states itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Note, Nothing, Span, Table
from truthlens.ledgers.headline_audit import headline_audit
from truthlens.ledgers.ledger import Source, brief, by_place, named_at, sources
from truthlens.ledgers.number_ledger import Stated, stated
from truthlens.reading import Reading
from truthlens.section import Section
from truthlens.voices import reporting

SHOWN = 10  # rows; a table of prices goes on for longer than anybody reads
SMALL = 12  # up to here a bare number in words ("two trees") says little by itself
_TIMELY = reporting.PREPOSITIONS | {"last", "next", "this", "over", "earlier"}


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = stated(reading)
    if not found:
        return [Nothing(text="no figures in the text")]
    headline, names = _headline(reading), by_place(sources(reading))
    telling = [figure for figure in found if figure.span in headline or not _is_small(figure)]
    rows = _rows(telling or found, names, headline)
    columns: tuple[str, ...] = ("Figure", "Said by", "In the headline")
    if not any(row[2].text for row in rows):
        columns, rows = columns[:2], [row[:2] for row in rows]
    blocks: list[Block] = [Table(columns=columns, rows=tuple(rows[:SHOWN]))]
    if len(rows) > SHOWN:
        blocks.append(Note(text=f"Not listed: {len(rows) - SHOWN} more figures."))
    elif telling and len(found) > len(telling):
        blocks.append(Note(text=f"Not listed: {len(found) - len(telling)} small in words."))
    return blocks


def _is_small(figure: Stated) -> bool:
    numeral = figure.amount.numeral
    plain = numeral.kind == "plain" and not numeral.percent and not numeral.money
    return plain and numeral.spelled and numeral.value <= SMALL and not figure.amount.qualifier


def _rows(
    found: Sequence[Stated], names: Mapping[Span, Source], headline: Mapping[Span, str]
) -> list[tuple[Cell, ...]]:
    """A row for each figure; one that is told twice of the same by the same has both places."""
    places: dict[tuple[str, str, str], tuple[list[Evidence], list[Evidence]]] = {}
    for figure in found:
        source, voiced = names.get(figure.voiced.span), figure.voiced
        whose = brief(source.name) if source else voiced.speaker or "nobody named"
        key = (_told(figure), "" if voiced.voice == "own" else whose, headline.get(figure.span, ""))
        here, theirs = places.setdefault(key, ([], []))
        here += [Evidence(span=span) for span in (figure.span, figure.period) if span]
        if voiced.voice != "own":
            theirs += [Evidence(span=voiced.span), *(named_at(source) if source else ())]
    return [
        (
            Cell(text=told, evidence=tuple(dict.fromkeys(here))),
            Cell(text=whose, evidence=tuple(dict.fromkeys(theirs))),
            Cell(text=held),
        )
        for (told, whose, held), (here, theirs) in places.items()
    ]


def _told(figure: Stated) -> str:
    """ "as many as 9 million rounds, in 2024": qualifier, figure, what it counts, and when."""
    period = figure.amount.period
    opener, _, rest = period.partition(" ")
    if opener.lower() in _TIMELY and rest:
        period = f"{opener.lower()} {rest}"
    return f"{figure.beside}, {period}" if period else figure.beside


def _headline(reading: Reading) -> dict[Span, str]:
    """What the headline makes of a figure, by the figure's place in the text."""
    found: dict[Span, str] = {}
    for check in headline_audit(reading):
        if check.element == "figure":
            dropped = "".join(f", without “{word}”" for word in check.dropped)
            words = {"sum": "in a sum", "rounded": "rounded"}.get(check.result, "yes")
            found |= dict.fromkeys(check.places, f"{words}{dropped}" if check.result != "sum" else words)
    return found


SECTION = Section(key="numbers", title="Numbers", order=140, build=build)
