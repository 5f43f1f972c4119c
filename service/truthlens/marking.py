"""From word scores to findings: which neighbouring words make one marked phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from truthlens.domain import Finding, Sentence, Span, Wording
from truthlens.encode import Floats
from truthlens.reading import Reading, span_vector
from truthlens.rewording.modifiers import MODIFIED, without
from truthlens.rewording.spelling import american, is_american

JOIN = 0.4
"""A word next to a marked one joins it from this share of the threshold on. Of 0.3 to 1.0 on news_spans dev:
down to 0.4 the marked characters gain recall (.18 to .20) at one precision (.70); below it that falls.
"""

WITNESS = 0.75
"""A word of our table of loaded wordings is marked from this share of the threshold on: the table, written by
hand, is a second witness. On plain Reuters sentences it adds 0.2 loaded marks per 1,000 words (2.6 to 2.8);
as low a threshold for every word gave 6.2.
"""

LEAST = 0.3
"""Chance of being right below which no word is marked, whatever its output's threshold: where no score
reaches the wished precision, the threshold falls to the best there is, and vague sources were marked from .16
on. In the demo articles and four of PTC, two of the eight marks below it were right.
"""

LONGEST = 6  # words; annotators' spans of these techniques have 1 to 4 in nine cases of ten

EDGES = frozenset(
    "a an the of to in on at and or but for with by as is are was were be that this its it his her".split()
)
"""Words that carry no wording at the edge of a phrase: "a stunning" is marked as "stunning"."""


def marks(reading: Reading, key: str) -> Iterator[Finding]:
    """Findings of one output of the word head, each within one voice: a quotation mark ends a phrase."""
    floor = max(reading.thresholds["phrase"][key], LEAST)
    by_sentence = reading.scores.of_words("phrase", key)
    for sentence in reading.sentences:
        found = reading.scores.words[sentence.index]
        scores = by_sentence[sentence.index]
        for first, last in _runs(reading, sentence, found, scores, floor):
            span = Span(sentence.span.start + found[first].start, sentence.span.start + found[last].end)
            yield finding(reading, key, sentence, span, score=float(scores[first : last + 1].max()))


def finding(reading: Reading, key: str, sentence: Sentence, span: Span, *, score: float) -> Finding:
    """A finding with its voice, its nearest seeds and a plainer wording, where there is one."""
    text = reading.article.text
    local = Span(span.start - sentence.span.start, span.end - sentence.span.start)
    encoded = reading.encoded
    vector = span_vector(encoded.states[sentence.index], encoded.token_spans[sentence.index], local)
    similar, note = reading.bank.nearest(vector, key, span.of(text))
    voiced = reading.voice_of(span)
    family = reading.families[key]
    before, after = text[sentence.span.start : span.start], text[span.end : sentence.span.end]
    wording = None if voiced.voice == "quote" else _plainer(reading, key, before, span.of(text), after)
    return Finding(
        indicator=key,
        span=span,
        score=round(min(max(score, 0.0), 1.0), 3),
        sentence=sentence.index,
        message=family.notes.get(note, family.message),
        voice=voiced.voice,
        speaker=voiced.speaker,
        verb=voiced.verb,
        similar=similar,
        wording=wording,
    )


def _plainer(reading: Reading, key: str, before: str, phrase: str, after: str) -> Wording | None:
    """From the table, else by leaving a modifier out. `plainer.py` checks what becomes of the sentence."""
    known = reading.wording.lookup(before, phrase, after)
    if known is None:
        return without(before, phrase, after) if key in MODIFIED else None
    return replace(known, plainer=american(known.plainer)) if is_american(reading.article.text) else known


def _runs(
    reading: Reading, sentence: Sentence, found: tuple[Span, ...], scores: Floats, floor: float
) -> Iterator[tuple[int, int]]:
    """First and last word of each marked phrase."""
    starts = _voice_starts(reading, sentence, found)
    opens = _opening(reading, sentence, found, scores, floor)
    taken = -1
    for index in range(len(found)):
        if index <= taken or not opens[index] or _word(sentence, found[index]) in EDGES:
            continue
        first = last = index
        while first - 1 > taken and first not in starts and scores[first - 1] >= JOIN * floor:
            first -= 1
        while last + 1 < len(found) and last + 1 not in starts and scores[last + 1] >= JOIN * floor:
            last += 1
        first = max(first, index - LONGEST + 1)
        last = min(last, first + LONGEST - 1)
        while _word(sentence, found[first]) in EDGES:
            first += 1
        while _word(sentence, found[last]) in EDGES:
            last -= 1
        taken = last
        yield first, last


def _opening(
    reading: Reading, sentence: Sentence, found: tuple[Span, ...], scores: Floats, floor: float
) -> list[bool]:
    """Per word whether it is marked by itself, and so opens a phrase."""
    text = sentence.text
    return [
        bool(
            score >= floor
            or (
                score >= WITNESS * floor
                and reading.wording.lookup(text[: word.start], word.of(text), text[word.end :]) is not None
            )
        )
        for word, score in zip(found, scores, strict=True)
    ]


def _voice_starts(reading: Reading, sentence: Sentence, found: tuple[Span, ...]) -> set[int]:
    """Words that begin another voice than the word before them."""
    cuts = sorted(piece.span.start - sentence.span.start for piece in reading.voices_in(sentence.span))
    starts = set()
    for cut in cuts:
        following = [index for index, word in enumerate(found) if word.start >= cut]
        if following:
            starts.add(following[0])
    return starts


def _word(sentence: Sentence, span: Span) -> str:
    return span.of(sentence.text).lower()
