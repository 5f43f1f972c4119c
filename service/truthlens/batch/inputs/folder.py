"""A folder of saved pages, packed by gzip or not, with all folders inside it, in the order of their names; or
one page.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from truthlens.batch.inputs.columns import Columns
from truthlens.batch.inputs.opened import opened
from truthlens.batch.record import Record, Refusal
from truthlens.extract.decode import decode
from truthlens.extract.prescan import BYTES_CEILING, page_too_large

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def pages(folder: Path) -> Iterator[Path]:
    """Links to folders are not followed: they may lead round in circles."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if _suffix(name) in SUFFIXES:
                yield Path(place) / name


def read(path: Path, _columns: Columns) -> Iterator[tuple[int, Record]]:
    behind = 0
    for page in [path] if path.is_file() else pages(path):
        name = page.name if page == path else page.relative_to(path).as_posix()
        record = Record(name=os.fsencode(name).decode("utf-8", "replace"))
        try:
            with opened(page) as (stream, position):
                body = stream.read(BYTES_CEILING + 1)  # unpacked: a small file may hold a gigabyte
                behind += position()
        except (OSError, EOFError, zlib.error) as error:
            told = getattr(error, "strerror", None) or "it is not what its name says"
            why = Refusal(stage="read", code="unreadable", message=f"The file cannot be read: {told}.")
            yield behind, record.refused(why)
            continue
        if len(body) > BYTES_CEILING:
            yield (
                behind,
                record.refused(Refusal.of("read", page_too_large("The page has more than 8 MiB of HTML."))),
            )
        else:
            yield behind, Record(name=record.name, html=decode(body))


def _suffix(name: str) -> str:
    """Of the page, packed or not."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
