"""Whoever is accused, and how each of them answers."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Nothing, Span, Table
from truthlens.ledgers.replies import Answer, Kind, answers, clause
from truthlens.reading import Reading
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
        return [Nothing(text="no accusation against a named party was found")]
    rows = tuple(_row(reading, group) for group in _alike(reading, found))
    return [Table(columns=("Accused", "Of", "Answer"), rows=rows)]


def _alike(reading: Reading, found: Sequence[Answer]) -> list[list[Answer]]:
    """Those who are accused of the same and answer in the same words stand in one row."""
    groups: dict[tuple[str, Span | None], list[Answer]] = {}
    for answer in found:
        alone = answer.accused.name if answer.words is None else ""
        groups.setdefault((_charge(reading, answer) + alone, answer.words), []).append(answer)
    return list(groups.values())


def _charge(reading: Reading, answer: Answer) -> str:
    return " ".join(answer.charges[0].words.of(reading.article.text).split())


def _row(reading: Reading, group: Sequence[Answer]) -> tuple[Cell, ...]:
    first = group[0]
    charges = [charge for answer in group for charge in answer.charges]
    places = dict.fromkeys(charge.sentence.span for charge in charges)
    return (
        Cell(
            text=", ".join(answer.accused.name for answer in group),
            evidence=tuple(Evidence(span=charge.target) for charge in charges),
        ),
        Cell(
            text=f"“{_charge(reading, first)}”",
            evidence=tuple(Evidence(span=place) for place in places),
        ),
        Cell(
            text=_answer(reading, first),
            evidence=(Evidence(span=first.sentence.span),) if first.sentence else (),
        ),
    )


def _answer(reading: Reading, answer: Answer) -> str:
    """How it is given; in the article's words where one stands for several, or words stand against it."""
    if not answer.shared and not answer.undercut:
        return HOW[answer.kind]
    text = reading.article.text
    how = HOW[answer.kind]
    if answer.shared:
        how = "the same for both" if len(answer.shared) == 1 else "the same for all"
    beside = "".join(f", beside “{span.of(text)}”" for span in answer.undercut)
    return f"{how}: “{clause(text, answer)}”{beside}"


SECTION = Section(key="replies", title="Replies", order=125, build=build)
