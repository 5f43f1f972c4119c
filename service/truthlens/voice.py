"""Whose words each stretch of text is: the outlet's, quoted, reported, or the headline.

Lays what `quotation.py` and `attribution.py` find over the sentences, and names speakers across them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from truthlens import reporting
from truthlens.attribution import MASK, Attribution, attributions
from truthlens.domain import Article, Sentence, Span, Voice, Voiced
from truthlens.quotation import quotations

_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|my|me)\b")
NEARBY = 1
"""Paragraphs over which a pronoun or a quotation that stands alone keeps its speaker."""


def voices(article: Article, sentences: Sequence[Sentence]) -> tuple[Voiced, ...]:
    """Stretches of one voice each, in order. Together they cover every sentence without gap or overlap."""
    quoted = quotations(article.text)
    headline = article.headline
    attributed = _attributions(article, sentences, quoted)
    speakers = _quote_speakers(sentences, quoted, attributed)
    answers = _answers(article, sentences)
    result: list[Voiced] = []
    for sentence in sentences:
        base: Voice = "headline" if headline is not None and headline.contains(sentence.span) else "own"
        if base == "own" and sentence.paragraph in answers:
            base = "quote"
        pieces = [Voiced(span=sentence.span, voice=base)]
        if base == "own":
            for attribution in attributed[sentence.index]:
                for clause in attribution.content:
                    span = Span(sentence.span.start + clause.start, sentence.span.start + clause.end)
                    piece = Voiced(
                        span=span, voice="attributed", speaker=attribution.speaker, verb=attribution.verb
                    )
                    pieces = list(_laid_over(pieces, piece))
        for index, span in enumerate(quoted):
            if span.overlaps(sentence.span):
                inside = Span(max(span.start, sentence.span.start), min(span.end, sentence.span.end))
                speaker, verb = speakers[index]
                pieces = list(
                    _laid_over(pieces, Voiced(span=inside, voice="quote", speaker=speaker, verb=verb))
                )
        result.extend(pieces)
    return tuple(result)


def _answers(article: Article, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Paragraphs of an interview in which somebody speaks in the first person without quotation marks.

    Only where the page calls itself an interview: elsewhere the "I" of a text is its author.
    """
    if "interview" not in article.labels:
        return frozenset()
    return frozenset(sentence.paragraph for sentence in sentences if _FIRST_PERSON.search(sentence.text))


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


def _part(piece: Voiced, start: int, end: int) -> Voiced:
    return Voiced(span=Span(start, end), voice=piece.voice, speaker=piece.speaker, verb=piece.verb)


def _attributions(
    article: Article, sentences: Sequence[Sentence], quoted: Sequence[Span]
) -> list[tuple[Attribution, ...]]:
    """Per sentence. A pronoun speaks for the last one named nearby whom it fits."""
    masked = _masked(article.text, quoted)
    found: list[tuple[Attribution, ...]] = []
    named: list[tuple[str, int]] = []  # speaker and the paragraph where last heard, oldest first
    for sentence in sentences:
        here = []
        for attribution in attributions(sentence.span.of(masked)):
            speaker = attribution.speaker
            if speaker.lower() in reporting.PRONOUNS:
                speaker = _meant(speaker.lower(), named, sentence.paragraph)
            if speaker:
                named.append((speaker, sentence.paragraph))
            here.append(Attribution(speaker, attribution.verb, attribution.content))
        found.append(tuple(here))
    return found


def _meant(pronoun: str, named: Sequence[tuple[str, int]], paragraph: int) -> str:
    """He and she mean a name, it means "the report" or "the ministry"; they may mean either."""
    for speaker, heard in reversed(named):
        if paragraph - heard > NEARBY:
            return ""
        person = speaker[:1].isupper() and not speaker.startswith(("The ", "A "))
        if pronoun == "they" or (pronoun in reporting.PEOPLE_PRONOUNS) == person:
            return speaker
    return ""


def _quote_speakers(
    sentences: Sequence[Sentence],
    quoted: Sequence[Span],
    attributed: Sequence[tuple[Attribution, ...]],
) -> list[tuple[str, str]]:
    """Speaker and verb of each quotation: named in or beside it, else whoever was quoted just before.

    A few quoted words inside the outlet's own sentence take no speaker from before: they may be anybody's.
    """
    speakers: list[tuple[str, str]] = []
    previous, previous_paragraph = ("", ""), -1 - NEARBY
    for index, span in enumerate(quoted):
        touched = [sentence for sentence in sentences if sentence.span.overlaps(span)]
        if not touched:
            speakers.append(("", ""))
            continue
        speaker = _named(reversed(touched), attributed) or _beside(sentences, touched, span, attributed)
        near = touched[0].paragraph - previous_paragraph <= NEARBY
        left_open = index + 1 < len(quoted) and quoted[index + 1].start - span.end == 1
        if not speaker and near and span.start == touched[0].span.start and not left_open:
            speaker = previous
        speakers.append(speaker or ("", ""))
        if speaker and speaker[0]:
            previous, previous_paragraph = speaker, touched[-1].paragraph
    for index in range(len(quoted) - 2, -1, -1):
        # A quotation left open at its line's end is spoken by whoever closes it in a later one.
        if not speakers[index][0] and quoted[index + 1].start - quoted[index].end == 1:
            speakers[index] = speakers[index + 1]
    return speakers


def _named(
    sentences: Iterator[Sentence], attributed: Sequence[tuple[Attribution, ...]]
) -> tuple[str, str] | None:
    for sentence in sentences:
        for item in attributed[sentence.index]:
            if item.speaker:
                return item.speaker, item.verb
    return None


def _beside(
    sentences: Sequence[Sentence],
    touched: Sequence[Sentence],
    span: Span,
    attributed: Sequence[tuple[Attribution, ...]],
) -> tuple[str, str] | None:
    """`"Is it so?" Jane Roe asked.` reads as two sentences; `She put it this way:` introduces another."""
    after, before = touched[-1].index + 1, touched[0].index - 1
    if after < len(sentences) and span.end == touched[-1].span.end:
        following = sentences[after]
        only_names = all(not item.content for item in attributed[after])
        if following.paragraph == touched[-1].paragraph and only_names:
            return _named(iter([following]), attributed)
    if before >= 0 and span.start == touched[0].span.start and sentences[before].text.endswith(":"):
        return _named(iter([sentences[before]]), attributed)
    return None


def _masked(text: str, quoted: Sequence[Span]) -> str:
    characters = list(text)
    for span in quoted:
        for position in range(span.start, span.end):
            if characters[position] != "\n":
                characters[position] = MASK
    return "".join(characters)
