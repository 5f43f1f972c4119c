"""Who is meant, over a whole article: pronouns and short forms become the name the article uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Article, Sentence, Span
from truthlens.voices import reporting
from truthlens.voices.attribution import attributions
from truthlens.voices.cast import Cast
from truthlens.voices.line import MASK

REACH = 2
"""Paragraphs over which a pronoun still means the one who was named."""


RECENT = 30
"""Mentions that are looked back over, where an article is one long paragraph."""

_PAPER = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]his) (?:[\w-]+ ){0,2}"
    r"(?:report|study|survey|poll|review|inquiry|audit|assessment|paper|document|memo)\b"
)
_SUBJECTS = {"him": "he", "her": "she", "them": "they"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An attribution with its speaker resolved; spans count in the article.

    ``speaker`` stands verbatim in the article's text, "" when nobody is named. ``source`` is where the
    sentence names whoever speaks, perhaps as "he"; ``cue`` runs from there to the verb.
    """

    speaker: str
    verb: str
    content: tuple[Span, ...]
    source: Span | None
    cue: Span


@dataclass(frozen=True, slots=True)
class _Heard:
    name: str
    paragraph: int
    person: bool
    sure: bool = True  # that it is a person, if it is held for one


def said(
    article: Article, sentences: Sequence[Sentence], quoted: Sequence[Span]
) -> tuple[tuple[Said, ...], ...]:
    """Per sentence, every attribution in it."""
    cast = Cast(article)
    masked = _masked(article.text, quoted)
    heard: list[_Heard] = []  # oldest first
    found = []
    headline = article.headline
    for sentence in sentences:
        here: list[Said] = []
        if headline is None or not headline.contains(sentence.span):
            opening, sure = cast.subject(sentence.span)
            if opening:
                heard.append(_Heard(opening, sentence.paragraph, person=True, sure=sure))
            start, words = sentence.span.start, sentence.span.of(masked)
            papers = [match.group() for match in _PAPER.finditer(words)]
            heard += [_Heard(paper, sentence.paragraph, person=False) for paper in papers]
            for each in attributions(words):
                source = None if each.source is None else _moved(each.source, start)
                speaker = _resolved(each.speaker, source, sentence.paragraph, cast, heard)
                if speaker:
                    heard.append(_Heard(speaker, sentence.paragraph, cast.is_person(speaker)))
                here.append(
                    Said(
                        speaker=speaker,
                        verb=each.verb,
                        content=tuple(_moved(span, start) for span in each.content),
                        source=source,
                        cue=_moved(each.cue, start),
                    )
                )
        found.append(tuple(here))
    return tuple(found)


def _resolved(speaker: str, source: Span | None, paragraph: int, cast: Cast, heard: Sequence[_Heard]) -> str:
    pronoun = _SUBJECTS.get(speaker.lower(), speaker.lower())
    if pronoun in reporting.PRONOUNS:
        return _meant(pronoun, paragraph, cast, heard)
    return cast.fullest(speaker, source.start if source is not None else 0) if speaker else ""


def _meant(pronoun: str, paragraph: int, cast: Cast, heard: Sequence[_Heard]) -> str:
    """He and she mean one person, by preference one whose name is known in full; it means no person."""
    near = [each for each in reversed(heard[-RECENT:]) if paragraph - each.paragraph <= REACH]
    if pronoun in reporting.PEOPLE_PRONOUNS:
        fitting = [each for each in near if each.person and cast.fits(each.name, pronoun)]
        full = [each for each in fitting if " " in each.name]
        sure = [each for each in full if each.sure]
        return next((each.name for each in sure or full or fitting), "")
    if pronoun == "they":
        several = [each.name for each in near if not each.person and _is_plural(each.name)]
        return next(iter(several), near[0].name if near and not near[0].person else "")
    if pronoun == "it":
        return next((each.name for each in near if not each.person and not _is_plural(each.name)), "")
    return ""


def _is_plural(name: str) -> bool:
    words = name.lower().split()
    plural = words[-1] in reporting.GROUPS or words[0] in {"both", "two", "some", "many", "several"}
    return plural or " and " in name or (words[-1].endswith("s") and words[0] != "the" and name[:1].islower())


def _masked(text: str, quoted: Sequence[Span]) -> str:
    """The text with each quoted character masked, lines kept."""
    pieces, last = [], 0
    for span in quoted:
        pieces.append(text[last : span.start])
        pieces.append("\n".join(MASK * len(line) for line in span.of(text).split("\n")))
        last = span.end
    return "".join([*pieces, text[last:]])


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
