"""Do reports of one event find one another among all others?

BASIL has three outlets' articles on each event, with dates; NeuS has titles and first sentences, without
dates. Each article is read to the end of its lead (`event_trace.LEAD`). “recall at 2” is the share of an
article's siblings that are among its two nearest; where it has two, precision at 2 is the same. “F1” is over
all pairs of articles at the bar `event.SAME`, which was chosen on other events, the first 250 of NeuS's train
part. The baselines have bars of their own, chosen there in the same way.

On BASIL, how much dates count was chosen on the even-numbered events: the odd ones are measured. The length
of the lead was chosen on all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from truthlens.content_words import is_content
from truthlens.domain import Article
from truthlens.encode import Floats
from truthlens.errors import ServiceError
from truthlens.evaluation import basil, neus
from truthlens.evaluation.macro_f1 import Flags
from truthlens.evaluation.row import Row, interval
from truthlens.events.event import SAME, closeness
from truthlens.events.event_trace import LEAD, EventTrace, trace
from truthlens.heads import words
from truthlens.reading import Reading
from truthlens.segment import segment
from truthlens.training.data_folder import missing

NEUS_EVENTS = 120  # of the part that chose nothing: 360 articles, a minute of one core
BARS = {"vectors alone": 0.66, "shared content words": 0.134}
NEAREST = 2

Set = Sequence[tuple[str, Article]]


class Reads(Protocol):
    """What this needs of `analyse.Analyser`."""

    def reading(self, article: Article) -> Reading: ...


@dataclass(frozen=True, slots=True)
class _Known:
    trace: EventTrace
    words: frozenset[str]


def evaluate(data: Path, reader: Reads) -> list[Row]:
    """Two rows for each of the sets that are there; ``n`` counts articles. Raises ServiceError
    ``data_missing`` when neither is.
    """
    rows: list[Row] = []
    for name, read in (("BASIL", _basil), ("NeuS", _neus)):
        try:
            found = read(data)
        except ServiceError as error:
            if error.code != "data_missing":
                raise
            continue
        rows += _rows(name, found, reader)
    if not rows:
        raise missing(basil.FOLDER)
    return rows


def _basil(data: Path) -> Set:
    found = basil.articles(data)
    odd = set(list(dict.fromkeys(event for event, _ in found))[1::2])
    return [(event, article) for event, article in found if event in odd]


def _neus(data: Path) -> Set:
    events = neus.events(data, "val")
    return [
        (str(number), Article(text=f"{title}\n{body}", title=title, language="en"))
        for number, event in enumerate(events[:NEUS_EVENTS])
        for title, body in ((given.removesuffix("."), body) for given, body in event.articles)
        if body
    ]


def _rows(name: str, found: Set, reader: Reads) -> list[Row]:
    known = [_known(article, reader) for _, article in found]
    labels = np.asarray([event for event, _ in found])
    same = labels[:, None] == labels[None]
    np.fill_diagonal(same, val=False)
    scores = _matrix(known, lambda one, other: closeness(one.trace, other.trace))
    others = {
        "vectors alone": _matrix(known, lambda one, other: float(one.trace.vector @ other.trace.vector)),
        "shared content words": _matrix(known, _jaccard),
    }
    recall, low, high = interval(_recall(scores, same))
    f1, f1_low, f1_high = interval(_f1(scores, same, SAME))
    precise = (scores >= SAME)[same].sum() / max((scores >= SAME).sum(), 1)
    complete = (scores >= SAME)[same].mean() if same.any() else 0.0
    return [
        Row(
            task="same_event",
            metric=f"recall at {NEAREST}, {name}",
            score=recall,
            low=low,
            high=high,
            n=len(found),
            baselines={key: interval(_recall(each, same))[0] for key, each in others.items()},
            note=f"{len(set(labels))} events",
        ),
        Row(
            task="same_event",
            metric=f"F1 at the bar, {name}",
            score=f1,
            low=f1_low,
            high=f1_high,
            n=len(found),
            baselines={key: interval(_f1(each, same, BARS[key]))[0] for key, each in others.items()},
            note=f"precision {precise:.2f}, recall {complete:.2f}",
        ),
    ]


def _known(article: Article, reader: Reads) -> _Known:
    lead = _lead(article)
    content = (span.of(lead.text).lower() for span in words(lead.text))
    return _Known(trace(reader.reading(lead)), frozenset(word for word in content if is_content(word)))


def _lead(article: Article) -> Article:
    """The article to the end of what its trace reads; nothing behind that would change it."""
    sentences = segment(article)
    headline = article.headline
    titles = sum(headline is not None and headline.contains(each.span) for each in sentences)
    kept = sentences[: titles + LEAD]
    return replace(article, text=article.text[: kept[-1].span.end]) if kept else article


def _matrix(known: Sequence[_Known], score: Callable[[_Known, _Known], float]) -> Floats:
    """(n, n); an article is never near itself."""
    scores = np.full((len(known), len(known)), -1.0, np.float32)
    for row, one in enumerate(known):
        for column in range(row):
            scores[row, column] = scores[column, row] = score(one, known[column])
    return scores


def _jaccard(one: _Known, other: _Known) -> float:
    return len(one.words & other.words) / max(len(one.words | other.words), 1)


def _recall(scores: Floats, same: Flags) -> list[tuple[float, float]]:
    """Per article that has siblings: how many of them are among its nearest, and how many could be."""
    nearest = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
    found = np.take_along_axis(same, nearest, axis=1).sum(axis=1)
    possible = np.minimum(same.sum(axis=1), NEAREST)
    return [(float(hits), float(most)) for hits, most in zip(found, possible, strict=True) if most]


def _f1(scores: Floats, same: Flags, bar: float) -> list[tuple[float, float]]:
    """Per article: twice its pairs that are right, and all pairs found and all true ones."""
    found = scores >= bar
    right = (found & same).sum(axis=1)
    return [
        (2.0 * float(hits), float(both))
        for hits, both in zip(right, found.sum(axis=1) + same.sum(axis=1), strict=True)
    ]
