"""What the article says of markets, by kind and by whose words it is. Nothing is predicted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from truthlens.domain import (
    Block,
    Cell,
    Evidence,
    Finding,
    Listing,
    Nothing,
    Sentence,
    Span,
    Statement,
    Table,
    Voice,
)
from truthlens.figures import figures
from truthlens.markets import Term
from truthlens.reading import Reading
from truthlens.section import Section

NAMED = 6  # terms spelled out in one row; the others are evidence all the same
MOVES = 4  # sentences shown that report a movement
WHOSE: dict[Voice, str] = {
    "own": "the outlet",
    "quote": "quotations",
    "attributed": "reported speech",
    "headline": "the headline",
}
OF: dict[Voice, str] = {
    "own": "the outlet’s own words",
    "quote": "a quotation",
    "attributed": "reported speech",
    "headline": "the headline",
}

_COMPANY = re.compile(
    r"\b(?:Inc|Corp|Corporation|Ltd|Limited|plc|PLC|AG|SE|NV|SA|Holdings|Group|Bank|Airlines|Motors|Energy|"
    r"Estates|Industries|Pharmaceuticals|Capital|Partners)\.?$"
)
_MOVED = re.compile(
    r"\b(?:rose|fell|gained|lost|slid|climbed|dropped|jumped|plunged|surged|tumbled|slipped|steady|unchanged|"
    r"strengthened|weakened|grew|shrank|held|left|raised|lowered|cut|reached|closed)\b"
)


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    terms = reading.markets.terms(reading.sentences)
    if not terms:
        return [Nothing(text="The article does not mention markets.")]
    rows = [
        _row(reading, title, [(term.span, term.text) for term in terms if term.group == title])
        for title in reading.markets.titles
        if any(term.group == title for term in terms)
    ]
    companies = _companies(reading, terms)
    if companies:
        rows.append(_row(reading, "Companies", companies))
    table = Table(columns=("What", "As mentioned", "Whose words"), rows=tuple(rows))
    moves = _moves(reading, terms)
    return [table, Listing(statements=moves)] if moves else [table]


def _row(reading: Reading, title: str, found: Sequence[tuple[Span, str]]) -> tuple[Cell, ...]:
    named = list({text.lower(): text for _, text in reversed(found)}.values())[::-1]
    more = len(named) - NAMED
    listed = ", ".join(named[:NAMED]) + (f" and {more} more" if more > 0 else "")
    voices = dict.fromkeys(WHOSE[reading.voice_of(span).voice] for span, _ in found)
    evidence = tuple(Evidence(span=span) for span, _ in found)
    return Cell(text=title), Cell(text=listed, evidence=evidence), Cell(text=", ".join(voices))


def _companies(reading: Reading, terms: Sequence[Term]) -> list[tuple[Span, str]]:
    """Organisations by their legal form or trade, and those a ticker stands behind."""
    tickers = [term.span.start for term in terms if term.group == "Tickers"]
    return sorted(
        (
            (span, party.name)
            for party in reading.parties
            if party.kind == "organisation" and not party.body
            if _COMPANY.search(party.name)
            or any(0 <= at - m.end <= 3 for m in party.mentions for at in tickers)
            for span in party.mentions
        ),
        key=lambda pair: pair[0].start,
    )


def _moves(reading: Reading, terms: Sequence[Term]) -> tuple[Statement, ...]:
    """Sentences as they stand in which a market term moves by a figure, with whose words they are."""
    first: dict[int, Term] = {}
    for term in terms:
        first.setdefault(term.sentence, term)
    found = []
    for index, term in first.items():
        sentence = reading.sentences[index]
        if sentence.span == reading.article.headline:
            continue
        if _MOVED.search(sentence.text) and figures(sentence.text):
            found.append(_as_it_stands(reading, sentence, term))
    return tuple(found[:MOVES])


def _as_it_stands(reading: Reading, sentence: Sentence, term: Term) -> Statement:
    """The sentence; with whose words it is where it does not say so itself."""
    voiced = reading.voice_of(term.span)
    words = " ".join(sentence.text.split()).lstrip("-–— ")
    if voiced.speaker not in sentence.text or not voiced.speaker:
        words = f"{words.rstrip('.')} ({OF[voiced.voice]})."
    return Statement(text=words, evidence=(Evidence(span=sentence.span, note=term.group),))


SECTION = Section(key="market_effects", title="Market effects", order=70, build=build)
