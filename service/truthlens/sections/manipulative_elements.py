"""Marked phrases by indicator and by whose words they are, and how dense they are beside plain reporting."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.baseline import PLAIN
from truthlens.domain import Block, Cell, Evidence, Finding, Note, Nothing, Table, Voice
from truthlens.indicator import indicators
from truthlens.reading import Reading
from truthlens.section import Section

WHOSE: dict[Voice, str] = {
    "own": "the outlet",
    "quote": "quoted",
    "attributed": "reported",
    "headline": "headline",
}
ROWS: dict[str, tuple[Voice, ...]] = {
    "The outlet’s own": ("own", "headline"),
    "Quoted": ("quote",),
    "Reported": ("attributed",),
}
NAMED = 5  # phrases spelled out in one row; the others are evidence all the same
ENOUGH = 50  # words; in fewer, one mark would be more than two in a hundred


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    rows = tuple(
        _row(reading, indicator.title, voice, chosen)
        for indicator in indicators().values()
        for voice in WHOSE
        if (chosen := [f for f in findings if f.indicator == indicator.key and f.voice == voice])
    )
    if not rows:
        return [Nothing(text="nothing found")]
    return [Table(columns=("Technique", "Whose words", "Phrases"), rows=rows), *_density(reading, findings)]


def _row(reading: Reading, title: str, voice: Voice, chosen: Sequence[Finding]) -> tuple[Cell, ...]:
    phrases = list(dict.fromkeys(finding.span.of(reading.article.text) for finding in chosen))
    named = ", ".join(f"“{phrase}”" for phrase in phrases[:NAMED])
    more = len(phrases) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    evidence = tuple(Evidence(span=finding.span, note=finding.message) for finding in chosen)
    return Cell(text=title), Cell(text=WHOSE[voice]), Cell(text=f"{named}{rest}", evidence=evidence)


def _density(reading: Reading, findings: Sequence[Finding]) -> list[Block]:
    rows = []
    for title, voices in ROWS.items():
        marked = [finding for finding in findings if finding.voice in voices]
        words = sum(reading.word_count(piece.span) for piece in reading.voices if piece.voice in voices)
        if not words:
            continue
        rate = f"{100 * len(marked) / words:.1f}" if words >= ENOUGH else "too few words"
        evidence = tuple(Evidence(span=finding.span, note=finding.message) for finding in marked)
        rows.append((Cell(text=title, evidence=evidence), Cell(text=str(len(marked))), Cell(text=rate)))
    return [
        Table(columns=("Whose words", "Marks", "Per 100 words"), rows=tuple(rows)),
        Note(text=f"Plain wire reporting: {PLAIN:g} per 100 of the outlet’s own words."),
    ]


SECTION = Section(key="manipulative_elements", title="Manipulative elements", order=50, build=build)
