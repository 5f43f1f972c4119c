"""Speech that a page prints without quotation marks: answers in an interview, and labelled transcripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truthlens.domain import Article, Sentence, Span, Voiced
from truthlens.voices.cast import Cast

_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|my|me)\b")
_LABEL = re.compile(r"([A-Z][A-Z.’'-]*(?: [A-Z][A-Z.’'-]*){0,4}|[QA]):\s")
LABELS = 2
"""A page with so many paragraphs that begin "JANE ROE:" is a transcript in part; one may be a heading."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What of a paragraph is spoken: from ``start`` on, by ``speaker`` ("" when no label names one)."""

    start: int
    speaker: str = ""
    label: Span | None = None

    def within(self, span: Span) -> Voiced:
        """The spoken part of one sentence of the paragraph."""
        start = min(max(self.start, span.start), span.end)
        return Voiced(
            span=Span(start, span.end), voice="quote", speaker=self.speaker, speaker_span=self.label
        )


def answers(article: Article, sentences: Sequence[Sentence]) -> Mapping[int, Answer]:
    """Spoken paragraphs by number.

    First-person paragraphs count only where the page calls itself an interview: elsewhere the "I" of a text
    is its author. Labelled ones count anywhere, if there are several.
    """
    firsts: dict[int, Sentence] = {}
    for sentence in sentences:
        firsts.setdefault(sentence.paragraph, sentence)
    labels = {
        paragraph: match
        for paragraph, sentence in firsts.items()
        if (match := _LABEL.match(article.text, sentence.span.start)) is not None
    }
    counted = Counter(match.group(1) for match in labels.values())
    found: dict[int, Answer] = {}
    if sum(counted.values()) >= LABELS:
        for paragraph, match in labels.items():
            found[paragraph] = Answer(match.end(), match.group(1), Span(*match.span(1)))
    if "interview" in article.labels:
        speaker = _interviewed(article)
        for sentence in sentences:
            if sentence.paragraph not in found and _FIRST_PERSON.search(sentence.text):
                found[sentence.paragraph] = Answer(firsts[sentence.paragraph].span.start, speaker)
    return found


def _interviewed(article: Article) -> str:
    """The one person whom both headline and body name; "" when there is none, or more than one."""
    named = [name for name in Cast(article).persons() if name in article.title]
    return named[0] if len(named) == 1 else ""
