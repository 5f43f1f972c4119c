"""CSV and TSV with a header. By the standard library: pyarrow gives up a whole block for one bad line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from truthlens.batch.inputs.columns import Columns, bad, record_of
from truthlens.batch.inputs.opened import opened
from truthlens.batch.record import Record

FIELD_CHARACTERS = 16 * 2**20  # in one cell, pages included


def read(path: Path, columns: Columns) -> Iterator[tuple[int, Record]]:
    csv.field_size_limit(FIELD_CHARACTERS)
    tabs = ".tsv" in path.suffixes
    with opened(path) as (stream, position):
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        rows = csv.DictReader(lines, delimiter="\t" if tabs else ",")
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield position(), bad(f"The row cannot be read: {error}.")
                continue
            yield position(), record_of({key: row[key] for key in row if isinstance(key, str)}, columns)
