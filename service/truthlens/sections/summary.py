"""A few sentences of the article, unaltered, that cover it; each opens its place."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.digest.summary import chosen, long_enough
from truthlens.domain import Block, Evidence, Finding, Nothing, Quote
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    article, sentences = reading.article, reading.sentences
    if not long_enough(article, sentences):
        return [Nothing(text="the article is too short to summarise")]
    found = chosen(article, sentences, reading.voices, reading.encoded.vectors)
    if not found:
        return [Nothing(text="no sentence of it can stand alone")]
    return [
        Quote(text=sentences[index].text, evidence=(Evidence(span=sentences[index].span),)) for index in found
    ]


SECTION = Section(key="summary", title="Summary", order=30, build=build)
