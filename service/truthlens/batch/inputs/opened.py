"""A file of records as bytes, unpacked when its name ends in .gz."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], int]]]:
    """The stream, and how many bytes of the file itself were read from disk so far."""
    with path.open("rb") as raw:
        if path.suffix.lower() != ".gz":
            yield raw, raw.tell
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield cast(BinaryIO, unpacked), raw.tell
