"""Where two articles tell the same in other words: for an actor or act, or for how somebody spoke. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from truthlens.domain import Span, Voiced
from truthlens.events.alignment import SAME, Alignment, below_headline
from truthlens.events.vocabulary import CASTING_SPEECH, PLAIN_SPEECH, choices
from truthlens.heads import WORD
from truthlens.ledgers.ledger import same
from truthlens.reading import Reading

Alternative = tuple[str, int]
"""What is named, and the number of the alternative among those of `vocabulary.CHOICES`."""

LONGEST = max(len(form) for form in choices())


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``one`` and ``other`` are words in either text. ``of`` says what or whom they name."""

    of: str
    one: Span
    other: Span


def different_words(one: Reading, other: Reading, alignment: Alignment) -> tuple[Choice, ...]:
    """Every pair of alternatives once, in the order of the first article: words for an actor or act that each
    article uses where the other never does, and verbs of speech of one speaker in sentences that tell the
    same. Quotations are left out: their words are nobody's choice but the speaker's.
    """
    mine = [_chosen(one, sentence.span) for sentence in one.sentences]
    theirs = [_chosen(other, sentence.span) for sentence in other.sentences]
    ours_ever, theirs_ever = _ever(mine), _ever(theirs)
    facing = [(mine[pair.one], theirs[pair.other]) for pair in alignment.pairs]
    facing.insert(0, (_headline(one, mine), _headline(other, theirs)))
    chosen = [
        Choice(of=named, one=place, other=answer)
        for here, there in facing
        for (named, number), place in here.items()
        for (also, another), answer in there.items()
        if named == also and (named, number) not in theirs_ever and (named, another) not in ours_ever
    ]
    for pair in alignment.pairs:
        if pair.closeness >= SAME:
            chosen += _spoken(one, one.sentences[pair.one].span, other, other.sentences[pair.other].span)
    found: dict[tuple[str, str, str], Choice] = {}
    for choice in chosen:
        words = choice.one.of(one.article.text).lower(), choice.other.of(other.article.text).lower()
        found.setdefault((choice.of, *words), choice)
    return tuple(sorted(found.values(), key=lambda choice: (choice.one.start, choice.other.start)))


def _headline(
    reading: Reading, sentences: Sequence[Mapping[Alternative, Span]]
) -> Mapping[Alternative, Span]:
    """Two headlines on one event face one another, however far apart their wording is."""
    titles = [s.index for s in reading.sentences if not below_headline(reading, s)]
    return {alternative: place for index in titles for alternative, place in sentences[index].items()}


def _ever(sentences: Iterable[Mapping[Alternative, Span]]) -> frozenset[Alternative]:
    return frozenset(alternative for sentence in sentences for alternative in sentence)


def _chosen(reading: Reading, sentence: Span) -> Mapping[Alternative, Span]:
    """The alternatives in one sentence outside quotation marks, each with its first place."""
    text = sentence.of(reading.article.text)
    words = list(WORD.finditer(text))
    folded = [word.group().lower() for word in words]
    table = _table()
    found: dict[Alternative, Span] = {}
    index = 0
    while index < len(words):
        lengths = range(min(LONGEST, len(words) - index), 0, -1)
        length = next((n for n in lengths if tuple(folded[index : index + n]) in table), 0)
        if length:
            start, end = words[index].start(), words[index + length - 1].end()
            place = Span(sentence.start + start, sentence.start + end)
            if reading.voice_of(place).voice != "quote":
                found.setdefault(table[tuple(folded[index : index + length])], place)
        index += max(length, 1)
    return found


@cache
def _table() -> Mapping[tuple[str, ...], Alternative]:
    return choices()


def _spoken(one: Reading, mine: Span, other: Reading, theirs: Span) -> Iterator[Choice]:
    for piece in _reports(one, mine):
        for answer in _reports(other, theirs):
            verbs = {piece.verb.lower(), answer.verb.lower()}
            told = verbs <= PLAIN_SPEECH | CASTING_SPEECH and not verbs <= PLAIN_SPEECH
            alike = same(piece.speaker, answer.speaker) and not _same_verb(piece.verb, answer.verb)
            if alike and told:
                first, second = _verb_place(one, mine, piece.verb), _verb_place(other, theirs, answer.verb)
                if first is not None and second is not None:
                    yield Choice(of=max(piece.speaker, answer.speaker, key=len), one=first, other=second)


def _reports(reading: Reading, sentence: Span) -> list[Voiced]:
    return [piece for piece in reading.voices_in(sentence) if piece.speaker and piece.verb]


def _same_verb(one: str, other: str) -> bool:
    """Forms of one verb begin alike: "claims" and "claimed", "denies" and "denied"."""
    shared = min(len(one), len(other)) - 2
    return one[: max(shared, 3)].lower() == other[: max(shared, 3)].lower()


def _verb_place(reading: Reading, sentence: Span, verb: str) -> Span | None:
    """Where a sentence has its verb of speech, outside quotation marks; None when it stands elsewhere."""
    for word in WORD.finditer(reading.article.text, sentence.start, sentence.end):
        if word.group().lower() == verb.lower():
            place = Span(*word.span())
            if reading.voice_of(place).voice in ("own", "attributed"):
                return place
    return None
