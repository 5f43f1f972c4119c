"""Who speaks each quotation: named in its sentence, beside it, or just before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Sentence, Span
from truthlens.voices.speakers import Said

NEARBY = 1
"""Paragraphs over which a quotation that stands alone keeps the speaker of the one before."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """``source`` is where the speaker is named beside the quotation, None when carried over from another."""

    name: str = ""
    verb: str = ""
    source: Span | None = None


def quote_speakers(
    text: str, sentences: Sequence[Sentence], quoted: Sequence[Span], said: Sequence[Sequence[Said]]
) -> tuple[Speaker, ...]:
    """One for each quotation, without name where the article gives none.

    A few quoted words inside the outlet's own sentence take no speaker from before: they may be anybody's.
    """
    speakers: list[Speaker] = []
    previous, previous_paragraph = Speaker(), -1 - NEARBY
    for index, span in enumerate(quoted):
        touched = touching(sentences, span)
        if not touched:
            speakers.append(Speaker())
            continue
        speaker = _in_sentence(touched, span, said) or _beside(sentences, touched, span, said)
        near = touched[0].paragraph - previous_paragraph <= NEARBY
        left_open = index + 1 < len(quoted) and _runs_on(text, span, quoted[index + 1])
        if speaker is None and near and span.start == touched[0].span.start and not left_open:
            speaker = Speaker(previous.name, previous.verb)
        speakers.append(speaker or Speaker())
        if speaker is not None and speaker.name:
            previous, previous_paragraph = speaker, touched[-1].paragraph
    for index in range(len(quoted) - 2, -1, -1):
        # A quotation left open at its line's end is spoken by whoever closes it in a later one.
        if not speakers[index].name and _runs_on(text, quoted[index], quoted[index + 1]):
            following = speakers[index + 1]
            speakers[index] = Speaker(following.name, following.verb)
    return tuple(speakers)


def touching(sentences: Sequence[Sentence], span: Span) -> Sequence[Sentence]:
    """The sentences that share a character with ``span``, in order; they are looked up, not searched."""
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    last = bisect_left(sentences, span.end, lo=first, key=lambda sentence: sentence.span.start)
    return sentences[first:last]


def _runs_on(text: str, span: Span, following: Span) -> bool:
    between = text[span.end : following.start]
    return "\n" in between and not between.strip() and text[span.end - 1] not in "”\"'’»“"


def _in_sentence(touched: Sequence[Sentence], span: Span, said: Sequence[Sequence[Said]]) -> Speaker | None:
    """Whose reported clause holds the quotation, the innermost one; else whoever is named closest to it."""
    items = [item for sentence in touched for item in said[sentence.index] if item.speaker]
    if not items:
        return None
    holding = [item for item in items if any(part.overlaps(span) for part in item.content)]
    chosen = min(
        holding or items,
        key=lambda item: (sum(len(part) for part in item.content) if holding else 0, _distance(item, span)),
    )
    return Speaker(chosen.speaker, chosen.verb, chosen.source)


def _distance(item: Said, span: Span) -> int:
    return max(item.cue.start - span.end, span.start - item.cue.end, 0)


def _beside(
    sentences: Sequence[Sentence], touched: Sequence[Sentence], span: Span, said: Sequence[Sequence[Said]]
) -> Speaker | None:
    """`"Is it so?" Jane Roe asked.` reads as two sentences; `She put it this way:` introduces another."""
    after, before = touched[-1].index + 1, touched[0].index - 1
    if after < len(sentences) and span.end == touched[-1].span.end:
        following = sentences[after]
        only_names = all(not item.content for item in said[after])
        if following.paragraph == touched[-1].paragraph and only_names:
            return _in_sentence([following], span, said)
    if before >= 0 and span.start == touched[0].span.start and sentences[before].text.endswith(":"):
        return _in_sentence([sentences[before]], span, said)
    return None
