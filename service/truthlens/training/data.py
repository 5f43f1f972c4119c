"""Reads the training folders. What each holds, and under which terms, is said in docs/model-card.md."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from truthlens.domain import Span
from truthlens.training.data_folder import missing

CALIBRATION = 8
"""One in so many sentences of news_spans train teaches no weight: it sets probabilities and thresholds."""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A sentence of news_spans with all that annotators said of it; spans name their technique."""

    text: str
    spans: tuple[tuple[Span, str], ...]
    mode: str
    emotion: str
    frames: tuple[str, ...]
    check_worthy: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    loaded: bool


@cache
def news(folder: Path, part: str) -> tuple[NewsRow, ...]:
    """Sentences of ``train/news_spans``; ``part`` is train, calibrate or dev.

    "calibrate" is cut from train.jsonl by a hash of the sentence, so that it stays the same when rows are
    added. Raises ServiceError ``data_missing``.
    """
    file = "dev" if part == "dev" else "train"
    rows = []
    for line in filter(None, _read(folder / "train" / "news_spans" / f"{file}.jsonl").split("\n")):
        row = json.loads(line)
        spans = tuple((Span(s["start"], s["end"]), s["technique"]) for s in row["spans"])
        labels = (row["mode"], row["emotion"], tuple(row["frames"]), bool(row["check_worthy"]))
        if file == "dev" or (part == "calibrate") == _set_aside(row["text"]):
            rows.append(NewsRow(row["text"], spans, *labels))
    return tuple(rows)


def labelled(folder: Path, part: str) -> list[Labelled]:
    """Sentences of ``train/anno_lexical``; ``part`` is train, dev or test.

    Those that news_spans holds back for measuring or calibration are left out: the two share their texts.
    Raises ServiceError ``data_missing``.
    """
    path = folder / "train" / "anno_lexical" / f"anno-lexical-{part}.parquet"
    if not path.exists():
        raise missing(f"{path.parent.name}/{path.name}")
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["text", "label"]).to_pydict()
    held = {row.text for name in ("calibrate", "dev") for row in news(folder, name)}
    pairs = zip(table["text"], table["label"], strict=True)
    return [Labelled(text, bool(label)) for text, label in pairs if text not in held]


def goemotions(folder: Path, part: str) -> list[tuple[str, tuple[str, ...]]]:
    """Comments with the names of their emotions; ``part`` is train, dev or test.

    Raises ServiceError ``data_missing``.
    """
    base = folder / "train" / "goemotions"
    names = _read(base / "labels.txt").split()
    lines = csv.reader(
        filter(None, _read(base / f"{part}.tsv").split("\n")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [(text, tuple(names[int(number)] for number in numbers.split(","))) for text, numbers, *_ in lines]


def headlines(folder: Path) -> list[tuple[str, bool]]:
    """Headlines of ``train/stop_clickbait`` and whether they are clickbait.

    Raises ServiceError ``data_missing``.
    """
    base = folder / "train" / "stop_clickbait"
    found = []
    for name, bait in (("clickbait_data.txt", True), ("non_clickbait_data.txt", False)):
        lines = (line.strip() for line in _read(base / name).split("\n"))
        found += [(line, bait) for line in lines if line]
    return found


def digest(folder: Path, name: str) -> str:
    """sha256 over the files of one training folder, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted((folder / "train" / name).glob("*")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _set_aside(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % CALIBRATION == 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise missing(f"{path.parent.name}/{path.name}") from error
