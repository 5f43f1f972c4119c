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
TELLING = 1 / 3
"""Share of own sentences that read as opinion, or in the first person, from which that is worth a row. The
unlabelled reports among the demo articles reach .28."""
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|my|me|we|we[’'](?:re|d|ve|ll)|our|us)\b")


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    named = [label for label in reading.article.labels if label in GENRES]
    if named:
        return [Note(text=f"The page calls it: {', '.join(named)}.")]
    text = "no label: plain text" if reading.article.extracted_by == "text" else "the page carries no label"
    quiet = Nothing(text=text)
    own = [s for s in reading.sentences if reading.voice_of(s.span).voice == "own"]
    if len(own) < ENOUGH:
        return [quiet]
    found = {
        "read as opinion": _opinions(reading, own),
        "in the first person": [s for s in own if _FIRST_PERSON.search(s.text)],
    }
    rows = tuple(_row(title, each, own) for title, each in found.items() if len(each) >= TELLING * len(own))
    return [quiet, Table(columns=("Its own sentences", f"Of {len(own)}"), rows=rows)] if rows else [quiet]


def _opinions(reading: Reading, own: Sequence[Sentence]) -> list[Sentence]:
    """Those whose likeliest mode is opinion. That is a head's reading of single sentences, not of the
    piece."""
    outputs = reading.scores.outputs["mode"]
    scores = reading.scores.by_sentence["mode"]
    return [s for s in own if outputs[int(scores[s.index].argmax())] == "opinion"]


def _row(title: str, found: Sequence[Sentence], own: Sequence[Sentence]) -> tuple[Cell, ...]:
    share = f"{len(found)} ({100 * len(found) / len(own):.0f}%)"
    return Cell(text=title, evidence=tuple(Evidence(span=s.span) for s in found)), Cell(text=share)


SECTION = Section(key="genre", title="Genre", order=130, build=build)
