"""Which items of the reader's feeds are about the event of an article, by their titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from truthlens.content_words import is_content
from truthlens.domain import Article
from truthlens.events.event import SAME_TITLE, closeness
from truthlens.events.event_trace import EventTrace
from truthlens.events.feed_file import Item
from truthlens.heads import WORD
from truthlens.ledgers.ledger import sentence_at
from truthlens.model_file import DIM
from truthlens.reading import Reading

SHARED = 2
"""Content words of a title that the article has too, before anything is encoded. On 744 articles of NeuS's
train part, 90% of the titles on the same event pass and 5% of the others."""

ENCODED = 120  # titles at most, those that share most: about two seconds on two cores
SHOWN = 20


class Reads(Protocol):
    """What this needs of `analyse.Analyser`."""

    def reading(self, article: Article, *, progress: Callable[[str, float], None]) -> Reading: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """``score`` is the event score 0..1, at least `event.SAME_TITLE`."""

    item: Item
    score: float


def covering(
    items: Sequence[Item], *, text: str, trace: EventTrace, reader: Reads, without: Sequence[str] = ()
) -> tuple[Covering, ...]:
    """Items on the event of an article, nearest first; ``text`` is the article's, ``without`` are addresses
    that are the article itself.
    """
    known = _content(text)
    shared = {
        index: len(_content(item.title) & known)
        for index, item in enumerate(items)
        if item.url not in without
    }
    likely = sorted((index for index in shared if shared[index] >= SHARED), key=lambda i: (-shared[i], i))
    chosen = [items[index] for index in likely[:ENCODED]]
    if not chosen:
        return ()
    found = [
        Covering(item=item, score=round(closeness(title, trace), 3))
        for item, title in zip(chosen, _traces(chosen, reader), strict=True)
    ]
    near = [each for each in found if each.score >= SAME_TITLE]
    return tuple(sorted(near, key=lambda each: (-each.score, each.item.url))[:SHOWN])


def _traces(items: Sequence[Item], reader: Reads) -> list[EventTrace]:
    """Each title as the trace of an article that has no more. All are read in one pass, a line each."""
    reading = reader.reading(Article(text="\n".join(item.title for item in items)), progress=_unwatched)
    vectors = np.zeros((len(items), DIM), np.float32)
    for sentence in reading.sentences:
        vectors[sentence.paragraph] += reading.encoded.vectors[sentence.index]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    named: list[set[str]] = [set() for _ in items]
    for party in reading.parties:
        for mention in party.mentions:
            named[sentence_at(reading, mention).paragraph].add(party.name.lower())
    return [
        EventTrace(vector=vector, names=frozenset(names), published=item.published)
        for item, vector, names in zip(items, vectors, named, strict=True)
    ]


def _unwatched(_stage: str, _share: float) -> None:
    """Nobody waits for the end of one pass."""


def _content(text: str) -> frozenset[str]:
    words = (match.group().lower() for match in WORD.finditer(text))
    return frozenset(word for word in words if len(word) > 2 and is_content(word))
