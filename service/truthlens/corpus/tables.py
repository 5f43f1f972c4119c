"""The numbers as CSV: a row for each that is not hidden, and a file for each way of counting."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from truthlens.corpus.gather import Corpus
from truthlens.corpus.measures import GROUPS, MEASURES, SCALE
from truthlens.corpus.points import ALL, Key, Points
from truthlens.render.findings_csv import BYTE_ORDER_MARK, cell

COLUMNS = (
    "measure", "outlet", "period", "articles", "count", "cases", "value", "unit", "low", "high", "interval",
)  # fmt: skip
MEASURED = ("measure", "group", "title", "says", "count", "cases", "unit", "scale")


def write(folder: Path, corpus: Corpus, points: Points) -> tuple[Path, ...]:
    """The files in ``folder``, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _file(folder / "all.csv", COLUMNS, _rows(points, [(ALL, ALL)])),
        _file(folder / "outlets.csv", COLUMNS, _rows(points, [(name, ALL) for name in points.outlets])),
        _file(
            folder / f"{corpus.length}s.csv", COLUMNS, _rows(points, [(ALL, each) for each in points.periods])
        ),
        _file(
            folder / f"outlets_by_{corpus.length}.csv",
            COLUMNS,
            _rows(points, [(name, each) for name in points.outlets for each in points.periods]),
        ),
        _file(folder / "measures.csv", MEASURED, _measures()),
    )


def _rows(points: Points, keys: list[Key]) -> Iterator[tuple[str, ...]]:
    for outlet, period in keys:
        for key, measure in MEASURES.items():
            found = points.get(key, outlet=outlet, period=period)
            if found is not None and found.value is not None:
                yield (
                    key,
                    outlet,
                    period,
                    str(found.articles),
                    f"{found.count:.10g}",
                    f"{found.cases:.10g}",
                    _number(found.value),
                    measure.unit,
                    _number(found.low),
                    _number(found.high),
                    found.how,
                )


def _measures() -> Iterator[tuple[str, ...]]:
    for group in GROUPS:
        for each in group.measures:
            yield (
                each.key, group.title, each.title, each.says, each.count, each.cases, each.unit,
                f"{SCALE[each.unit]:g}",
            )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _file(path: Path, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows([cell(value) for value in row] for row in rows)
    return path
