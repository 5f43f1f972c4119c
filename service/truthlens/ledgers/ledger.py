"""Who speaks in an article: every speaker once, with all the places where they do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from truthlens.domain import Evidence, Sentence, Span, Voiced
from truthlens.heads import WORD
from truthlens.ledgers.firmness import firmest
from truthlens.ledgers.roles import Role, beside, role
from truthlens.reading import Reading, once
from truthlens.relations.parties import Party
from truthlens.voices import reporting
from truthlens.voices.cast import HONORIFICS

Kind = Literal["named", "document", "unnamed"]

BODIES = frozenset(
    "office bank ministry department agency government council court police company firm party union "
    "federation commission inspectorate regulator authority army navy embassy university institute charity "
    "parliament senate team society association club fund board".split()
)
"""Heads that name one body when "the" stands before them: somebody one could ask, with a name or without."""

MENTIONS = 8  # of a name, that are looked at for a role

_SOME = frozenset("both many some several most few others dozens hundreds thousands".split())
"""First words of sources without a name: "many in Ashby"."""
_NO_PART = reporting.OPENERS | HONORIFICS | {"jr", "sr"}
"""Of a name these tell nobody from another."""
_DEMONYM = re.compile(r"(?:ans|ese|ish|is)$")
PEOPLES = re.compile(r"\b(?:[A-Z]\w+(?:icans|ians|crats)|Conservatives|Liberals|Israelis|Germans|Britons)$")
"""Of a people or a party all who belong to it: more than one, and nobody by name."""
_PARTICIPLE = re.compile(r"[a-z]+(?:ed|ing)|seen|made|written|shown|given")
_NAME_BEHIND = re.compile(r",\s([A-Z][\w’'.-]*+(?:\s[A-Z][\w’'.-]*+){0,3})\s?,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``name`` is the fullest form the article uses. ``sentences`` counts those that carry its words.

    ``verbs`` are the reporting verbs it gets, one for each time that one stands in a sentence of its own
    words; ``verb`` is the firmest of them. ``role`` is "" when no word beside the name tells it.
    """

    name: str
    kind: Kind
    role: Role
    sentences: int
    quoted: tuple[Span, ...]
    reported: tuple[Span, ...]
    verbs: tuple[tuple[str, Span], ...]
    named: Span | None  # where the name first stands in the text as it is given here

    @property
    def places(self) -> tuple[Span, ...]:
        return tuple(sorted((*self.quoted, *self.reported), key=lambda span: span.start))

    @property
    def verb(self) -> str:
        return firmest([verb for verb, _ in self.verbs])


@once
def sources(reading: Reading) -> tuple[Source, ...]:
    """Sources with a name or a description, by the number of sentences they carry, then by first place."""
    groups: dict[str, list[list[Voiced]]] = defaultdict(list)  # by the head of their names
    of_speaker: dict[str, list[Voiced]] = {}
    for piece in reading.voices:
        if piece.voice not in ("quote", "attributed") or not piece.speaker:
            continue
        if piece.speaker not in of_speaker:
            alike = groups[_parts(piece.speaker)[1]]
            group = next((g for g in alike if any(same(piece.speaker, other.speaker) for other in g)), None)
            if group is None:
                alike.append(group := [])
            of_speaker[piece.speaker] = group
        of_speaker[piece.speaker].append(piece)
    found = [_source(reading, group) for alike in groups.values() for group in alike]
    return tuple(sorted(found, key=lambda source: (-source.sentences, source.places[0].start)))


def sentence_at(reading: Reading, span: Span) -> Sentence:
    """The sentence in which a span begins. Raises IndexError when the article has none."""
    after = bisect_right(reading.sentences, span.start, key=lambda sentence: sentence.span.start)
    return reading.sentences[max(after - 1, 0)]


@once
def carried(reading: Reading) -> int:
    """Sentences that somebody other than the outlet carries, wholly or in part."""
    return sum(
        any(piece.voice in ("quote", "attributed") for piece in reading.voices_in(sentence.span))
        for sentence in reading.sentences
    )


def biggest(found: Sequence[Source]) -> int:
    """Sentences that the source used most carries."""
    return max((source.sentences for source in found), default=0)


def by_place(found: Sequence[Source]) -> Mapping[Span, Source]:
    """Sources by the stretches that are their words."""
    return {span: source for source in found for span in source.places}


def brief(name: str) -> str:
    """A description without what follows its noun: "a report by a watchdog" is a report. Names stay whole."""
    words = name.split()
    head = _parts(name)[1]
    end = next((index for index, word in enumerate(words) if word.lower().strip(",") == head), -1)
    return name if end < 0 or not words[end].islower() else " ".join(words[: end + 1]).rstrip(",")


def named_at(source: Source) -> tuple[Evidence, ...]:
    """Where the article names whom its other sentences call "she"; nothing where it never does."""
    return (Evidence(span=source.named, note="who speaks"),) if source.named else ()


def same(one: str, other: str) -> bool:
    """Putin is President Vladimir Putin; the report is "a new report by a watchdog".

    US officials are not Ukrainian officials: one's modifiers must hold the other's.
    """
    modifiers, head = _parts(one)
    other_modifiers, other_head = _parts(other)
    return head == other_head and (modifiers <= other_modifiers or other_modifiers <= modifiers)


def _source(reading: Reading, group: list[Voiced]) -> Source:
    text = reading.article.text
    name = _named_behind(text, max((piece.speaker for piece in group), key=len))
    touched = {sentence_at(reading, piece.span).index: piece for piece in group}
    verbs = {
        (index, piece.verb): reading.sentences[index].span
        for piece in group
        for index in (sentence_at(reading, piece.span).index,)
        if piece.verb and piece.verb in reading.sentences[index].text
    }
    kind = _kind(name)
    return Source(
        name=name,
        kind=kind,
        role="document" if kind == "document" else _role(reading, name),
        sentences=len(touched),
        quoted=tuple(piece.span for piece in group if piece.voice == "quote"),
        reported=tuple(piece.span for piece in group if piece.voice == "attributed"),
        verbs=tuple((verb, span) for (_, verb), span in verbs.items()),
        named=Span(place, place + len(name)) if (place := text.find(name)) >= 0 else None,
    )


def _named_behind(text: str, name: str) -> str:
    """ "its president" is Lena Dvor where the article goes on ", Lena Dvor,"."""
    if name[:1].isupper() or not name:
        return name
    place = text.find(name)
    match = _NAME_BEHIND.match(text, place + len(name)) if place >= 0 else None
    return match[1].strip() if match else name


def _role(reading: Reading, name: str) -> Role:
    """By the words of the name and those beside its places; a state that speaks is official."""
    text = reading.article.text
    words = WORD.findall(name.partition(",")[0])
    full, last = " ".join(words[-2:]), words[-1] if words else ""
    form = full if full in text else last  # two of one surname are two people
    places = list(islice(_occurrences(text, form), MENTIONS))
    states = (party for party in reading.parties if party.country)
    if not _DEMONYM.search(name) and any(_mentions(party, name, reading) for party in states):
        return "official"
    return role(name, beside(text, form, places))


def _occurrences(text: str, form: str) -> Iterator[int]:
    """Where a name stands as whole words. By `str.find`: a pattern of its own per name is much slower."""
    place = text.find(form) if form else -1
    while place >= 0:
        if (
            not text[place - 1 : place].isalnum()
            and not text[place + len(form) : place + len(form) + 1].isalnum()
        ):
            yield place
        place = text.find(form, place + len(form))


def _mentions(party: Party, name: str, reading: Reading) -> bool:
    """Whether a source's name, without its opener, is a form of the party's."""
    words = [match.group() for match in WORD.finditer(name)]
    bare = " ".join(word for word in words if word.lower() not in reporting.OPENERS)
    return any(span.of(reading.article.text) == bare for span in party.mentions)


def _kind(name: str) -> Kind:
    modifiers, head = _parts(name)
    if head in reporting.DOCUMENTS - reporting.SPEAKING_GROUPS:
        return "document"
    first = name.split(maxsplit=1)[0].lower()
    if first in _SOME or PEOPLES.search(name) or head in reporting.GROUPS or modifiers & {"both", "all"}:
        return "unnamed"
    if head in BODIES and name.lower().startswith("the "):
        return "named"
    words = [match.group() for match in WORD.finditer(name)]
    last = next((word for word in words if word.lower() == head), head)
    return (
        "named"
        if last[:1].isupper() or any(len(word) > 1 and word.isupper() for word in words)
        else "unnamed"
    )


def _parts(name: str) -> tuple[frozenset[str], str]:
    """Modifiers and head of a noun phrase: its last word before a comma, a preposition or, in a paper's name,
    a participle: "the minutes published with the decision".
    """
    words = [match.group().lower() for match in WORD.finditer(name.partition(",")[0])]
    words = [word for word in words if word not in _NO_PART] or words
    for index, word in enumerate(words):
        paper = index and words[index - 1] in reporting.DOCUMENTS and _PARTICIPLE.fullmatch(word)
        if index and (word in reporting.PREPOSITIONS or paper):
            words = words[:index]
            break
    return frozenset(words[:-1]), words[-1] if words else ""
