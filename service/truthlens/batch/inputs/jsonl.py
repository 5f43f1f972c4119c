"""JSON Lines: one object a line. Read line by line, so that a line that is no JSON costs one record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from truthlens.batch.inputs.columns import Columns, bad, record_of
from truthlens.batch.inputs.opened import opened
from truthlens.batch.record import Record

LINE_BYTES = 32 * 2**20  # a page of 8 MiB, its quotes and control characters escaped


def read(path: Path, columns: Columns) -> Iterator[tuple[int, Record]]:
    with opened(path) as (stream, position):
        while line := stream.readline(LINE_BYTES):
            if not line.endswith(b"\n") and len(line) == LINE_BYTES:
                while (rest := stream.readline(LINE_BYTES)) and not rest.endswith(b"\n"):
                    pass
                yield position(), bad("The line is longer than 32 MiB.")
            elif line.strip():
                yield position(), _record(line, columns)


def _record(line: bytes, columns: Columns) -> Record:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return bad("The line is not JSON.")
    return record_of(row, columns) if isinstance(row, dict) else bad("The line is not a JSON object.")
