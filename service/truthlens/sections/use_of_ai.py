"""What the page itself says about the use of AI. Style is never used as a detector."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Evidence, Finding, Listing, Note, Nothing, Statement
from truthlens.ledgers.disclosure import discloses
from truthlens.reading import Reading
from truthlens.section import Section

LABELS = {
    "ai": "The page labels itself as made with the help of AI.",
    "ai source type": "The page’s metadata give its text a digital source type for AI (IPTC).",
    "ai image": "The page’s metadata give an image a digital source type for AI (IPTC).",
}
WHY = "Style is not used as a detector: such detectors wrongly flag people who write in a second language."
"""Liang et al. (2023), "GPT detectors are biased against non-native English writers"."""


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    said = tuple(
        Statement(text=f"The text says: “{sentence.text}”", evidence=(Evidence(span=sentence.span),))
        for sentence in reading.sentences
        if discloses(sentence.text) and reading.voice_of(sentence.span).voice == "own"
    )
    notes = [Note(text=text) for label, text in LABELS.items() if label in reading.article.labels]
    if not said and not notes:
        return [Nothing(text="the page discloses nothing"), Note(text=WHY)]
    listing = [Listing(statements=said)] if said else []
    return [*listing, *notes, Note(text=WHY)]


SECTION = Section(key="use_of_ai", title="Use of AI in reporting", order=90, build=build)
