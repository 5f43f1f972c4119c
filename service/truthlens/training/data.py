"""Reads the training folders. What each holds, and under which terms, is said in docs/model-card.md."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from truthlens.domain import Span
from truthlens.training.data_folder import missing


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and the spans that annotators marked in it, with the technique of each."""

    text: str
    spans: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    loaded: bool


def marked(folder: Path, part: str) -> list[Marked]:
    """Sentences of ``train/news_spans``; ``part`` is train or dev. Raises ServiceError ``data_missing``."""
    rows = []
    for line in _read(folder / "train" / "news_spans" / f"{part}.jsonl").splitlines():
        row = json.loads(line)
        spans = tuple((Span(s["start"], s["end"]), s["technique"]) for s in row["spans"])
        rows.append(Marked(row["text"], spans))
    return rows


def labelled(folder: Path, part: str) -> list[Labelled]:
    """Sentences of ``train/anno_lexical``; ``part`` is train, dev or test."""
    path = folder / "train" / "anno_lexical" / f"anno-lexical-{part}.parquet"
    if not path.exists():
        raise missing(f"{path.parent.name}/{path.name}")
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["text", "label"]).to_pydict()
    return [Labelled(text, bool(label)) for text, label in zip(table["text"], table["label"], strict=True)]


def digest(folder: Path, name: str) -> str:
    """sha256 over the files of one training folder, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted((folder / "train" / name).glob("*")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise missing(f"{path.parent.name}/{path.name}") from error
