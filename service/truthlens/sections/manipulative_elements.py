"""Marked phrases by indicator and by whose words they are, and how dense they are beside plain reporting."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.baseline import PLAIN
from truthlens.domain import Block, Cell, Evidence, Finding, Nothing, Table, Voice
from truthlens.indicator import indicators
from truthlens.reading import Reading
from truthlens.section import Section

WHOSE: dict[Voice, str] = {
    "own": "the outlet",
    "quote": "quoted",
    "attributed": "reported",
    "headline": "headline",
}
OWN: tuple[Voice, ...] = ("own", "headline")
NAMED = 5  # phrases spelled out of one voice; the others are evidence all the same
ENOUGH = 50  # words; in fewer, one mark would be more than two in a hundred


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    rows = tuple(
        _row(reading, indicator.title, chosen)
        for indicator in indicators().values()
        if (chosen := [f for f in findings if f.indicator == indicator.key])
    )
    if not rows:
        return [Nothing(text="nothing found")]
    return [Table(columns=("Technique", "Phrases, by whose words"), rows=rows), *_density(reading, findings)]


def _row(reading: Reading, title: str, chosen: Sequence[Finding]) -> tuple[Cell, ...]:
    told = []
    for voice, whose in WHOSE.items():
        spans = [finding.span for finding in chosen if finding.voice == voice]
        phrases = list(dict.fromkeys(span.of(reading.article.text) for span in spans))
        more = f" and {len(phrases) - NAMED} more" if len(phrases) > NAMED else ""
        if phrases:
            told.append(f"{whose}: {', '.join(f'“{phrase}”' for phrase in phrases[:NAMED])}{more}")
    evidence = tuple(
        Evidence(span=finding.span, note=finding.message)
        for finding in sorted(chosen, key=lambda f: list(WHOSE).index(f.voice))
    )
    return Cell(text=title), Cell(text="; ".join(told), evidence=evidence)


def _density(reading: Reading, findings: Sequence[Finding]) -> list[Block]:
    """Marks in the outlet's own words, headline included, beside what plain reporting has."""
    words = sum(reading.word_count(piece.span) for piece in reading.voices if piece.voice in OWN)
    if words < ENOUGH:
        return []
    marked = [finding for finding in findings if finding.voice in OWN]
    evidence = tuple(Evidence(span=finding.span, note=finding.message) for finding in marked)
    rows = (
        (
            Cell(text="the outlet’s own words", evidence=evidence),
            Cell(text=f"{100 * len(marked) / words:.1f}"),
        ),
        (Cell(text="plain wire reporting"), Cell(text=f"{PLAIN:g}")),
    )
    return [Table(columns=("Marks in", "Per 100 words"), rows=rows)]


SECTION = Section(key="manipulative_elements", title="Manipulative elements", order=50, build=build)
