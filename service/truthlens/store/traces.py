"""Traces of events in and out of the library's file, and which saved articles are nearest to one."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from truthlens.encode import Floats
from truthlens.events.event_trace import EventTrace
from truthlens.model_file import DIM
from truthlens.store.library import Library
from truthlens.store.library_entry import StoredTrace


def stored(trace: EventTrace, model: str) -> StoredTrace:
    """The form in which a trace is kept; ``model`` is the digest of the encoder behind its vector."""
    return StoredTrace(
        model=model,
        vector=trace.vector.astype("<f2").tobytes(),
        names=tuple(sorted(trace.names)),
        published=trace.published,
    )


def kept_traces(library: Library, model: str, ids: Sequence[str] | None = None) -> dict[str, EventTrace]:
    """Traces of saved analyses by their id, all of them or those of ``ids``: only what ``model`` encoded."""
    fields = "SELECT analysis_id, vector, names, published FROM traces WHERE model = ?"
    with library.reading() as connection:
        if ids is None:
            rows = connection.execute(fields, (model,)).fetchall()
        else:
            rows = [
                row
                for each in ids
                for row in connection.execute(f"{fields} AND analysis_id = ?", (model, each))
            ]
    return {
        row[0]: EventTrace(vector=_vector(row[1]), names=frozenset(json.loads(row[2])), published=row[3])
        for row in rows
    }


def model_of(library: Library, analysis_id: str) -> str:
    """The encoder behind the trace of a saved analysis; "" when it has none."""
    with library.reading() as connection:
        row = connection.execute("SELECT model FROM traces WHERE analysis_id = ?", (analysis_id,)).fetchone()
    return row[0] if row else ""


def cosines(library: Library, model: str, vector: Floats) -> dict[str, float]:
    """Cosine -1..1 of a unit vector (384,) with each trace that ``model`` encoded, by id of the analysis."""
    with library.reading() as connection:
        rows = connection.execute(
            "SELECT analysis_id, vector FROM traces WHERE model = ?", (model,)
        ).fetchall()
    matrix = np.frombuffer(b"".join(blob for _, blob in rows), "<f2").reshape(-1, DIM).astype(np.float32)
    lengths = np.maximum(np.linalg.norm(matrix, axis=1), 1e-9)
    return dict(zip((row[0] for row in rows), (matrix @ vector / lengths).tolist(), strict=True))


def _vector(blob: bytes) -> Floats:
    # Float16 rounds at the fourth digit, so the length is brought back to one.
    vector = np.frombuffer(blob, "<f2").astype(np.float32)
    vector /= max(float(np.linalg.norm(vector)), 1e-9)
    vector.flags.writeable = False
    return vector
