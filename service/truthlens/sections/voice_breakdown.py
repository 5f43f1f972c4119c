"""How much of the article is whose words, counted in words."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Nothing, Table, Voice
from truthlens.reading import Reading
from truthlens.section import Section

ROWS: dict[Voice, str] = {"own": "The outlet’s own", "quote": "Quoted", "attributed": "Reported"}
EVIDENCE = 3  # places a row opens: its longest stretches


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    counts = {
        voice: sum(reading.word_count(piece.span) for piece in reading.voices if piece.voice == voice)
        for voice in ROWS
    }
    total = sum(counts.values())
    if not total:
        return [Nothing(text="the article has no text beside its headline")]
    rows = []
    for voice, title in ROWS.items():
        pieces = sorted(
            (piece.span for piece in reading.voices if piece.voice == voice), key=lambda s: (-len(s), s.start)
        )
        marked = sum(finding.voice == voice for finding in findings)
        evidence = tuple(Evidence(span=span) for span in sorted(pieces[:EVIDENCE], key=lambda s: s.start))
        cells = (title, str(counts[voice]), f"{100 * counts[voice] / total:.0f}%", str(marked))
        rows.append((Cell(text=cells[0], evidence=evidence), *(Cell(text=text) for text in cells[1:])))
    return [Table(columns=("Whose words", "Words", "Share", "Marks"), rows=tuple(rows))]


SECTION = Section(key="voice_breakdown", title="Whose words", order=110, build=build)
