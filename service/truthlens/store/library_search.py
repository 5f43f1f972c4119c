"""Searching the library: by words, by outlet and day, and by nearness to a saved story or to a meaning."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truthlens.errors import ServiceError
from truthlens.store import library_entry, search_index
from truthlens.store.library import Library
from truthlens.store.library_entry import Saved

if TYPE_CHECKING:
    from truthlens.encode import Floats

LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """``outlet`` is compared whole, in any case of letters. From the day ``after`` on, up to but without the
    day ``before`` (ISO dates): when published or, failing that, saved. ``like`` is the id of an analysis or
    of a request. Without any of these everything is meant, the newest first.
    """

    query: str = ""
    outlet: str = ""
    after: str = ""
    before: str = ""
    like: str = ""
    limit: int = LIMIT
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the encoder of digest ``model`` made of a free text: ``vector`` (384,), unit length."""

    model: str
    vector: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """``excerpt`` stands round the words looked for, "" without any; ``closeness`` is a cosine -1..1, None
    where nothing was compared.
    """

    saved: Saved
    excerpt: str
    closeness: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found, out of ``total``; ``notice`` tells what could not be looked for, or ""."""

    hits: tuple[Hit, ...]
    total: int
    notice: str


def search(library: Library, asked: Query, *, meaning: Meaning | None = None) -> Found:
    """Best first: by nearness where ``asked.like`` or ``meaning`` is given, else by words, else by age.

    A story is not near itself, nor to other versions of the same article.
    Raises ServiceError ``unknown_analysis`` or ``not_traced``, both about ``asked.like``.
    """
    wanted = search_index.terms(asked.query)
    notices = []
    with library.reading() as connection:  # held throughout: one state of the file
        numbers = _filtered(connection, asked)
        if asked.query:
            allowed = set(numbers)
            numbers = [number for number in search_index.matching(connection, wanted) if number in allowed]
            if not search_index.current(connection):
                notices.append(search_index.NOTICE)
        near: dict[int, float] = {}
        if asked.like or meaning is not None:
            near, notice = _near(library, connection, numbers, asked, meaning)
            numbers = sorted(near, key=lambda number: (-near[number], number))
            notices += [notice] if notice else []
        page = numbers[asked.offset : asked.offset + asked.limit]
        hits = tuple(
            Hit(
                saved=saved,
                excerpt=search_index.excerpt(connection, number, wanted),
                closeness=round(near[number], 3) if near else None,
            )
            for number in page
            for saved in library_entry.read(connection, [number])
        )
    return Found(hits=hits, total=len(numbers), notice=" ".join(notices))


def _filtered(connection: sqlite3.Connection, asked: Query) -> list[int]:
    rows = connection.execute(
        "SELECT number FROM entries JOIN analyses ON analyses.id = analysis_id"
        " WHERE (?1 = '' OR outlet = ?1 COLLATE NOCASE) AND (?2 = '' OR day >= ?2) AND (?3 = '' OR day < ?3)"
        " ORDER BY number DESC",  # as they were saved, whatever the clock said then
        (asked.outlet, asked.after, asked.before),
    )
    return [row[0] for row in rows]


def _near(
    library: Library,
    connection: sqlite3.Connection,
    numbers: list[int],
    asked: Query,
    meaning: Meaning | None,
) -> tuple[dict[int, float], str]:
    """Cosines by number, and a notice about those that could not be compared."""
    from truthlens.store.traces import cosines  # brings numpy, which lists do without

    itself: set[str] = set()
    if meaning is None:
        meaning, itself = _story(library, asked.like)
    by_id = cosines(library, meaning.model, meaning.vector)
    ids = dict(connection.execute("SELECT number, analysis_id FROM entries").fetchall())
    others = [number for number in numbers if ids[number] not in itself]
    near = {number: by_id[ids[number]] for number in others if ids[number] in by_id}
    left_out = len(others) - len(near)
    counted = "1 saved analysis was" if left_out == 1 else f"{left_out} saved analyses were"
    return near, f"{counted} made by an earlier version and could not be compared." if left_out else ""


def _story(library: Library, asked_id: str) -> tuple[Meaning, set[str]]:
    """A saved story's vector, and the ids of all versions of it."""
    from truthlens.store.traces import kept_traces, model_of

    saved = library.saved(asked_id)
    if saved is None:
        raise ServiceError(
            "unknown_analysis",
            "There is no saved analysis of that id.",
            "`truthlens library list` shows what is saved.",
            status=404,
        )
    model = model_of(library, saved.id)
    if not model:
        raise ServiceError(
            "not_traced",
            "The analysis was saved by an earlier version, which kept nothing to compare it by.",
            "Analyse the article again.",
            status=422,
        )
    trace = kept_traces(library, model, [saved.id])[saved.id]
    same = library.same_article(saved.url, saved.canonical_url)
    return Meaning(model=model, vector=trace.vector), {saved.id, *(each.id for each in same)}
