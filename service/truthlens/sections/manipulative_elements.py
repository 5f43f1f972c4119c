"""Marked phrases, grouped by indicator and split by whose words they are."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Evidence, Finding, Listing, Nothing, Statement, Voice
from truthlens.indicator import indicators
from truthlens.reading import Reading
from truthlens.section import Section

WHOSE: dict[Voice, str] = {
    "own": "in the outlet’s own words",
    "quote": "in quotations",
    "attributed": "in reported speech",
    "headline": "in the headline",
}
NAMED = 5  # phrases spelled out in one statement; the others are evidence all the same


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    statements = [
        _statement(reading, indicator.title, voice, chosen)
        for indicator in indicators().values()
        for voice in WHOSE
        if (chosen := [f for f in findings if f.indicator == indicator.key and f.voice == voice])
    ]
    if not statements:
        return [Nothing(text="nothing found")]
    return [Listing(statements=tuple(statements))]


def _statement(reading: Reading, title: str, voice: Voice, chosen: Sequence[Finding]) -> Statement:
    phrases = list(dict.fromkeys(finding.span.of(reading.article.text) for finding in chosen))
    named = ", ".join(f"“{phrase}”" for phrase in phrases[:NAMED])
    more = len(phrases) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    evidence = tuple(Evidence(span=finding.span, note=finding.message) for finding in chosen)
    return Statement(text=f"{title} {WHOSE[voice]}: {named}{rest}.", evidence=evidence)


SECTION = Section(key="manipulative_elements", title="Manipulative elements", order=50, build=build)
