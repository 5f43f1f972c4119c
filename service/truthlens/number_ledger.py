"""Every figure of an article: where it stands, with what belongs to it, and whose words it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.amounts import Amount, amounts
from truthlens.domain import Sentence, Span, Voiced
from truthlens.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """``span`` and ``period`` lie in the article; the amount counts within ``sentence``."""

    amount: Amount
    sentence: Sentence
    span: Span
    period: Span | None
    voiced: Voiced

    @property
    def words(self) -> str:
        """Qualifier, figure and what is counted, as the article words them."""
        return " ".join(self.sentence.text[self.amount.span.start : self.amount.span.end].split())


def stated(reading: Reading) -> tuple[Stated, ...]:
    """In the text below the headline, in order."""
    headline = reading.article.headline
    return tuple(
        found
        for sentence in reading.sentences
        if headline is None or not headline.contains(sentence.span)
        for found in _in_sentence(reading, sentence)
    )


def in_headline(reading: Reading) -> tuple[Stated, ...]:
    headline = reading.article.headline
    return tuple(
        found
        for sentence in reading.sentences
        if headline is not None and headline.contains(sentence.span)
        for found in _in_sentence(reading, sentence)
    )


def _in_sentence(reading: Reading, sentence: Sentence) -> Sequence[Stated]:
    return [
        Stated(
            amount=amount,
            sentence=sentence,
            span=_moved(amount.span, sentence.span.start),
            period=_moved(amount.period_span, sentence.span.start) if amount.period_span else None,
            voiced=reading.voice_of(_moved(amount.numeral.span, sentence.span.start)),
        )
        for amount in amounts(sentence.text)
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
