"""What is finished, a line a part. Appended to, never written anew: a run may have a hundred thousand."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import msgspec

from truthlens.batch.record import Finished

NAME = "parts.jsonl"


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
            whole = content[: content.rfind(b"\n") + 1]  # a kill may have cut the last line short
            for line in whole.splitlines():
                self._keep(msgspec.json.decode(line, type=Finished))
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
        return frozenset(f"{source:04d}-{index:06d}" for source, index in self.finished)

    def close(self) -> None:
        self._file.close()

    def _keep(self, part: Finished) -> None:
        self.finished[part.source, part.index] = part
        self._done[part.source].add(part.index)
        if part.last:
            self._last[part.source] = part.index
