"""Rows as cells of text: the one table that the terminal and the page of documentation both show."""

from __future__ import annotations

from collections.abc import Mapping

from truthlens.evaluation.row import Row

COLUMNS = ("task", "metric", "score", "95%", "n", "baselines", "published", "note")


def cells(row: Row) -> list[str]:
    """One text per column."""
    return [
        row.task,
        row.metric,
        f"{row.score:.3f}",
        f"{row.low:.3f}–{row.high:.3f}",
        f"{row.n:,}",
        _named(row.baselines),
        _named(row.published),
        row.note,
    ]


def _named(values: Mapping[str, float]) -> str:
    # The names hold commas, so the pairs are parted by semicolons.
    return "; ".join(f"{name} {value:.3f}" for name, value in values.items())
