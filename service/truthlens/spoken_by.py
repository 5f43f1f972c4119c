"""How a report names who speaks in a stretch of text, and the places that show it."""

from __future__ import annotations

from truthlens.domain import Evidence, Span, Voice, Voiced
from truthlens.reading import Reading

UNNAMED: dict[Voice, str] = {
    "own": "The outlet",
    "headline": "The headline",
    "quote": "Somebody quoted",
    "attributed": "Somebody reported",
}


def speaker(piece: Voiced) -> str:
    """ "The outlet", "Jane Roe (said)" with the article's own verb, or that it does not say who."""
    if piece.voice in ("own", "headline") or not piece.speaker:
        return UNNAMED[piece.voice]
    name = piece.speaker[:1].upper() + piece.speaker[1:]
    return f"{name} ({piece.verb})" if piece.verb else name


def in_marks(words: str) -> str:
    """In quotation marks of ours, in place of those that stand round all of it or have lost their other
    half."""
    opening, closing = ("“", "”") if "“" in words or "”" in words else ('"', '"')
    within = words.removeprefix(opening).removesuffix(closing)
    if opening in within or closing in within:
        within = words  # only parts of it are quoted
    return f"“{within}”"


def places(reading: Reading, piece: Voiced, sentence: Span) -> tuple[Evidence, ...]:
    """The sentence, and where the speaker is named when that is before it: at most two places."""
    text, whole = reading.article.text, (Evidence(span=sentence),)
    if piece.voice in ("own", "headline") or not piece.speaker or piece.speaker in sentence.of(text):
        return whole
    before = text.rfind(piece.speaker, 0, sentence.start)
    if before < 0:
        before = text.find(piece.speaker, sentence.end)
    if before < 0:
        return whole
    named = Span(before, before + len(piece.speaker))
    return (*whole, Evidence(span=named, note="who speaks"))
