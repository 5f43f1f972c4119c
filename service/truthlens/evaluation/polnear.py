"""Reads PolNeAR: political news in which people marked who is said to say, think or intend what.

One file of marks for each article and annotator (brat's format), beside the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from truthlens.domain import Article, Span
from truthlens.training.data_folder import missing

FOLDER = "measure/polnear"


@dataclass(frozen=True, slots=True)
class Annotated:
    """``content`` is what is attributed, ``sources`` the words that name who says it; in order of the text.

    The headline, the first line of every file, is the article's title, as it would be after extraction.
    """

    article: Article
    content: tuple[Span, ...]
    sources: tuple[Span, ...]


def articles(data: Path, part: str) -> list[Annotated]:
    """One part, "train" or "dev". Raises ServiceError ``data_missing``.

    Where several people marked one article, it is the first of them in the order of their anonymous names.
    """
    found = list(_part(data / FOLDER / part))
    if not found:
        raise missing(FOLDER)
    return found


def _part(folder: Path) -> Iterator[Annotated]:
    marks: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        marks.setdefault(path.stem.rpartition("_")[0], path)
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in marks:
            with path.open(encoding="utf-8", newline="") as file:  # offsets count carriage returns
                text = file.read()
            content, sources = _spans(marks[path.stem].read_text("utf-8"))
            title = text.partition("\n")[0].strip()
            yield Annotated(Article(text=text, title=title, language="en"), content, sources)


def _spans(marks: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Of a line such as ``T3⇥Content 20 54;60 64⇥the words``: one span for each of its ranges."""
    found: dict[str, list[Span]] = {"Content": [], "Source": []}
    for line in marks.splitlines():
        number, _, rest = line.partition("\t")
        kind, _, ranges = rest.partition("\t")[0].partition(" ")
        if not number.startswith("T") or kind not in found:
            continue
        for pair in ranges.split(";"):
            start, end = pair.split()
            found[kind].append(Span(int(start), int(end)))
    content, sources = (tuple(sorted(spans, key=lambda span: span.start)) for spans in found.values())
    return content, sources
