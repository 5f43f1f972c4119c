"""Every figure: its qualifier, what it counts, when, whose it is, and what the headline made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Note, Nothing, Span, Table
from truthlens.headline_audit import headline_audit
from truthlens.ledger import names_by_place, sources
from truthlens.number_ledger import Stated, stated
from truthlens.reading import Reading
from truthlens.section import Section

SHOWN = 40  # rows; a table of prices goes on for longer than anybody reads


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = stated(reading)
    if not found:
        return [Nothing(text="no figures in the text")]
    names = names_by_place(sources(reading))
    headline = _headline(reading)
    rows = [_row(figure, names, headline) for figure in found]
    blocks: list[Block] = [
        Table(columns=("Figure", "Of what", "When", "Whose figure", "Headline"), rows=tuple(rows[:SHOWN]))
    ]
    if len(rows) > SHOWN:
        blocks.append(Note(text=f"{len(rows) - SHOWN} further figures are not listed."))
    return blocks


def _row(figure: Stated, names: Mapping[Span, str], headline: Mapping[Span, str]) -> tuple[Cell, ...]:
    amount, voiced = figure.amount, figure.voiced
    speaker = names.get(voiced.span, voiced.speaker) or ("not named" if voiced.voice != "own" else "")
    place = Evidence(span=figure.span)
    return (
        Cell(text=amount.words, evidence=(place,)),
        Cell(text=amount.unit),
        Cell(text=amount.period, evidence=(Evidence(span=figure.period),) if figure.period else ()),
        Cell(text=speaker or "the outlet", evidence=(Evidence(span=voiced.span),) if speaker else ()),
        Cell(text=headline.get(figure.span, "")),
    )


def _headline(reading: Reading) -> dict[Span, str]:
    """What the headline makes of a figure, by the figure's place in the text."""
    found: dict[Span, str] = {}
    for check in headline_audit(reading):
        if check.element == "figure":
            dropped = "".join(f" without “{word}”" for word in check.dropped)
            words = {"sum": "in a sum", "rounded": "rounded"}.get(check.result, "yes")
            found |= dict.fromkeys(check.places, f"{words}{dropped}" if check.result != "sum" else words)
    return found


SECTION = Section(key="numbers", title="Numbers", order=140, build=build)
