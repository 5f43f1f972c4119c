"""What kind of piece it is: by the page's own labels, else what its wording looks like, as counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Note, Nothing, Sentence, Table
from truthlens.reading import Reading
from truthlens.section import Section

GENRES = frozenset(
    {"analysis", "opinion", "interview", "live", "satire", "sponsored"}
    | {"review", "letters", "press release", "fact check"}
)
"""Of the labels that a page may carry, those that name a genre."""

ENOUGH = 5  # own sentences; a share of fewer says nothing
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|my|me|we|we[’'](?:re|d|ve|ll)|our|us)\b")
UNUSED = "No threshold depends on the genre yet."


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    named = [label for label in reading.article.labels if label in GENRES]
    if named:
        return [Note(text=f"The page calls it: {', '.join(named)}."), Note(text=UNUSED)]
    if reading.article.extracted_by == "text":
        quiet = Nothing(text="no label known: it came as plain text")
    else:
        quiet = Nothing(text="the page carries no label")
    own = [s for s in reading.sentences if reading.voice_of(s.span).voice == "own"]
    if len(own) < ENOUGH:
        return [quiet]
    rows = (
        _row("read as opinion", _opinions(reading, own), own),
        _row("in the first person", [s for s in own if _FIRST_PERSON.search(s.text)], own),
    )
    table = Table(columns=("Sentences of its own", f"Of {len(own)}", "Share"), rows=rows)
    return [quiet, table, Note(text=UNUSED)]


def _opinions(reading: Reading, own: Sequence[Sentence]) -> list[Sentence]:
    """Those whose likeliest mode is opinion. That is a head's reading of single sentences, not of the
    piece."""
    outputs = reading.scores.outputs["mode"]
    scores = reading.scores.by_sentence["mode"]
    return [s for s in own if outputs[int(scores[s.index].argmax())] == "opinion"]


def _row(title: str, found: Sequence[Sentence], own: Sequence[Sentence]) -> tuple[Cell, ...]:
    evidence = tuple(Evidence(span=s.span) for s in found)
    return (
        Cell(text=title, evidence=evidence),
        Cell(text=str(len(found))),
        Cell(text=f"{100 * len(found) / len(own):.0f}%"),
    )


SECTION = Section(key="genre", title="Genre", order=130, build=build)
