"""Writes the tables of one part: first under names that no reader sees, then renamed one after another."""

from __future__ import annotations

import os
import secrets
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from truthlens.batch.rows import Row, Rows
from truthlens.batch.tables import SCHEMA, TABLES, Column


def folder(out: Path, table: str) -> Path:
    """A folder that readers of Parquet take for one file."""
    return out / f"{table}.parquet"


EMPTY = "part-empty.parquet"


def prepare(out: Path) -> None:
    """A file without rows for every table, so that one in which nothing was found can be read as well."""
    from pyarrow import parquet

    for table, columns in TABLES.items():
        place = folder(out, table) / EMPTY
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            hidden = place.with_name(f".{EMPTY}")
            parquet.write_table(_schema(table, columns, {}).empty_table(), hidden)
            hidden.replace(place)


def write(out: Path, part: str, rows: Rows, versions: Mapping[str, str]) -> int:
    """All tables of a part, and how many bytes they take. What an earlier try left under these names goes.

    A table without rows gets no file. The part counts once the journal has it: this alone does not say so.
    """
    from pyarrow import Table, parquet

    written = 0
    for table, columns in TABLES.items():
        place = folder(out, table) / f"part-{part}.parquet"
        if not (found := rows.get(table, ())):
            place.unlink(missing_ok=True)  # an address may have failed then and not now
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        # A leading dot hides it from readers of the folder; no two writers share it.
        hidden = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            with hidden.open("wb") as file:
                content = Table.from_pylist(list(found), schema=_schema(table, columns, versions))
                parquet.write_table(content, file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())
                written += file.tell()
            hidden.replace(place)
        except BaseException:
            hidden.unlink(missing_ok=True)
            raise
    return written


def sweep(out: Path, done: Container[str]) -> None:
    """Remove what a killed run left: hidden files, and tables of parts that are not ``done``."""
    for table in TABLES:
        for file in sorted(folder(out, table).glob("*")):
            name = file.name.removeprefix("part-").removesuffix(".parquet")
            if file.name != EMPTY and (file.name.startswith(".") or name not in done):
                with suppress(FileNotFoundError):  # a worker that outlived its run may be done with it
                    file.unlink()


def merged(rows: Sequence[Rows]) -> Rows:
    """Those of many records as those of one part."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for each in rows:
        for table, more in each.items():
            found[table] += more
    return found


def _schema(table: str, columns: Sequence[Column], versions: Mapping[str, str]) -> Any:
    import pyarrow as pa

    text = pa.string()
    types = {
        "text": text,
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float32": pa.float32(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "texts": pa.list_(text),
        "checks": pa.list_(pa.struct([("element", text), ("words", text), ("result", text)])),
    }
    about = {"truthlens.table": table, "truthlens.schema": str(SCHEMA)}
    about |= {f"truthlens.version.{name}": value for name, value in versions.items()}
    return pa.schema([(column.name, types[column.type]) for column in columns], metadata=about)
