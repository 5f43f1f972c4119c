"""How a report names who speaks in a stretch of text, and the places that show it."""

from __future__ import annotations

from dataclasses import replace

from truthlens.domain import Evidence, Span, Voice, Voiced
from truthlens.reading import Reading

UNNAMED: dict[Voice, str] = {
    "own": "The outlet",
    "headline": "The headline",
    "quote": "Quoted, nobody named",
    "attributed": "Reported, nobody named",
}


def speaker(piece: Voiced) -> str:
    """ "The outlet", "Jane Roe (said)" with the article's own verb, or that it does not say who."""
    if piece.voice in ("own", "headline") or not piece.speaker:
        return UNNAMED[piece.voice]
    if piece.verb.lower() == "according to":
        return f"According to {piece.speaker}"
    name = piece.speaker[:1].upper() + piece.speaker[1:]
    return f"{name} ({piece.verb})" if piece.verb else name


def told(piece: Voiced, words: str) -> str:
    """The words in marks, behind whose they are, and by which verb, where they do not say so themselves."""
    named = piece.voice in ("quote", "attributed") and bool(piece.speaker)
    says_how = named and bool(piece.verb) and piece.verb in words
    if says_how and (piece.speaker in words or _surname(piece.speaker) in words.split()):
        return in_marks(words)
    return f"{speaker(replace(piece, verb='') if says_how else piece)}: {in_marks(words)}"


def _surname(name: str) -> str:
    """The last word of a name, by which it goes on; "" for what is described."""
    last = name.rsplit(" ", 1)[-1]
    return last if last[:1].isupper() else ""


def in_marks(words: str) -> str:
    """In quotation marks of ours, in place of those that stand round all of it or have lost their other
    half; as it stands where it opens with a quotation of its own.
    """
    opening, closing = ("“", "”") if "“" in words or "”" in words else ('"', '"')
    within = words.removeprefix(opening).removesuffix(closing)
    if opening in within or closing in within:
        within = words  # only parts of it are quoted
        if words.startswith(opening) and words.count(opening) == words.count(closing):
            return words
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
