"""What is finished, a line a part. Appended to, never written anew: a run may have a hundred thousand."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from truthlens.batch.record import Finished

NAME = "parts.jsonl"


def parts(out: Path) -> frozenset[str]:
    """Names of the finished parts, for whoever only reads; the run may be going on meanwhile."""
    path = out / NAME
    return frozenset(each.name for each in _read(path.read_bytes())) if path.exists() else frozenset()


class Journal:
    """Finished parts, those of earlier runs included. A part is done once its line is on disk, not before."""

    def __init__(self, out: Path) -> None:
        self.finished: dict[tuple[int, int], Finished] = {}
        self._done: dict[int, set[int]] = defaultdict(set)  # indices by source
        self._last: dict[int, int] = {}
        path = out / NAME
        whole = b""
        if path.exists():
            content = path.read_bytes()
            whole = _whole(content)
            for part in _read(content):
                self._keep(part)
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(len(whole))
        self._file.seek(len(whole))

    def add(self, part: Finished) -> None:
        self._file.write(msgspec.json.encode(part) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._keep(part)

    def done(self, source: int) -> frozenset[int]:
        """Indices of the finished parts of a source."""
        return frozenset(self._done[source])

    def complete(self, source: int) -> bool:
        """Whether a source need not even be opened: its last part is known, and none is missing."""
        return len(self._done[source]) == self._last.get(source, -2) + 1

    def names(self) -> frozenset[str]:
        return frozenset(part.name for part in self.finished.values())

    def close(self) -> None:
        self._file.close()

    def _keep(self, part: Finished) -> None:
        self.finished[part.source, part.index] = part
        self._done[part.source].add(part.index)
        if part.last:
            self._last[part.source] = part.index


def _read(content: bytes) -> Iterator[Finished]:
    for line in _whole(content).splitlines():
        yield msgspec.json.decode(line, type=Finished)


def _whole(content: bytes) -> bytes:
    """Without a last line that a kill cut short."""
    return content[: content.rfind(b"\n") + 1]
