"""Every mention of somebody in an article: names by the head, states by the table. Pure.

The head breaks long names apart and takes surnames for companies; what the text spells out mends that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Sentence, Span
from truthlens.heads import WORD, Scores
from truthlens.names import Kind, names
from truthlens.relations.countries import CountryTable, Sighting

STATE_ORGANS = frozenset(
    "army navy airforce military ministry government parliament police forces troops embassy "
    "president premier chancellor minister foreign defence defense interior prime air force guard "
    "congress senate cabinet administration".split()
)
"""What a state acts by: "Russian Foreign Ministry" is a mention of the state, "Russian Railways" is not."""

_REGIONS = frozenset("region oblast province district county peninsula".split())
"""Behind a name: it is a place, whatever the head takes it for."""

_LINKS = frozenset("of for and the de la".split())
_DASHES = re.compile(r"^[\s-]?$")
_TITLE_CASE = 0.6
"""Share of capitalised words from which capitals in a sentence say nothing about names."""


@dataclass(frozen=True, slots=True)
class Mention:
    """``span`` lies in the article. ``key`` is a state's code or a body's first form, "" for a mere name."""

    span: Span
    text: str
    kind: Kind
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    kind: Kind


def mentions(
    sentences: Sequence[Sentence], scores: Scores, countries: CountryTable | None
) -> list[list[Mention]]:
    """Per sentence, in order and without overlap. Without ``countries`` only what the head finds."""
    texts = [sentence.text for sentence in sentences]
    sighted: Sequence[Sequence[Sighting]] = countries.settled(texts) if countries else [[] for _ in texts]
    rows = []
    for sentence, seen in zip(sentences, sighted, strict=True):
        words = scores.words[sentence.index]
        raw = names(
            sentence.text,
            words,
            scores.by_word["entity"][sentence.index],
            outputs=scores.outputs["entity"],
        )
        found = _mended(sentence.text, words, [_Name(span, kind) for span, kind in raw], seen)
        chosen = _chosen(sentence.text, found, seen)
        rows.append([_moved(mention, sentence.span.start) for mention in chosen])
    return rows


def _moved(mention: Mention, by: int) -> Mention:
    span = Span(mention.span.start + by, mention.span.end + by)
    return Mention(span, mention.text, mention.kind, mention.key)


def _mended(
    text: str, words: Sequence[Span], found: Sequence[_Name], seen: Sequence[Sighting]
) -> list[_Name]:
    """Pieces of one name joined, names of organisations drawn out over the capitals beside them."""
    capitals = [word for word in words if text[word.start].isupper()]
    telling = len(capitals) <= _TITLE_CASE * len(words) or len(words) < 3
    taken = [sighting.span for sighting in seen]
    pieces: list[_Name] = []
    for name in found:
        lone = name.span.of(text)
        if lone.lower() in _LINKS or not any(character.isupper() for character in lone):
            continue
        span = (
            _drawn_out(text, words, name.span, taken)
            if telling and name.kind == "organisation"
            else name.span
        )
        last = pieces[-1] if pieces else None
        if last is not None and span.start <= last.span.end:
            pieces[-1] = _Name(Span(last.span.start, max(last.span.end, span.end)), name.kind)
        elif last is not None and _joins(text, last, span, taken):
            pieces[-1] = _Name(Span(last.span.start, span.end), name.kind)
        else:
            pieces.append(_Name(span, name.kind))
    return pieces


def _joins(text: str, last: _Name, span: Span, taken: Sequence[Span]) -> bool:
    between = text[last.span.end : span.start]
    if any(other.overlaps(last.span) or other.overlaps(span) for other in taken):
        return False
    linked = between.strip().lower() in ("of", "for", "of the") and last.kind == "organisation"
    return bool(_DASHES.match(between)) or linked


def _drawn_out(text: str, words: Sequence[Span], span: Span, taken: Sequence[Span]) -> Span:
    """Over capitalised words that stand directly beside, but not over the sentence's first word."""
    inside = [index for index, word in enumerate(words) if word.overlaps(span)]
    if not inside:
        return span
    start, end = span.start, span.end
    for index in range(inside[0] - 1, 0, -1):
        if not _absorbed(text, words[index], taken) or text[words[index].end : start] != " ":
            break
        start = words[index].start
    for index in range(inside[-1] + 1, len(words)):
        if not _absorbed(text, words[index], taken) or text[end : words[index].start] != " ":
            break
        end = words[index].end
    return Span(start, end)


def _absorbed(text: str, word: Span, taken: Sequence[Span]) -> bool:
    written = word.of(text)
    return written[0].isupper() and "’" not in written and not any(other.overlaps(word) for other in taken)


def _chosen(text: str, found: Sequence[_Name], seen: Sequence[Sighting]) -> list[Mention]:
    """Names and sightings without overlap: a name that holds a state's name is longer knowledge, unless it is
    the state's own organ or a person behind an adjective.
    """
    kept: list[_Name] = list(found)
    result: list[Mention] = []
    for sighting in seen:
        rivals = [name for name in kept if name.span.overlaps(sighting.span)]
        winner = next((name for name in rivals if _outdoes(text, name, sighting)), None)
        if winner is not None:
            continue
        kept = [name for name in kept if name not in rivals]
        for name in rivals:
            rest = _rest(text, name, sighting)
            if rest is not None:
                kept.append(rest)
        if sighting.form != "none":
            kind: Kind = "organisation" if sighting.form == "body" else "place"
            result.append(Mention(sighting.span, sighting.span.of(text), kind, sighting.key))
    result += [Mention(name.span, name.span.of(text), _kind(text, name)) for name in kept]
    return sorted(result, key=lambda mention: mention.span.start)


def _outdoes(text: str, name: _Name, sighting: Sighting) -> bool:
    if not (name.span.contains(sighting.span) and len(name.span) > len(sighting.span)):
        return False
    if sighting.form == "none":
        return False
    if name.span.start != sighting.span.start:
        return True
    rest = [match.group().lower() for match in WORD.finditer(text, sighting.span.end, name.span.end)]
    if name.kind == "person" and (sighting.form == "demonym" or len(rest) > 1):
        return False
    return not set(rest) <= STATE_ORGANS


def _rest(text: str, name: _Name, sighting: Sighting) -> _Name | None:
    """The person behind "Russian", when the head took both for one name."""
    if name.kind != "person" or name.span.end <= sighting.span.end or sighting.form == "none":
        return None
    first = next(WORD.finditer(text, sighting.span.end, name.span.end), None)
    return _Name(Span(first.start(), name.span.end), name.kind) if first else None


def _kind(text: str, name: _Name) -> Kind:
    behind = WORD.search(text, name.span.end)
    return "place" if behind is not None and behind.group() in _REGIONS else name.kind
