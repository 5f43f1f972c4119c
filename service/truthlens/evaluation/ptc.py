"""Reads PTC, whole articles with spans of propaganda (SemEval-2020 task 11), part by part.

A part is what its files are named for: ``<part>-articles/`` and ``<part>-task-….labels``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from truthlens.domain import Article, Sentence, Span
from truthlens.segment import segment
from truthlens.training.data_folder import missing

FOLDER = "measure/ptc"
SPANS = ("-task-si.labels",)
TECHNIQUES = ("-task-flc-tc.labels", "-task-tc.labels")
"""How the label files of the two subtasks end, spans alone and spans with their technique."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article as its file has it: offsets count its code points, with carriage returns where it has any.

    ``labels`` are (span, technique) in the order of the file, a span with two techniques being there twice;
    the technique is "" in the subtask on spans.
    """

    part: str
    text: str
    labels: tuple[tuple[Span, str], ...]


def articles(data: Path, endings: tuple[str, ...]) -> list[Annotated]:
    """All parts but ``train``, and ``train`` where no other is. Raises ServiceError ``data_missing``."""
    parts = {
        path.name.removesuffix(ending): path
        for ending in endings
        for path in sorted((data / FOLDER).glob(f"*{ending}"))
    }
    chosen = [part for part in parts if part != "train"] or list(parts)
    found = [article for part in sorted(chosen) for article in _part(data / FOLDER, part, parts[part])]
    if not found:
        raise missing(FOLDER)
    return found


def sentences(found: list[Annotated]) -> Iterator[tuple[int, Sentence]]:
    """The sentences of all articles with the number of the article; spans count within that article."""
    for number, article in enumerate(found):
        for sentence in segment(Article(text=article.text)):
            yield number, sentence


def named(found: list[Annotated]) -> str:
    """Which parts these are, for a row's note."""
    return " and ".join(sorted({article.part for article in found}))


def _part(folder: Path, part: str, labels: Path) -> Iterator[Annotated]:
    # Articles without a label are part of the set too: what is marked in them is marked wrongly.
    rows: dict[str, list[tuple[str, int, int]]] = {}
    for line in labels.read_text("utf-8").splitlines():
        name, *technique, start, end = line.split("\t")
        rows.setdefault(name, []).append((technique[0] if technique else "", int(start), int(end)))
    for path in sorted((folder / f"{part}-articles").glob("article*.txt")):
        with path.open(encoding="utf-8", newline="") as file:  # "\r\n" read as "\n" would shift all offsets
            text = file.read()
        spans = [
            (Span(start, min(end, len(text))), technique)
            for technique, start, end in rows.get(path.stem.removeprefix("article"), [])
            if start < min(end, len(text))
        ]
        yield Annotated(part, text, tuple(spans))
