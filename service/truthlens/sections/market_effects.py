"""What the article says of markets, by kind and by whose words it is. Nothing is predicted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from truthlens.digest.excerpt import excerpt, with_gaps
from truthlens.digest.spoken_by import places, told
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
)
from truthlens.ledgers.figures import figures
from truthlens.reading import Reading
from truthlens.relations.markets import Term
from truthlens.section import Section

NAMED = 4  # terms spelled out in one row; the others are evidence all the same
MOVES = 2  # sentences shown that report a movement
WORDS = 24  # of such a sentence

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
        _row(title, [(term.span, term.text) for term in terms if term.group == title])
        for title in reading.markets.titles
        if any(term.group == title for term in terms)
    ]
    companies = _companies(reading, terms)
    if companies:
        rows.append(_row("Companies", companies))
    table = Table(columns=("What", "As mentioned"), rows=tuple(rows))
    moves = _moves(reading, terms)
    return [table, Listing(statements=moves)] if moves else [table]


def _row(title: str, found: Sequence[tuple[Span, str]]) -> tuple[Cell, ...]:
    named = list({text.lower(): text for _, text in reversed(found)}.values())[::-1]
    more = len(named) - NAMED
    listed = ", ".join(named[:NAMED]) + (f" and {more} more" if more > 0 else "")
    evidence = tuple(Evidence(span=span) for span, _ in found)
    return Cell(text=title), Cell(text=listed, evidence=evidence)


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
        start = sentence.span.start
        place = Span(term.span.start - start, term.span.end - start)
        words = with_gaps(sentence.text, excerpt(sentence.text, place, WORDS))
        if _MOVED.search(words) and figures(words):
            found.append(_as_it_stands(reading, sentence, term, words))
    return tuple(found[:MOVES])


def _as_it_stands(reading: Reading, sentence: Sentence, term: Term, words: str) -> Statement:
    """In marks, behind whose words the term stands in where they do not say so themselves."""
    voiced = reading.voice_of(term.span)
    return Statement(text=told(voiced, words), evidence=places(reading, voiced, sentence.span))


SECTION = Section(key="market_effects", title="Market effects", order=70, build=build)
