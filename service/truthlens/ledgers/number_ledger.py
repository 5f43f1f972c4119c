"""Every figure of an article: where it stands, with what belongs to it, and whose words it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Sentence, Span, Voiced
from truthlens.ledgers.amounts import Amount, amounts
from truthlens.reading import Reading, once
from truthlens.voices import reporting

BEFORE = 3  # words in front of a figure that has no noun
_CLAUSE = re.compile(r"[,;:()“”\"]|\s[–—-]\s")
_WORD = re.compile(r"\S+")
_LOOSE = (reporting.CONJUNCTIONS | frozenset("and or to of in on at for from with by".split())) - {
    "who",
    "which",
}
"""Words with which nothing that is shown begins."""
_NOT_COUNTED = (
    reporting.PREPOSITIONS
    | reporting.CONJUNCTIONS
    | reporting.FINITE
    | reporting.OPENERS
    | reporting.TIMES
    | reporting.CLAUSE
    | frozenset(
        "and or whose whom more less higher lower compared so not also per each every last next".split()
    )
)
"""Behind an amount of money or a share these are not what it is of."""
_BEHIND = re.compile(r"(?:-[^\W\d_]+)?\s(?![A-Z]\.)[^\W\d_]+(?:[’'-][^\W\d_]+)*|-[^\W\d_]+")


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

    @property
    def beside(self) -> str:
        """The words; of a figure that counts nothing by itself, with a few that say what it is."""
        text, start, end = self.sentence.text, self.amount.span.start, self.amount.span.end
        if self.amount.unit:
            return self.words
        clause = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
        words = [*_WORD.finditer(text, clause, start)][-BEFORE:]
        while words and words[0].group().lower() in _LOOSE:
            words.pop(0)
        behind = _BEHIND.match(text, end)
        when = self.amount.period_span
        next_word = behind.group().split()[-1].lower() if behind else ""
        counted = bool(next_word) and next_word not in _NOT_COUNTED
        if behind and counted and not (when and when.start < behind.end()):
            end = behind.end()
        return " ".join(text[words[0].start() if words else start : end].split())


@once
def stated(reading: Reading) -> tuple[Stated, ...]:
    """In the text below the headline, in order."""
    return _stated(reading, in_headline=False)


@once
def in_headline(reading: Reading) -> tuple[Stated, ...]:
    return _stated(reading, in_headline=True)


def _stated(reading: Reading, *, in_headline: bool) -> tuple[Stated, ...]:
    headline = reading.article.headline
    return tuple(
        found
        for sentence in reading.sentences
        if (headline is not None and headline.contains(sentence.span)) == in_headline
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
