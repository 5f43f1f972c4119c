"""Who speaks in an article: every speaker once, with all the places where they do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from truthlens import reporting
from truthlens.domain import Span, Voiced
from truthlens.heads import WORD
from truthlens.reading import Reading

Kind = Literal["named", "document", "unnamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``name`` is the fullest form the article uses. ``sentences`` counts those that carry its words."""

    name: str
    kind: Kind
    sentences: int
    quoted: tuple[Span, ...]
    reported: tuple[Span, ...]
    verb: str  # the reporting verb used most often, the earliest on a tie

    @property
    def places(self) -> tuple[Span, ...]:
        return tuple(sorted((*self.quoted, *self.reported), key=lambda span: span.start))


def sources(reading: Reading) -> tuple[Source, ...]:
    """Sources with a name or a description, by the number of sentences they carry, then by first place."""
    groups: list[list[Voiced]] = []
    for piece in reading.voices:
        if piece.voice not in ("quote", "attributed") or not piece.speaker:
            continue
        group = next((g for g in groups if any(_same(piece.speaker, other.speaker) for other in g)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    found = [_source(reading, group) for group in groups]
    return tuple(sorted(found, key=lambda source: (-source.sentences, source.places[0].start)))


def carried(reading: Reading) -> int:
    """Sentences that somebody other than the outlet carries, wholly or in part."""
    return sum(
        any(piece.voice in ("quote", "attributed") for piece in reading.voices_in(sentence.span))
        for sentence in reading.sentences
    )


def _source(reading: Reading, group: list[Voiced]) -> Source:
    name = max((piece.speaker for piece in group), key=len)
    touched = {
        sentence.index
        for sentence in reading.sentences
        for piece in group
        if piece.span.overlaps(sentence.span)
    }
    return Source(
        name=name,
        kind=_kind(name),
        sentences=len(touched),
        quoted=tuple(piece.span for piece in group if piece.voice == "quote"),
        reported=tuple(piece.span for piece in group if piece.voice == "attributed"),
        verb=Counter(piece.verb for piece in group).most_common(1)[0][0],
    )


def _kind(name: str) -> Kind:
    _, head = _parts(name)
    if head in reporting.DOCUMENTS - reporting.SPEAKING_GROUPS:
        return "document"
    if head in reporting.GROUPS:
        return "unnamed"
    words = [match.group() for match in WORD.finditer(name)]
    last = next((word for word in words if word.lower() == head), head)
    return "named" if last[:1].isupper() or any(word.isupper() for word in words) else "unnamed"


def _same(one: str, other: str) -> bool:
    """Putin is President Vladimir Putin; the report is "a new report by a watchdog".

    US officials are not Ukrainian officials: one's modifiers must hold the other's.
    """
    modifiers, head = _parts(one)
    other_modifiers, other_head = _parts(other)
    return head == other_head and (modifiers <= other_modifiers or other_modifiers <= modifiers)


def _parts(name: str) -> tuple[frozenset[str], str]:
    """Modifiers and head of a noun phrase: the head is its last word before a preposition."""
    words = [match.group().lower() for match in WORD.finditer(name)]
    words = [word for word in words if word not in reporting.OPENERS] or words
    for index, word in enumerate(words):
        if index and word in reporting.PREPOSITIONS:
            words = words[:index]
            break
    return frozenset(words[:-1]), words[-1] if words else ""
