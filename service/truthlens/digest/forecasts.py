"""What an article says is to come: who says it, in which words, and how firmly. English cues, listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from truthlens.digest.excerpt import excerpt
from truthlens.domain import Span, Voiced
from truthlens.reading import Reading, once

Firmness = Literal["planned", "expected", "will", "promised", "possible", "would"]

_DETERMINERS = "the a an his her its their my our your own free political at of any no this that"
# Twenty looks back: worth it only where the word itself is there, which is looked at first.
_NO_NOUN = "".join(rf"(?<!\b{word} )" for word in _DETERMINERS.split()) + r"(?<![’']s )"
_BE = r"\b(?:is|are|be|been) (?:not |also |now |still |widely |very |more |most )?"
_CUES: dict[Firmness, re.Pattern[str]] = {
    "planned": re.compile(
        rf"\b(?=(?:plans?|intends?) to\b){_NO_NOUN}(?:plans?|intends?) to\b|\bplanning to\b"
        rf"|{_BE}(?:set|due|scheduled|slated) to\b"
    ),
    "expected": re.compile(
        rf"{_BE}(?:expected|projected|forecast|predicted|poised|bound|likely|unlikely) to\b"
        r"|\b(?:seem|look)s? (?:likely|unlikely|set) to\b|\b(?:will|would|could|may) (?:most |very )?likely\b"
    ),
    "will": re.compile(
        rf"\b(?=will\b){_NO_NOUN}will\b|\bwon[’']t\b|\bshall\b|\w[’']ll\b"
        r"|(?:\b(?:is|are|am)|[’'](?:s|re|m)) going to\b"
    ),
    "promised": re.compile(
        r"\b(?:pledged|pledges|vowed|vows|promised|promises|threatened|threatens|agreed) to\b"
    ),
    "possible": re.compile(r"\b(?:may|might|could)\b"),
    "would": re.compile(r"\bwould\b(?!-| like\b| say\b)"),
}
"""By firmness, the more telling first where a sentence holds several. Case counts: May is a month, Will a
man. "Was expected to" is left out: what has come or failed since is no outlook."""

_RELATIVE = re.compile(r"(?:which|who|that|and|but)\b")
_PAST = re.compile(r"\s+(?:not |well |also |never )?have\b")  # "may have left" looks back

FLOORS: dict[Firmness, float] = {
    "planned": 0.0,
    "expected": 0.0,
    "will": 0.02,
    "promised": 0.03,
    "possible": 0.1,
    "would": 0.25,
}
"""Score of the head from which a cue counts: the more meanings a word has, the surer the head must be.
Set by reading 14 BASIL sentences of each kind on either side of .1. Annotators seldom call a sentence
with a low score a forecast, since it does something else as well; that its clause looks ahead is plain
from the cue."""

SPOKEN = 0.25
"""The same for "I'll" and "going to": in talk they are manners of speaking as often."""


SHOWN = 3  # outlooks that a report spells out
WORDS = 24  # shown of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """``cue`` and ``shown`` are spans of the article; ``voiced`` says whose words the cue stands in."""

    sentence: int
    cue: Span
    shown: Span  # its sentence, or the part round the cue of a long one
    firmness: Firmness
    voiced: Voiced
    score: float  # 0..1: the chance that an annotator calls the sentence a forecast


@once
def forecasts(reading: Reading) -> tuple[Forecast, ...]:
    """One for each sentence that looks ahead, in order. Headline and questions are left out."""
    return tuple(_forecasts(reading))


def _forecasts(reading: Reading) -> Iterator[Forecast]:
    scores = reading.scores.of_sentences("mode", "forecast")
    for sentence in reading.sentences:
        if sentence.span == reading.article.headline or sentence.text.rstrip("”’\"' ").endswith("?"):
            continue
        found, score = cue(sentence.text), float(scores[sentence.index])
        if found is None:
            continue
        firmness, place = found
        spoken = place.of(sentence.text).endswith(("’ll", "'ll", "going to"))
        if score < max(FLOORS[firmness], SPOKEN if spoken else 0.0):
            continue
        at = _within(sentence.span, place)
        yield Forecast(
            sentence=sentence.index,
            cue=at,
            shown=_within(sentence.span, _shown(sentence.text, place)),
            firmness=firmness,
            voiced=reading.voice_of(at),
            score=score,
        )


def spelled_out(found: Sequence[Forecast]) -> list[Forecast]:
    """The surest of them, in the order of the article."""
    surest = sorted(found, key=lambda each: (-each.score, each.sentence))[:SHOWN]
    return sorted(surest, key=lambda each: each.sentence)


def cue(text: str) -> tuple[Firmness, Span] | None:
    """The words of a sentence that look ahead, the most telling ones; None where there are none."""
    for firmness, pattern in _CUES.items():
        for match in pattern.finditer(text):
            if not _PAST.match(text, match.end()):
                return firmness, Span(*match.span())
    return None


def _shown(text: str, place: Span) -> Span:
    """The part of a sentence round a cue; more of it where that part leaves open of whom it speaks."""
    span = excerpt(text, place, WORDS)
    return excerpt(text, place) if _RELATIVE.match(text, span.start) and span.start else span


def _within(sentence: Span, place: Span) -> Span:
    return Span(sentence.start + place.start, sentence.start + place.end)
