"""The two rows of a task that asks yes or no of each sentence: macro-F1 at a threshold, AUC without one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from truthlens.encode import Floats
from truthlens.evaluation.bootstrap import measured
from truthlens.evaluation.lexicon import FLOOR as STRONG
from truthlens.evaluation.macro_f1 import Flags, macro_f1
from truthlens.evaluation.ranking import auc
from truthlens.evaluation.row import Row


def rows(
    task: str,
    scores: Floats,
    labels: Flags,
    *,
    floor: float,
    lexical: Floats | None,
    published: Mapping[str, float],
    note: str,
) -> list[Row]:
    """``scores``, ``labels`` and ``lexical`` (the lexicon's strengths) are (n,); yes from ``floor`` on."""
    count = len(labels)
    guesses = scores >= floor
    majority = np.full(count, labels.mean() >= 0.5)
    at_floor, ranked = {"majority": macro_f1(majority, labels)}, {"constant": 0.5}
    if lexical is not None:
        at_floor["lexicon"] = macro_f1(lexical >= STRONG, labels)
        ranked["lexicon"] = auc(lexical, labels)
    score, low, high = measured(lambda weights: macro_f1(guesses, labels, weights), count)
    area, area_low, area_high = measured(lambda weights: auc(scores, labels, weights), count)
    return [
        Row(
            task=task,
            metric="macro-F1",
            score=score,
            low=low,
            high=high,
            n=count,
            baselines=at_floor,
            published=dict(published),
            note=note,
        ),
        Row(
            task=task,
            metric="AUC",
            score=area,
            low=area_low,
            high=area_high,
            n=count,
            baselines=ranked,
            note="no threshold involved",
        ),
    ]
