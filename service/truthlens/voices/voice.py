"""Whose words each stretch of text is: the outlet's, quoted, reported, or the headline.

Lays what `quotation.py` and `speakers.py` find over the sentences.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from truthlens.domain import Article, Sentence, Span, Voice, Voiced
from truthlens.voices.interview import answers
from truthlens.voices.quotation import quotations
from truthlens.voices.quoting import quote_speakers, touching
from truthlens.voices.speakers import Said, said


def voices(article: Article, sentences: Sequence[Sentence]) -> tuple[Voiced, ...]:
    """Stretches of one voice each, in order. Together they cover every sentence without gap or overlap.

    A speaker is named in the fullest form that the article uses, and so stands verbatim in its text.
    """
    quoted = quotations(article.text)
    attributed = said(article, sentences, quoted)
    speakers = quote_speakers(article.text, sentences, quoted, attributed)
    reported = [[piece for item in items for piece in _reported(item)] for items in attributed]
    inside: list[list[Voiced]] = [[] for _ in sentences]
    for span, speaker in zip(quoted, speakers, strict=True):
        for sentence in touching(sentences, span):
            inside[sentence.index].append(
                Voiced(
                    span=Span(max(span.start, sentence.span.start), min(span.end, sentence.span.end)),
                    voice="quote",
                    speaker=speaker.name,
                    verb=speaker.verb,
                    speaker_span=speaker.source,
                )
            )
    spoken = answers(article, sentences)
    headline = article.headline
    result: list[Voiced] = []
    for sentence in sentences:
        base: Voice = "headline" if headline is not None and headline.contains(sentence.span) else "own"
        pieces = [Voiced(span=sentence.span, voice=base)]
        if base == "own":
            answer = spoken.get(sentence.paragraph)
            if answer is not None:
                pieces = list(_laid_over(pieces, answer.within(sentence.span)))
            else:
                for top in reported[sentence.index]:
                    pieces = list(_laid_over(pieces, top))
        result.extend(_with_quotations(pieces, inside[sentence.index]))
    return tuple(result)


def _reported(item: Said) -> Iterator[Voiced]:
    for span in item.content:
        yield Voiced(
            span=span, voice="attributed", speaker=item.speaker, verb=item.verb, speaker_span=item.source
        )


def stretches_in(voiced: Sequence[Voiced], span: Span) -> Sequence[Voiced]:
    """The stretches that a span touches, in order. They are sorted, so that a long article costs no more."""
    first = bisect_right(voiced, span.start, key=lambda piece: piece.span.end)
    last = bisect_left(voiced, span.end, lo=first, key=lambda piece: piece.span.start)
    return voiced[first:last]


def voice_at(voiced: Sequence[Voiced], span: Span) -> Voiced:
    """The voice of a span: that of the stretch it shares most characters with; the earlier one on a tie.

    Raises ValueError when nothing covers it, which would mean that the span lies between sentences.
    """
    best = max(
        stretches_in(voiced, span),
        key=lambda piece: min(piece.span.end, span.end) - max(piece.span.start, span.start),
        default=None,
    )
    if best is None:
        raise ValueError(f"no voice covers {span}")
    return best


def _laid_over(pieces: Sequence[Voiced], top: Voiced) -> Iterator[Voiced]:
    """``pieces`` with ``top`` in place of what it covers; the rest keeps its voice."""
    placed = False
    for piece in pieces:
        if not piece.span.overlaps(top.span):
            yield piece
            continue
        if piece.span.start < top.span.start:
            yield _part(piece, piece.span.start, top.span.start)
        if not placed:
            yield top
            placed = True
        if top.span.end < piece.span.end:
            yield _part(piece, top.span.end, piece.span.end)


def _with_quotations(pieces: Sequence[Voiced], quoted: Sequence[Voiced]) -> Iterator[Voiced]:
    """``pieces`` with ``quoted``, which are in order, in place of what these cover: one walk over both."""
    number = 0
    for piece in pieces:
        start = piece.span.start
        while number < len(quoted) and quoted[number].span.start < piece.span.end:
            top = quoted[number]
            if start < top.span.start:
                yield _part(piece, start, top.span.start)
            if top.span.start >= piece.span.start:
                yield top
            start = max(start, top.span.end)
            if top.span.end > piece.span.end:
                break
            number += 1
        if start < piece.span.end:
            yield _part(piece, start, piece.span.end)


def _part(piece: Voiced, start: int, end: int) -> Voiced:
    return replace(piece, span=Span(start, end))
