"""Parquet, a few rows at a time and only the columns that are used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from truthlens.batch.inputs.columns import Columns, chosen, record_of
from truthlens.batch.record import Record

ROWS = 64  # unpacked at once; pages may have megabytes


def read(path: Path, columns: Columns) -> Iterator[tuple[int, Record]]:
    from pyarrow import parquet

    size = path.stat().st_size
    with parquet.ParquetFile(path) as file:
        wanted = sorted(set(chosen(file.schema_arrow.names, columns).values()))
        total, seen = max(1, file.metadata.num_rows), 0
        for batch in file.iter_batches(batch_size=ROWS, columns=wanted):
            # A table without any column that we know still has rows, and each becomes an error.
            rows = batch.to_pylist() if wanted else [{}] * batch.num_rows
            for row in rows:
                seen += 1
                yield size * seen // total, record_of(row, columns)
