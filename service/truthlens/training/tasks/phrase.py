"""Persuasion techniques, word by word: labels of news_spans, and our own seeds for what is rare there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from truthlens.heads import LOUD
from truthlens.seeds import load_families
from truthlens.training import data
from truthlens.training.task import Example, Net, Parts, Task, marked_example

TECHNIQUES = (
    "loaded_language",
    "name_calling",
    "exaggeration_minimisation",
    "doubt",
    "vague_sourcing",
    "appeal_to_fear",
    "flag_waving",
    "causal_oversimplification",
    "appeal_to_authority",
    "slogan",
    "black_and_white",
    "whataboutism_straw_man_red_herring",
    "thought_terminating_cliche",
    "bandwagon_guilt_by_association",
)
OUTPUTS = (*TECHNIQUES, "any")
"""``any`` stands for all of them. It learns from news_spans alone: the seeds mark one technique each."""


SHOWN = (*LOUD, "any")
RARE = tuple(output for output in OUTPUTS if output not in SHOWN)
"""Each group has nets of its own: what is rare in news_spans comes from seeds, whose style is another."""


def _news(folder: Path, part: str) -> list[Example]:
    known = np.ones(len(OUTPUTS), np.float32)
    return [marked_example(row.text, OUTPUTS, row.spans, known) for row in data.news(folder, part)]


def _seeds() -> Iterator[Example]:
    """A phrase tells of its own technique only; a pass is plain in its own, and not loaded either."""
    families = load_families()
    for key in TECHNIQUES:
        own = np.asarray([output == key for output in OUTPUTS], np.float32)
        plain = np.asarray([output in (key, "loaded_language") for output in OUTPUTS], np.float32)
        for phrase in families[key].phrases:
            yield marked_example(phrase.text, OUTPUTS, [(span, key) for span in phrase.spans], own)
        for each in families[key].passes:
            yield marked_example(each.text, OUTPUTS, [], plain)


def read(folder: Path) -> Parts:
    return Parts(
        train=[*_news(folder, "train"), *_seeds()],
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, words",
    )


TASK = Task(
    key="phrase",
    level="word",
    outputs=OUTPUTS,
    read=read,
    data=("news_spans", "seeds"),
    hidden=96,
    nets=(*(Net(layers, SHOWN) for layers in (4, 3, 2, 4, 3, 2)), Net(4, RARE), Net(4, RARE)),
    input_dropout=0.3,
    precision=0.65,
    least_steps=1500,
    twins="beside",
)
"""Settings compared on the given words of BABE (average precision; half of the adapter, news_spans alone, one
net): .453 when all techniques share one, .462 when those of SHOWN have their own, .466 with more dropout of
its inputs. Nets that see fewer of the upper layers err elsewhere: one each of all, three and two layers .473,
of which the single ones have .466, .459 and .429.
"""
