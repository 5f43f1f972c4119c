"""The inputs of a run: what kind each is, and by what one knows later that it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from truthlens.batch.inputs import addresses, folder, jsonl, parquet, rows, warc
from truthlens.batch.inputs.columns import Columns
from truthlens.batch.record import Record, Refusal
from truthlens.errors import ServiceError

Kind = Literal["jsonl", "csv", "parquet", "warc", "html", "urls"]
Read = Callable[[Path, Columns], Iterator[tuple[int, Record]]]

READERS: Mapping[Kind, Read] = {
    "jsonl": jsonl.read,
    "csv": rows.read,
    "parquet": parquet.read,
    "warc": warc.read,
    "html": folder.read,
    "urls": addresses.read,
}
_SUFFIXES: Mapping[str, Kind] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".warc": "warc", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "urls", ".urls": "urls",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``path`` as the user named it, ``size`` in bytes. ``digest`` changes when the files do: it is made of
    names, sizes and times, not of what they hold, since archives have gigabytes.
    """

    number: int
    kind: Kind
    path: str
    size: int
    digest: str


def sources(paths: Sequence[str], kind: Kind | None = None) -> tuple[Source, ...]:
    """In the order given. Raises ServiceError ``bad_input``."""
    found = []
    for number, name in enumerate(paths):
        path = Path(name)
        if not path.exists():
            raise _bad_input(number, "there is no such file or folder")
        its_kind = kind or ("html" if path.is_dir() else _kind(path))
        if its_kind is None:
            raise _bad_input(number, "its name does not tell what it holds")
        if path.is_dir() and its_kind != "html":
            raise _bad_input(number, "it is a folder, and only pages are read from folders")
        if path.is_dir() and next(folder.pages(path), None) is None:
            raise _bad_input(number, "no page is in the folder")
        size, digest = _state(path)
        found.append(Source(number=number, kind=its_kind, path=name, size=size, digest=digest))
    return tuple(found)


def read(source: Source, columns: Columns) -> Iterator[tuple[int, Record]]:
    """All records of a source, numbered from 0. What breaks off becomes a last record with a refusal."""
    number, behind = 0, 0
    try:
        for behind, record in READERS[source.kind](Path(source.path), columns):
            yield behind, replace(record, source=source.number, number=number)
            number += 1
    except Exception as error:  # noqa: BLE001  # each library fails in its own ways, none may end the run
        message = f"The input cannot be read from here on ({type(error).__name__})."
        refusal = Refusal(stage="read", code="unreadable", message=message)
        yield behind, Record(source=source.number, number=number, refusal=refusal)


def _kind(path: Path) -> Kind | None:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return _SUFFIXES.get(suffixes[-1]) if suffixes else None


def _state(path: Path) -> tuple[int, str]:
    files = [path] if path.is_file() else folder.pages(path)
    size, digest = 0, hashlib.sha256()
    for file in files:
        state = file.stat()
        size += state.st_size
        digest.update(
            f"{file.relative_to(path)}\0{state.st_size}\0{state.st_mtime_ns}\n".encode(errors="replace")
        )
    return size, digest.hexdigest()[:32]


def _bad_input(number: int, found: str) -> ServiceError:
    return ServiceError(
        "bad_input",
        f"Input {number + 1} cannot be used: {found}.",
        "Name files of .jsonl, .csv, .tsv, .warc or .html (also with .gz), .parquet, lists of addresses "
        "(.txt), or folders of pages; --kind says what others hold.",
    )
