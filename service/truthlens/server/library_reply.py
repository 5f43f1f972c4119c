"""The library as JSON: the lines of a list, what the reader chose, and everything at once."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Iterator
from typing import Any

import msgspec

from truthlens import __version__
from truthlens.server.revisions_reply import moment
from truthlens.store.library import Library
from truthlens.store.library_search import Found, Hit
from truthlens.store.preferences import Preferences

Json = dict[str, Any]


def page(found: Found, notice: str = "") -> Json:
    """A page of a list or a search, with what there is to tell of the library itself."""
    return {
        "analyses": [_line(hit) for hit in found.hits],
        "total": found.total,
        "notice": " ".join(each for each in (notice, found.notice) if each),
    }


def _line(hit: Hit) -> Json:
    saved = hit.saved
    return {
        "id": saved.id,
        "url": saved.url,
        "canonical_url": saved.canonical_url,
        "title": saved.title,
        "outlet": saved.outlet,
        "published": saved.published,
        "language": saved.language,
        "saved_at": moment(saved.created_at),
        "words": saved.words,
        "findings": saved.findings,
        "own_findings": saved.own_findings,
        "traced": saved.traced,
        "excerpt": hit.excerpt,
        "closeness": hit.closeness,
    }


def preferences(chosen: Preferences) -> Json:
    return {"keeping": chosen.keeping, "retention_days": chosen.retention_days}


def export(library: Library) -> Iterator[bytes]:
    """Everything kept as one JSON object, in pieces: a library may be larger than memory."""
    head = {
        "truthlens": __version__,
        "exported_at": moment(time.time()),
        "preferences": preferences(library.preferences()),
    }
    yield msgspec.json.encode(head)[:-1] + b',"analyses":['
    with library.reading() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM analyses ORDER BY created_at, id")]
    comma = b""
    for each in ids:
        if (kept := _exported(library, each)) is not None:  # it may be forgotten meanwhile
            yield comma + kept
            comma = b","
    yield b"]}"


def _exported(library: Library, analysis_id: str) -> bytes | None:
    with library.reading() as connection:
        row = connection.execute(
            "SELECT url, created_at, result, model, vector, names, traces.published FROM analyses"
            " LEFT JOIN traces ON analysis_id = id WHERE id = ?",
            (analysis_id,),
        ).fetchone()
    if row is None:
        return None
    url, created_at, result, model, vector, names, published = row
    event = model and {
        "model": model,
        "vector": list(struct.unpack(f"<{len(vector) // 2}e", vector)),
        "names": json.loads(names),
        "published": published,
    }
    fields = {"id": analysis_id, "url": url, "saved_at": moment(created_at), "event": event}
    return msgspec.json.encode({**fields, "result": msgspec.Raw(result)})
