"""Are persons, organisations and places found whole and called what they are? F1 over names.

Newswire of the Groningen Meaning Bank, the last 15% of its file, on which nothing was trained; countries
count as places. A name is right when its first and last word and its kind are. The set was tagged by a
program and corrected by volunteers, and errs itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from truthlens.domain import Span
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row, interval
from truthlens.names import Kind, names, runs
from truthlens.training.data_folder import missing
from truthlens.training.entities import FILE, Tagged, sentences, split

Name = tuple[int, int, str]
"""Half-open range of the set's own words, and the kind."""


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """One row; ``n`` counts sentences, which are drawn whole. Raises ServiceError ``data_missing``."""
    _, rows = split(sentences(data))
    if not rows:
        raise missing(FILE)
    texts = [row.text for row in rows]
    scores = read(reader, texts)
    outputs = scores.outputs["entity"]
    gold = [set[Name](runs(row.tags)) for row in rows]
    found = [
        set(_placed(row, names(row.text, words, states, outputs=outputs)))
        for row, words, states in zip(rows, scores.words, scores.by_word["entity"], strict=True)
    ]
    kinds = Counter(kind for row in rows for _, _, kind in runs(row.tags))
    common = kinds.most_common(1)[0][0] if kinds else "person"
    capitals = [set(_capitals(row, common)) for row in rows]
    score, low, high = interval(_cases(found, gold))
    return [
        Row(
            task="entities",
            metric="F1 of whole names",
            score=score,
            low=low,
            high=high,
            n=len(rows),
            baselines={f"every capitalised run a {common}": interval(_cases(capitals, gold))[0]},
            note=", ".join(f"{count} {kind}s" for kind, count in kinds.most_common()),
        )
    ]


def _cases(found: Iterable[set[Name]], gold: Iterable[set[Name]]) -> list[tuple[float, float]]:
    """F1 over all names is a ratio of sums over sentences: twice the right ones, all found and all true."""
    pairs = zip(found, gold, strict=True)
    return [(2.0 * len(ours & true), float(len(ours) + len(true))) for ours, true in pairs]


def _placed(row: Tagged, found: Iterable[tuple[Span, Kind]]) -> Iterable[Name]:
    for span, kind in found:
        touched = [index for index, word in enumerate(row.words) if word.overlaps(span)]
        if touched:
            yield touched[0], touched[-1] + 1, kind


def _capitals(row: Tagged, kind: str) -> Iterable[Name]:
    first = -1
    for index, capital in enumerate([*(word.of(row.text)[:1].isupper() for word in row.words), False]):
        if capital and first < 0:
            first = index
        elif not capital and first >= 0:
            yield first, index, kind
            first = -1
