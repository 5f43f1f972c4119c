"""A folder of training data small enough to read at once, in the form that `truthlens train` expects."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from truthlens import seeds
from truthlens.seeds import SeedFamily
from truthlens.training.task import tasks

EMOTIONS = "admiration anger caring disgust fear grief joy neutral optimism sadness".split()
"""Of the comments, in the order of labels.txt."""

KINDS: tuple[tuple[str, dict[str, str], dict[str, Any]], ...] = (
    ("The council met on day {}.", {}, {"check_worthy": True, "frames": ["policy"]}),
    ("The stunning vote of day {} was held.", {"stunning": "loaded_language"}, {"emotion": "joy"}),
    (
        "Critics said the vote of day {} is shameful.",
        {"Critics": "vague_sourcing", "shameful": "loaded_language"},
        {"mode": "opinion", "emotion": "anger", "frames": ["moral", "political"]},
    ),
    ("The council of Moscow is to vote on day {}.", {}, {"mode": "forecast", "check_worthy": True}),
    ("Is it day {}?", {}, {"mode": "other", "emotion": "fear"}),
    ("The Democrats met, a mob of day {}.", {"mob": "name_calling"}, {"mode": "opinion", "frames": ["econ"]}),
)
"""Sentence, marked words and labels; the fourth and the last name a group that can be swapped."""


def news_row(number: int) -> dict[str, Any]:
    pattern, marks, labels = KINDS[number % len(KINDS)]
    text = pattern.format(number)
    spans = [
        {"start": text.index(mark), "end": text.index(mark) + len(mark), "technique": technique}
        for mark, technique in marks.items()
    ]
    plain = {"mode": "fact", "emotion": "none", "frames": [], "check_worthy": False}
    return {"text": text, "spans": spans, **plain, **labels}


def write_news(
    folder: Path, *, train: Iterable[int] = range(96), dev: Iterable[int] = range(200, 224)
) -> None:
    target = folder / "train" / "news_spans"
    target.mkdir(parents=True, exist_ok=True)
    for part, numbers in (("train", train), ("dev", dev)):
        lines = [json.dumps(news_row(number), ensure_ascii=False) for number in numbers]
        (target / f"{part}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def labelled_rows(part: str) -> list[tuple[str, bool]]:
    """Every third one loaded, and every third one about Democrats, so that it has a twin."""
    words = ("stunning", "plain", "Democratic")
    start = {"train": 0, "dev": 1000, "test": 2000}[part]
    return [(f"The {words[n % 3]} council met on day {start + n}.", n % 3 == 0) for n in range(48)]


def write_labelled(folder: Path, part: str, rows: Sequence[tuple[str, bool]]) -> None:
    from pyarrow import Table, parquet

    target = folder / "train" / "anno_lexical"
    target.mkdir(parents=True, exist_ok=True)
    table = Table.from_pydict(
        {
            "text": [text for text, _ in rows],
            "label": [int(label) for _, label in rows],
            "other": [0] * len(rows),
        }
    )
    parquet.write_table(table, target / f"anno-lexical-{part}.parquet")


def write_goemotions(folder: Path, rows: Iterable[tuple[str, Sequence[str]]] | None = None) -> None:
    if rows is None:
        rows = [(f"I am of {EMOTIONS[n % 10]} on day {n}", [EMOTIONS[n % 10]]) for n in range(40)]
    target = folder / "train" / "goemotions"
    target.mkdir(parents=True, exist_ok=True)
    (target / "labels.txt").write_text("\n".join(EMOTIONS) + "\n", "utf-8")
    lines = [
        f"{text}\t{','.join(str(EMOTIONS.index(name)) for name in names)}\tid{number}\n"
        for number, (text, names) in enumerate(rows)
    ]
    for part in ("train", "dev", "test"):
        (target / f"{part}.tsv").write_text("".join(lines), "utf-8")


def write_headlines(folder: Path, count: int = 160) -> None:
    """Of each kind ``count``, one in four with a number in front; with empty lines between."""
    target = folder / "train" / "stop_clickbait"
    target.mkdir(parents=True, exist_ok=True)
    for name, text in (("clickbait", "You Will Not Guess Day"), ("non_clickbait", "Council Met on Day")):
        lines = [f"{n if n % 4 == 0 else ''} {text} {n}" for n in range(count)]
        (target / f"{name}_data.txt").write_text("\n\n".join(lines) + "\n", "utf-8")


def write_entities(folder: Path, count: int = 40) -> None:
    target = folder / "train" / "entities"
    target.mkdir(parents=True, exist_ok=True)
    with (target / "gmb_8300.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Sentence #", "Word", "POS", "Tag"])
        for number in range(count):
            tagged = [("Ann", "B-per"), ("Lee", "I-per"), ("met", "O"), ("Acme", "B-org"), ("on", "O")]
            tagged += [("day", "O"), (str(number), "O"), ("in", "O"), ("Mali", "B-geo"), (".", "O")]
            for index, (word, tag) in enumerate(tagged):
                writer.writerow(["" if index else f"Sentence: {number}", word, "X", tag])


def write_all(folder: Path) -> Path:
    write_news(folder)
    for part in ("train", "dev", "test"):
        write_labelled(folder, part, labelled_rows(part))
    write_goemotions(folder)
    write_headlines(folder)
    write_entities(folder)
    return folder


@cache
def _families() -> dict[str, SeedFamily]:
    return seeds.load_families()


def few_seeds(monkeypatch: pytest.MonkeyPatch, most: int) -> dict[str, SeedFamily]:
    """Training sees the first ``most`` phrases and passes of each family, and reads no file for them."""
    families = {
        key: replace(family, phrases=family.phrases[:most], passes=family.passes[:most])
        for key, family in _families().items()
    }
    tasks()  # imports every task: one that came later would keep the false function
    monkeypatch.setattr(seeds, "load_families", lambda: families)
    for name, module in list(sys.modules.items()):
        if name.startswith("truthlens.training.tasks.") and hasattr(module, "load_families"):
            monkeypatch.setattr(module, "load_families", lambda: families)
    return families
