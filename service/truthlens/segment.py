"""Text → sentences with exact spans. Every character that is not white space lies in exactly one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syntok import segmenter
from syntok.tokenizer import Tokenizer

from truthlens.domain import Article, Sentence, Span

_TOKENIZER = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)

_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Sen|Rep|Gov|Rev|Hon|St|No|vs|v|Jr|Sr|U\.S|U\.K|U\.N)\.$"
)
"""Ends that do not end a sentence: initials, titles, numbers. syntok knows most of them, but splits after
initials ("John F. Kennedy") and "Gen." when a capital follows."""

_CLOSING = "”’\"')]»"


def segment(article: Article) -> tuple[Sentence, ...]:
    """Sentences in order. The headline, where there is one, is always a sentence of its own.

    ``article.text[s.span.start:s.span.end] == s.text`` for every sentence, and none is empty.
    """
    sentences: list[Sentence] = []
    headline = article.headline
    for paragraph, line in enumerate(_lines(article.text)):
        whole = headline is not None and line == headline
        for span in [line] if whole else _split(article.text, line):
            sentences.append(Sentence(len(sentences), span, span.of(article.text), paragraph))
    return tuple(sentences)


def _lines(text: str) -> Iterator[Span]:
    """Lines without the white space around them; empty ones are left out, so they are no paragraphs."""
    start = 0
    for line in text.split("\n"):
        stripped = _stripped(text, Span(start, start + len(line)))
        if len(stripped):
            yield stripped
        start += len(line) + 1


def _split(text: str, line: Span) -> list[Span]:
    """Cut one line where syntok starts a new sentence, so that nothing between two cuts can be lost."""
    starts = [line.start]
    for paragraph in segmenter.analyze(line.of(text)):
        for tokens in paragraph:
            first = next(iter(tokens), None)
            if first is not None:
                starts.append(line.start + first.offset)
    cuts = sorted({start for start in starts if _begins(text, line, start)} | {line.start})
    spans = [Span(a, b) for a, b in zip(cuts, [*cuts[1:], line.end], strict=True)]
    return [span for span in (_stripped(text, span) for span in spans) if len(span)]


def _begins(text: str, line: Span, start: int) -> bool:
    before = text[line.start : start].rstrip()
    if not before:
        return True
    if _ABBREVIATION.search(before[-8:]):
        return False
    # A closing quotation mark belongs to the sentence it ends.
    return text[start] not in _CLOSING or text[start] in "\"'"


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
