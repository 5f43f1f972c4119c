"""Doubt cast without a reason: "so-called", "supposedly", marks around a word that nobody is said to use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truthlens.domain import Finding, Span
from truthlens.heads import words
from truthlens.indicator import Indicator
from truthlens.marking import finding
from truthlens.reading import Reading

CUE = re.compile(
    r"\b(?:so[- ]called|supposed(?:ly)?(?! to\b)|purported(?:ly)?|ostensibly?"
    r"|self-(?:styled|proclaimed|described))\b",
    re.IGNORECASE,
)
CUE_SCORE = 0.76
"""Share of these words that annotators of news_spans (train and dev) marked as doubt: 22 of 29. The word head
alone finds doubt too seldom (average precision .08), so this indicator rests on rules."""

SCARE_SCORE = 0.5
"""Likewise for words in marks: 2 of 4 as doubt, 4 of 4 as some technique: too few to say more."""

LONGEST_SCARE = 2  # words
NAMED = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|its|his|her|their|our|your|such|any|no)|[’']s|s[’'])\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before the marks: the marked word names a thing. After a verb or a preposition ("allowed to “vacate”") it
is mostly a piece of what somebody said: five of eight scare quotes read one by one were such pieces.
"""
NAMING = re.compile(
    r"(?:term|dub|nam|titl|label|known|word|phrase|mean|slogan)\w{0,8}\W{0,3}(?:as\W{1,3})?$"
    r"|\bcall(?:s|ed|ing)?\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
"""Before the marks: a term is explained or a name is given, so nobody's word is doubted."""


def find(reading: Reading) -> Iterator[Finding]:
    text = reading.article.text
    for sentence in reading.sentences:
        for match in CUE.finditer(sentence.text):
            span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
            if reading.voice_of(span).voice != "quote":
                yield finding(reading, "doubt", sentence, span, score=CUE_SCORE)
        for piece in reading.voices_in(sentence.span):
            inside = Span(piece.span.start + 1, max(piece.span.start + 1, piece.span.end - 1))
            unspoken = (
                piece.voice == "quote" and not piece.speaker and sentence.span != reading.article.headline
            )
            if unspoken and _is_scare(text, sentence.span, piece.span, inside):
                yield finding(reading, "doubt", sentence, inside, score=SCARE_SCORE)


def _is_scare(text: str, sentence: Span, quoted: Span, inside: Span) -> bool:
    """A few lower-case words in marks within a sentence that names no speaker and does not explain a term."""
    phrase = inside.of(text)
    count = len(words(phrase))
    before = text[sentence.start : quoted.start]
    return (
        0 < count <= LONGEST_SCARE
        and phrase[:1].islower()
        and quoted.start > sentence.start
        and phrase[-1:] not in ",.!?)"
        and NAMED.search(before) is not None
        and not NAMING.search(before)
    )


INDICATOR = Indicator(
    key="doubt",
    title="Doubt",
    describes=__doc__,
    colour="doubt",
    find=find,
    flags=("The so-called experts presented their “findings” to an empty hall.",),
    passes=(
        "The mayor called it “a mistake” and apologised.",
        "The bridge is supposed to open in May.",
    ),
)
