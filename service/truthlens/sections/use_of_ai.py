"""What the page itself says about the use of AI. Style is never used as a detector."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Finding, Note, Nothing
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    if "ai" not in reading.article.labels:
        return [Nothing(text="the page discloses nothing")]
    return [
        Note(text="The page labels itself as made with the help of AI. How much of it, it does not say here.")
    ]


SECTION = Section(key="use_of_ai", title="Use of AI in reporting", order=90, build=build)
