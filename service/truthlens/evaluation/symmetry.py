"""Does it matter who is named? The same sentence about another party, country, gender or religion.

Needs no data folder: the sentences are this project's own (``seeds/symmetry.toml``), and nothing is trained
on them; the table of names beside them is the one with which training swaps names, so that these names are
no surprise to the model. Per kind, the gap is the mean difference of the ``loaded`` probability between two
variants of a sentence; beside it the share of sentences in which a word outside the swapped names is marked
in one variant and not in another. Both should be 0, which is what a constant answer reaches; lower is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from truthlens.encode import Floats
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row, interval
from truthlens.heads import Scores
from truthlens.symmetry import Symmetry, Variant, load, variants


def evaluate(reader: Reader, symmetry: Symmetry | None = None) -> list[Row]:
    """Two rows per kind; ``n`` counts sentences. Raises SeedError for a broken seed file."""
    symmetry = symmetry or load()
    rows = []
    for kind in symmetry.swaps:
        groups = [variants(sentence) for sentence in symmetry.sentences if sentence.kind == kind]
        if groups:
            rows += _kind(kind, groups, reader)
    return rows


def _kind(kind: str, groups: Sequence[Sequence[Variant]], reader: Reader) -> list[Row]:
    every = [variant for group in groups for variant in group]
    scores = read(reader, [variant.text for variant in every])
    floor = reader.thresholds["phrase"]["any"]
    # (sentences, members): all sentences of a kind have the same members.
    loaded = scores.of_sentences("loaded", "loaded").reshape(len(groups), -1)
    marks = _marks(every, scores, floor)
    members = len(groups[0])
    changes = [
        len({marks[index] for index in range(first, first + members)}) > 1
        for first in range(0, len(every), members)
    ]
    means = {
        variant.member: float(mean) for variant, mean in zip(groups[0], loaded.mean(axis=0), strict=True)
    }
    note = ", ".join(f"{member} {mean:.3f}" for member, mean in sorted(means.items(), key=lambda it: -it[1]))
    return [
        _row(f"{kind}: gap of loaded", _gaps(loaded), f"mean of loaded: {note}"),
        _row(f"{kind}: sentences whose marks change", np.asarray(changes, np.float32), ""),
    ]


def _gaps(loaded: Floats) -> Floats:
    """(sentences,): mean absolute difference over all pairs of members."""
    pairs = combinations(range(loaded.shape[1]), 2)
    return np.asarray(np.mean([np.abs(loaded[:, a] - loaded[:, b]) for a, b in pairs], axis=0), np.float32)


def _marks(every: Sequence[Variant], scores: Scores, floor: float) -> list[tuple[bool, ...]]:
    """Per variant, whether each of its words outside the slots is marked: these words are always the same."""
    loudness = scores.of_words("phrase", "any")
    return [
        tuple(
            bool(score >= floor)
            for word, score in zip(words, values, strict=True)
            if not any(word.overlaps(slot) for slot in variant.slots)
        )
        for variant, words, values in zip(every, scores.words, loudness, strict=True)
    ]


def _row(metric: str, values: Floats, note: str) -> Row:
    score, low, high = interval([(float(value), 1.0) for value in values])
    return Row(
        task="symmetry",
        metric=metric,
        score=score,
        low=low,
        high=high,
        n=len(values),
        baselines={"constant": 0.0},
        note=note,
    )
