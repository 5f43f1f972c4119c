"""What was not checked: stands in every report."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Finding, Note
from truthlens.reading import Reading
from truthlens.section import Section


RIGHT = 0.73
"""Share of marks on news_spans dev (818 sentences, about 220 marks) that touch an annotated span:
`truthlens evaluate findings` prints it. These rows chose the thresholds, so it is an upper figure."""


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    return [
        Note(
            text="Not checked: whether the facts hold, pictures and video, other outlets, what the author meant."
        ),
        Note(
            text="Marks come from a small model and from rules. About two in five are ones that a second reader would not make."
        ),
    ]


SECTION = Section(key="limits", title="What was not checked", order=200, build=build)
