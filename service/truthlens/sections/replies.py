"""Whoever is accused, and how each of them answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from truthlens.accusations import told
from truthlens.domain import Block, Cell, Evidence, Finding, Listing, Nothing, Statement, Table
from truthlens.reading import Reading
from truthlens.replies import Answer, Kind, answers, clause
from truthlens.section import Section

HOW: dict[Kind, str] = {
    "quoted": "quoted",
    "denied": "denied in one clause",
    "paraphrased": "paraphrased",
    "declined": "declined to answer",
    "asked": "asked, no answer",
    "absent": "no answer in the text",
}


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    found = answers(reading, findings)
    if not found:
        return [Nothing(text="nobody is accused by name")]
    rows = tuple(_row(reading, answer, found) for answer in found)
    table = Table(columns=("Accused", "Of", "Answer"), rows=rows)
    statements = tuple({s.text: s for s in _statements(reading, found)}.values())
    return [Listing(statements=statements), table] if statements else [table]


def _row(reading: Reading, answer: Answer, found: Sequence[Answer]) -> tuple[Cell, ...]:
    shared = f", with {' and '.join(answer.shared)}" if answer.shared else ""
    undercut = ", worded against" if answer.undercut else ""
    words = " ".join(answer.charges[0].words.of(reading.article.text).split())
    others = [other.charges[0].target for other in found if other.accused.name in answer.shared]
    places = (*((answer.sentence.span,) if answer.sentence else ()), *others)
    return (
        Cell(text=answer.accused.name, evidence=tuple(Evidence(span=c.target) for c in answer.charges)),
        Cell(text=f"“{words}”", evidence=tuple(Evidence(span=c.sentence.span) for c in answer.charges)),
        Cell(
            text=HOW[answer.kind] + shared + undercut,
            evidence=tuple(Evidence(span=place) for place in places),
        ),
    )


def _statements(reading: Reading, found: Sequence[Answer]) -> Iterator[Statement]:
    """What is unusual: no answer, one for several, or one that its own sentence speaks against."""
    text = reading.article.text
    for answer in found:
        charge = answer.charges[0]
        if answer.sentence is None:
            yield Statement(
                text=f"{answer.accused.name}: no answer to {told(reading, charge)}.",
                evidence=(Evidence(span=charge.sentence.span), Evidence(span=charge.target)),
            )
        elif answer.shared or answer.undercut:
            alone = " is the answer of both" if answer.shared else ""
            against = "".join(f"; the same sentence says “{span.of(text)}”" for span in answer.undercut)
            yield Statement(
                text=f"“{clause(text, answer)}”{alone}{against}.",
                evidence=(Evidence(span=answer.sentence.span),),
            )


SECTION = Section(key="replies", title="Replies", order=125, build=build)
