"""What was not checked: stands in every report."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Finding, Note
from truthlens.reading import Reading
from truthlens.section import Section

RIGHT = 0.69
"""Share of marks on news_spans dev (818 sentences, 207 marks) that touch an annotated span:
`truthlens evaluate findings` prints it. These rows trained nothing and set no threshold."""


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    unchecked = "whether the facts hold, pictures and video, other outlets, what the author meant"
    handed_in = Note(text="Handed in as text: no page was seen, so no byline, date, link or label.")
    return [
        Note(text=f"Not checked: {unchecked}."),
        *([handed_in] if reading.article.extracted_by == "text" else []),
        Note(
            text="Marks come from a small model and from rules. On sentences kept aside for testing, "
            f"{RIGHT:.0%} of the marks touch a phrase that an annotator had marked too."
        ),
    ]


SECTION = Section(key="limits", title="What was not checked", order=200, build=build)
