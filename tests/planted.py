"""A reading in which chosen sentences have chosen scores: what a head would say, without the head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from fake_encoder import EXCLUSIVE
from truthlens.reading import Reading


def planted(reading: Reading, head: str, output: str, scores: Mapping[int, float]) -> Reading:
    """``scores`` by sentence; where outputs exclude one another, the first gives up what is taken."""
    rows = np.array(reading.scores.by_sentence[head])
    column = reading.scores.outputs[head].index(output)
    for sentence, score in scores.items():
        if head in EXCLUSIVE:
            rows[sentence] = 0.0
            rows[sentence, 0] = 1.0 - score
        rows[sentence, column] = score
    by_sentence = {**reading.scores.by_sentence, head: rows}
    return replace(reading, scores=replace(reading.scores, by_sentence=by_sentence))
