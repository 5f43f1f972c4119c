"""Are two reports of one event near one another? A round-up's title looks for its own event among all others.

NeuS, every event in the folder: the vector of the neutral round-up's title against those of the outlets'
titles, each event being as near as the nearest of its titles. Recall@1 is the share of round-ups that find
their own event first; a tie counts against us. The baseline that matters is the same model before it was
adapted: an adapter trained on wording must not cost what the model knows of content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from truthlens.content_words import is_content
from truthlens.encode import Encoder, Floats, Ints
from truthlens.evaluation import neus
from truthlens.evaluation.passes import Reader, vectors
from truthlens.evaluation.row import Row, interval
from truthlens.heads import words

BLOCK = 512  # round-ups compared at a time: 512 against 15,000 titles are 30 MB

Nearness = Callable[[int, int], Floats]
"""Rows first..last of (round-ups, titles), higher being nearer."""


def evaluate(data: Path, reader: Reader, base: Callable[[], Encoder]) -> list[Row]:
    """Recall@1 and mean reciprocal rank; ``base`` loads the encoder without its adapter.

    Raises ServiceError ``data_missing``.
    """
    events = neus.events(data)
    adapted = ranks(
        events, _cosine(events, lambda titles: vectors(lambda part: reader.read(part)[0], titles))
    )
    plain = base()
    baselines = {
        "base model": ranks(events, _cosine(events, lambda titles: vectors(plain.encode, titles))),
        "shared content words": ranks(events, _shared_words(events)),
    }
    # What drawing the events in any order gives: 1/n, and the mean of 1/rank over all ranks.
    count = len(events)
    random = {"recall@1": 1 / count, "mean reciprocal rank": float((1 / np.arange(1, count + 1)).mean())}
    metrics: dict[str, Callable[[Ints], Floats]] = {
        "recall@1": lambda found: (found == 1).astype(np.float32),
        "mean reciprocal rank": lambda found: (1 / found).astype(np.float32),
    }
    rows = []
    for metric, worth in metrics.items():
        score, low, high = interval([(float(value), 1.0) for value in worth(adapted)])
        others = {name: float(worth(found).mean()) for name, found in baselines.items()}
        cost = interval([(float(value), 1.0) for value in worth(adapted) - worth(baselines["base model"])])
        rows.append(
            Row(
                task="similarity",
                metric=metric,
                score=score,
                low=low,
                high=high,
                n=count,
                baselines={**others, "random": random[metric]},
                note=f"less the base model: {cost[0]:+.3f} ({cost[1]:+.3f} to {cost[2]:+.3f})",
            )
        )
    return rows


def ranks(events: Sequence[neus.Event], nearness: Nearness) -> Ints:
    """(events,): at which place, from 1, each round-up finds its own event."""
    starts = np.cumsum([0, *(len(event.titles) for event in events[:-1])])
    found = []
    for first in range(0, len(events), BLOCK):
        last = min(first + BLOCK, len(events))
        best = np.maximum.reduceat(nearness(first, last), starts, axis=1)
        own = best[np.arange(last - first), np.arange(first, last)]
        found.append((best >= own[:, None]).sum(axis=1))
    return np.concatenate(found).astype(np.int64)


def _cosine(events: Sequence[neus.Event], encode: Callable[[Sequence[str]], Floats]) -> Nearness:
    round_ups = encode([event.round_up for event in events])
    titles = encode([title for event in events for title in event.titles])
    return lambda first, last: round_ups[first:last] @ titles.T


def _shared_words(events: Sequence[neus.Event]) -> Nearness:
    """Jaccard's index over the sets of content words."""
    titles = [_content(title) for event in events for title in event.titles]
    holding: dict[str, list[int]] = {}
    for index, title in enumerate(titles):
        for word in title:
            holding.setdefault(word, []).append(index)
    sizes = np.asarray([len(title) for title in titles])

    def nearness(first: int, last: int) -> Floats:
        rows = np.zeros((last - first, len(titles)), np.float32)
        for row, event in enumerate(events[first:last]):
            own = _content(event.round_up)
            shared = Counter(index for word in own for index in holding.get(word, []))
            places = list(shared)
            both = np.asarray(list(shared.values()))
            if places:
                rows[row, places] = both / (len(own) + sizes[places] - both)
        return rows

    return nearness


def _content(title: str) -> set[str]:
    found = (span.of(title).lower() for span in words(title))
    return {word for word in found if is_content(word)}
