"""How loaded a word is, in one number: the one place that says how the word head's outputs are mixed."""

from __future__ import annotations

import numpy as np

from truthlens.encode import Floats
from truthlens.heads import Scores

LOADED = ("loaded_language", "name_calling")
"""Of the given rows of BABE these two together rank the words best (average precision .488; with exaggeration
.479, the first alone .473, any technique at all .46): its experts marked no plain exaggerations."""


def loaded_words(scores: Scores) -> tuple[Floats, ...]:
    """Per sentence (words,), 0..1: the chance that the word is loaded or calls somebody names."""
    one, other = (scores.of_words("phrase", output) for output in LOADED)
    return tuple(
        np.asarray(1.0 - (1.0 - first) * (1.0 - second), np.float32)
        for first, second in zip(one, other, strict=True)
    )


def marked_words(scores: Scores) -> tuple[Floats, ...]:
    """Per sentence (words,), 0..1: the chance that an annotator would mark the word for any technique."""
    return scores.of_words("phrase", "any")
