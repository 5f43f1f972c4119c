"""What every article of a run adds to the measures, counted out of its tables a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from truthlens.batch import journal, output
from truthlens.digest.impact import FRAMES

Counts = npt.NDArray[np.float32]
"""(articles, `COLUMNS`). Narrow, since there may be millions; sums over them are not."""

COLUMNS = (
    "articles", "sentences", "own_sentences", "own_loaded", "said_sentences", "said_loaded", "own_marks",
    "own_words", "quote_words", "attributed_words", "text_words", "sources", "sources_unnamed",
    "sources_official", "without_named", "headlines", "headline_loaded", "headline_checked",
    "headline_missing", "checks", "checks_missing", "clickbait", *(f"frame_{key}" for key in FRAMES),
)  # fmt: skip
AT = {name: place for place, name in enumerate(COLUMNS)}
_TEXTS = ("id", "url", "canonical_url", "outlet", "published", "captured")
_WORDS = ("own_words", "quote_words", "attributed_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Articles of one part: what they are, as text, and (articles, `COLUMNS`) what they add."""

    about: dict[str, list[str]]
    counts: Counts


def counted(out: Path) -> Iterator[Counted]:
    """Finished parts alone, since tables of another may lack rows. One at a time is in memory."""
    for part in sorted(journal.parts(out)):
        found = _part(out, part)
        if found is not None:
            yield found


def _part(out: Path, part: str) -> Counted | None:
    articles = _table(out, "articles", part, (*_TEXTS, *_WORDS, "headline_checks"))
    if articles is None or not articles.num_rows:
        return None
    counts = np.zeros((articles.num_rows, len(COLUMNS)), np.float32)
    counts[:, AT["articles"]] = 1
    for name in _WORDS:
        counts[:, AT[name]] = articles[name].to_numpy()
    counts[:, AT["text_words"]] = counts[:, [AT[name] for name in _WORDS]].sum(axis=1)
    _headlines(articles["headline_checks"], counts)
    ids = articles["id"]
    _sentences(_table(out, "sentences", part, _SENTENCES), ids, counts)
    _findings(_table(out, "findings", part, ("article", "voice")), ids, counts)
    _sources(_table(out, "sources", part, ("article", "kind", "role")), ids, counts)
    about = {name: [value or "" for value in articles[name].to_pylist()] for name in _TEXTS}
    return Counted(about=about, counts=counts)


def _table(out: Path, table: str, part: str, columns: Sequence[str]) -> Any:
    """None for a table in which a part has no rows, and so no file."""
    from pyarrow import parquet

    place = output.folder(out, table) / f"part-{part}.parquet"
    return parquet.read_table(place, columns=list(columns)).combine_chunks() if place.exists() else None


_SENTENCES = ("article", "voice", "is_loaded", "clickbait", "frames")


def _sentences(table: Any, ids: Any, counts: Counts) -> None:
    if table is None:
        return
    import pyarrow.compute as pc

    at, voice = _places(table, ids), np.asarray(table["voice"].to_pylist())
    loaded = table["is_loaded"].to_numpy()
    own, said, headline = voice == "own", np.isin(voice, ("quote", "attributed")), voice == "headline"
    _add(counts, "sentences", at[~headline])
    _add(counts, "own_sentences", at[own])
    _add(counts, "own_loaded", at[own & loaded])
    _add(counts, "said_sentences", at[said])
    _add(counts, "said_loaded", at[said & loaded])
    # A headline may be several sentences: it is loaded if one is, and as much clickbait as the most so.
    clickbait = table["clickbait"].to_numpy(zero_copy_only=False)
    for place in np.flatnonzero(~np.isnan(clickbait)):
        row = counts[at[place]]
        row[AT["headlines"]] = 1
        row[AT["headline_loaded"]] = max(row[AT["headline_loaded"]], float(loaded[place]))
        row[AT["clickbait"]] = max(row[AT["clickbait"]], clickbait[place])
    frames = table["frames"].combine_chunks()
    of = pc.list_parent_indices(frames).to_numpy()
    shown = np.asarray(pc.list_flatten(frames).to_pylist())
    for key in FRAMES:
        mine = of[shown == key]
        _add(counts, f"frame_{key}", at[mine][~headline[mine]])


def _findings(table: Any, ids: Any, counts: Counts) -> None:
    if table is not None:
        own = np.asarray(table["voice"].to_pylist()) == "own"
        _add(counts, "own_marks", _places(table, ids)[own])


def _sources(table: Any, ids: Any, counts: Counts) -> None:
    named = np.zeros(len(counts), bool)
    if table is not None:
        at = _places(table, ids)
        kind, role = (np.asarray(table[name].to_pylist()) for name in ("kind", "role"))
        _add(counts, "sources", at)
        _add(counts, "sources_unnamed", at[kind == "unnamed"])
        _add(counts, "sources_official", at[role == "official"])
        named[at[kind != "unnamed"]] = True
    counts[:, AT["without_named"]] = ~named


def _headlines(checks: Any, counts: Counts) -> None:
    import pyarrow.compute as pc

    checks = checks.combine_chunks()
    of = pc.list_parent_indices(checks).to_numpy()
    missing = np.asarray(pc.struct_field(pc.list_flatten(checks), "result").to_pylist()) == "missing"
    _add(counts, "checks", of)
    _add(counts, "checks_missing", of[missing])
    counts[:, AT["headline_checked"]] = counts[:, AT["checks"]] > 0
    counts[:, AT["headline_missing"]] = counts[:, AT["checks_missing"]] > 0


def _places(table: Any, ids: Any) -> npt.NDArray[np.int64]:
    """Of the article of each row, among ``ids``."""
    import pyarrow.compute as pc

    found = pc.index_in(table["article"], value_set=ids.combine_chunks())
    return np.asarray(found.to_numpy(), np.int64)


def _add(counts: Counts, name: str, rows: npt.NDArray[np.int64]) -> None:
    counts[:, AT[name]] += np.bincount(rows, minlength=len(counts))
