"""A list of web addresses, one a line; empty lines and those that begin with # are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from truthlens.batch.inputs.columns import Columns
from truthlens.batch.inputs.opened import opened
from truthlens.batch.record import Record

LINE_BYTES = 64 * 1024  # no address has as many; what is longer is refused when it is fetched


def read(path: Path, _columns: Columns) -> Iterator[tuple[int, Record]]:
    """Nothing is fetched here: see `polite.py`."""
    with opened(path) as (stream, position):
        while line := stream.readline(LINE_BYTES):
            url = line.decode("utf-8-sig", "replace").strip()
            if url and not url.startswith("#"):
                yield position(), Record(name=url[:200], url=url, fetch=True)
