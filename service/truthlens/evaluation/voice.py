"""Whose words does a passage carry, and who speaks? PolNeAR's dev part, read by rules alone, word by word.

PolNeAR marks what an article attributes to somebody: speech with and without quotation marks, and also
beliefs, wishes, plans and support ("wants to", "backs"), which the product leaves to the outlet unless the
article reports them as said or thought in a clause. So no reader of reported speech finds all of it; about
four fifths of what is missed on the train part hangs on such words rather than on a verb of speech.

- *attributed content*: words that are anybody's but the outlet's (voice quote or attributed) against words in
  marked content. The baseline calls whatever stands within double quotation marks attributed.
- *direct quotations*: voice quote alone against marked content within quotation marks. This is the easy row:
  what keeps it from 1 are words in marks that nobody says (titles, terms, irony) and stray marks. The
  baseline loses the articles that quote in single marks.
- *sources*: the words that name a speaker beside what they say ("he", "Jane Roe, the mayor") against marked
  sources. The baseline takes capitalised words or a pronoun beside "said" and its like. Sources of wishes and
  plans are among those missed, as above.
- *voice per word*: own, quote or attributed, where a marked word counts as quoted inside quotation marks and
  as attributed outside them. The baselines know quotation marks only, or call every word the outlet's own.

Words of the headline are left out: it has a voice of its own in the product. "Inside quotation marks" means
what either a plain search from one double mark to the next in its line or the product's own reader of marks
finds, since the plain search cannot tell single marks from apostrophes. Nobody marked whom "he" means, so
names are not scored. The rules were written while reading errors on the train part; on the dev part only
the scores were looked at, and the marks of articles where they were low. Articles are drawn whole for the
intervals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from truthlens.domain import Span
from truthlens.evaluation import polnear
from truthlens.evaluation.bootstrap import Doubles, measured
from truthlens.evaluation.row import Row, interval
from truthlens.heads import words
from truthlens.segment import segment
from truthlens.voices.quotation import quotations
from truthlens.voices.voice import voices

Flags = npt.NDArray[np.bool_]
"""(words,): one answer for each word of an article's body, in order."""

IN_MARKS = re.compile(r"[“\"][^“”\"\n]*[”\"]?")
_NAME = r"(?:(?:[A-Z][\w.’'-]*[ ]?){1,5}|\b(?:he|she|they|it)\b[ ]?)"
_SAYS = r"(?:said|says|told|added|tweeted|wrote)\b"
BESIDE_SAID = re.compile(rf"({_NAME})(?={_SAYS})|(?<=said )({_NAME})|(?<=says )({_NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One article: what is marked, and what the product says, for each word of its body."""

    content: Flags
    sources: Flags
    plain_marks: Flags
    marks: Flags
    beside_said: Flags
    quoted: Flags
    attributed: Flags
    speakers: Flags

    @property
    def direct(self) -> Flags:
        """Marked content inside quotation marks."""
        return self.content & (self.marks | self.plain_marks)


def evaluate(data: Path) -> list[Row]:
    """Four rows on the dev part; ``n`` counts articles. Raises ServiceError ``data_missing``."""
    return rows([read(each) for each in polnear.articles(data, "dev")])


def read(annotated: polnear.Annotated) -> Words:
    """Lay the marks and the product's voices over the words of one article."""
    article = annotated.article
    text = article.text
    sentences = segment(article)
    stretches = voices(article, sentences)
    body = [span for span in words(text) if span.start >= len(article.title)]

    def flags(spans: Iterable[Span]) -> Flags:
        return _touched(body, spans)

    return Words(
        content=flags(annotated.content),
        sources=flags(annotated.sources),
        plain_marks=flags(Span(*match.span()) for match in IN_MARKS.finditer(text)),
        marks=flags(quotations(text)),
        beside_said=flags(Span(*match.span()) for match in BESIDE_SAID.finditer(text)),
        quoted=flags(piece.span for piece in stretches if piece.voice == "quote"),
        attributed=flags(piece.span for piece in stretches if piece.voice == "attributed"),
        speakers=flags(piece.speaker_span for piece in stretches if piece.speaker_span is not None),
    )


def rows(read: Sequence[Words]) -> list[Row]:
    content = [each.content for each in read]
    marks = [each.plain_marks for each in read]
    said = [each.quoted | each.attributed for each in read]
    direct = [each.direct for each in read]
    return [
        _f1_row("token F1 of attributed content", said, content, marks),
        _f1_row("token F1 of direct quotations", [each.quoted for each in read], direct, marks),
        _f1_row(
            "token F1 of sources",
            [each.speakers for each in read],
            [each.sources for each in read],
            [each.beside_said for each in read],
            baseline="names beside “said”",
        ),
        _accuracy_row(read),
    ]


def _f1_row(
    metric: str,
    ours: Sequence[Flags],
    gold: Sequence[Flags],
    other: Sequence[Flags],
    baseline: str = "inside double marks",
) -> Row:
    table = _counts(ours, gold)
    score, low, high = measured(lambda weights: _f1(table, weights), len(table))
    right, guessed, true = table.sum(axis=0)
    return Row(
        task="voice",
        metric=metric,
        score=score,
        low=low,
        high=high,
        n=len(table),
        baselines={baseline: _f1(_counts(other, gold), np.ones(len(table)))},
        note=f"{true:,.0f} words marked; precision {right / max(guessed, 1):.3f}, "
        f"recall {right / max(true, 1):.3f}",
    )


def _accuracy_row(read: Sequence[Words]) -> Row:
    cases, plain = [], []
    for each in read:
        gold = np.where(each.direct, 2, np.where(each.content, 1, 0))
        ours = np.where(each.quoted, 2, np.where(each.attributed, 1, 0))
        cases.append((float((ours == gold).sum()), float(len(gold))))
        plain.append((float((np.where(each.plain_marks, 2, 0) == gold).sum()), float(len(gold))))
    score, low, high = interval(cases)
    return Row(
        task="voice",
        metric="accuracy of own, quote, attributed per word",
        score=score,
        low=low,
        high=high,
        n=len(cases),
        baselines={
            "inside double marks": interval(plain)[0],
            "all own": sum(float((~each.content).sum()) for each in read) / sum(n for _, n in cases),
        },
        note=f"{sum(n for _, n in cases):,.0f} words",
    )


def _touched(body: Sequence[Span], spans: Iterable[Span]) -> Flags:
    flags = np.zeros(len(body), np.bool_)
    starts = np.asarray([span.start for span in body])
    ends = np.asarray([span.end for span in body])
    for span in spans:
        flags |= (starts < span.end) & (ends > span.start)
    return flags


def _counts(ours: Sequence[Flags], gold: Sequence[Flags]) -> Doubles:
    """(articles, 3): words that both have, that we have, that are marked."""
    return np.asarray(
        [((a & b).sum(), a.sum(), b.sum()) for a, b in zip(ours, gold, strict=True)], np.float64
    ).reshape(-1, 3)


def _f1(table: Doubles, weights: Doubles) -> float:
    right, guessed, true = weights @ table
    return float(2 * right / (guessed + true)) if guessed + true else 0.0
