"""One line of the library: what lists show of an analysis, taken from its result when it is saved."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from truthlens.store import search_index

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One line of the library. ``created_at`` is in seconds since 1970.

    ``own_findings`` are those in the outlet's own words, its headline among them. ``traced`` says whether a
    trace of its event is kept, without which no story can be near it.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    outlet: str
    published: str
    language: str
    created_at: float
    words: int
    findings: int
    own_findings: int
    traced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTrace:
    """An event's trace as it is kept: ``vector`` holds 384 float16 values of the encoder called ``model``."""

    model: str
    vector: bytes
    names: tuple[str, ...]
    published: str


def insert(
    connection: sqlite3.Connection,
    analysis_id: str,
    result: Mapping[str, Any],
    *,
    title: str,
    created_at: float,
    trace: StoredTrace | None,
) -> None:
    """Write the line of an analysis that was just stored, its trace and its words in the search index."""
    article = result.get("article", {})
    counts = result.get("report", {}).get("counts", {})
    voices = counts.get("by_voice", {})
    outlet, published = article.get("outlet", ""), article.get("published", "")
    number = connection.execute(
        "INSERT INTO entries (analysis_id, canonical_url, outlet, published, day, language, words, findings,"
        " own_findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            analysis_id,
            article.get("canonical_url", ""),
            outlet,
            published,
            _day(published, created_at),
            article.get("language", ""),
            article.get("words", 0),
            counts.get("findings", 0),
            voices.get("own", 0) + voices.get("headline", 0),
        ),
    ).fetchone()[0]
    search_index.add(connection, number, title=title, outlet=outlet, text=article.get("text", ""))
    if trace is not None:
        connection.execute(
            "INSERT INTO traces (analysis_id, model, vector, names, published) VALUES (?, ?, ?, ?, ?)",
            (analysis_id, trace.model, trace.vector, json.dumps(trace.names), trace.published),
        )


def read(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Saved]:
    """Lines by their numbers, in that order; those that are gone meanwhile are left out."""
    return [
        _saved(row)
        for number in numbers
        if (row := connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()) is not None
    ]


def newest(connection: sqlite3.Connection, limit: int) -> list[Saved]:
    """The newest analyses first."""
    rows = connection.execute(f"{_SELECT} ORDER BY number DESC LIMIT ?", (limit,))
    return [_saved(row) for row in rows]


_SELECT = (
    "SELECT analyses.id, url, canonical_url, title, outlet, entries.published, language, created_at, words,"
    " findings, own_findings, traces.analysis_id IS NOT NULL"
    " FROM analyses JOIN entries ON entries.analysis_id = analyses.id"
    " LEFT JOIN traces ON traces.analysis_id = analyses.id"
)


def _saved(row: tuple[Any, ...]) -> Saved:
    return Saved(
        id=row[0],
        url=row[1],
        canonical_url=row[2],
        title=row[3],
        outlet=row[4],
        published=row[5],
        language=row[6],
        created_at=row[7],
        words=row[8],
        findings=row[9],
        own_findings=row[10],
        traced=bool(row[11]),
    )


def _day(published: str, created_at: float) -> str:
    """When an article was published or, where it does not say, saved."""
    match = _DAY.match(published)
    try:
        return date.fromisoformat(match.group() if match else "").isoformat()
    except ValueError:
        return datetime.fromtimestamp(created_at, UTC).date().isoformat()
