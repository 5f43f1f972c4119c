"""Whether a sentence reads as loaded as a whole: Anno-Lexical's labels, and sentences of our own.

Half of Anno-Lexical's sentences are loaded, as on no page: so probabilities and the threshold come from
news_spans, where a sentence counts as loaded when an annotator marked loaded wording in it.
"""

from __future__ import annotations

from pathlib import Path

from truthlens.heads import LOUD
from truthlens.seeds import load_families
from truthlens.training import data
from truthlens.training.task import Example, Parts, Task, several_of

OUTPUTS = ("loaded",)


def _example(text: str, loaded: bool) -> Example:
    return several_of(text, OUTPUTS, OUTPUTS if loaded else ())


def _labelled(folder: Path) -> list[Example]:
    return [_example(row.text, row.loaded) for row in data.labelled(folder, "train")]


def _seeds() -> list[Example]:
    known = load_families()
    families = [known[key] for key in LOUD]
    return [
        _example(each.text, loaded)
        for family in families
        for examples, loaded in ((family.phrases, True), (family.passes, False))
        for each in examples
    ]


def _news(folder: Path, part: str) -> list[Example]:
    return [
        _example(row.text, any(technique in LOUD for _, technique in row.spans))
        for row in data.news(folder, part)
    ]


def read(folder: Path) -> Parts:
    return Parts(
        train=[*_labelled(folder), *_seeds()],
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, sentences with loaded wording",
    )


TASK = Task(
    key="loaded",
    level="sentence",
    outputs=OUTPUTS,
    read=read,
    data=("anno_lexical", "news_spans", "seeds"),
    hidden=128,
    precision=0.75,
    least_steps=1500,
    twins="instead",
    # The sentence label is the weaker teacher of the adapter, and all 34,000 would take an hour on two cores.
    adapter_rows=8000,
)
