"""Notes on disk of the record in hand, so that one that kills its process does so only so often."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType

from truthlens.errors import ServiceError

FOLDER = "attempts"
DEATHS = 2  # in the hands of one record, after which it is passed over; the first may have had another cause
TRIES = 12  # of one part; when it takes more, records are hardly to blame


class Attempts:
    """Of one part. Raises ServiceError ``worker_died`` after `TRIES`.

    ``deadly`` are the places of records in whose hands a process died `DEATHS` times. A note need not survive
    the machine, only the process.
    """

    def __init__(self, out: Path, part: str) -> None:
        place = out / FOLDER / part
        place.parent.mkdir(parents=True, exist_ok=True)
        earlier = place.read_text("ascii").split("begin\n") if place.exists() else []
        if len(earlier) > TRIES:
            raise ServiceError(
                "worker_died",
                f"Processes died {TRIES} times over one part.",
                "There may be too little memory: try fewer --workers. What is finished is kept.",
                status=503,
            )
        last = [int(notes.split()[-1]) for notes in earlier if notes.endswith("\n")]
        self.deadly = frozenset(at for at in last if last.count(at) >= DEATHS)
        self._place = place
        self._notes = place.open("ab", buffering=0)
        self._notes.write(b"begin\n")

    def at(self, place: int) -> None:
        """The record at this place of the part is now in hand."""
        self._notes.write(b"%d\n" % place)

    def __enter__(self) -> Attempts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Without an error the part is done and its notes go."""
        self._notes.close()
        if kind is None:
            self._place.unlink(missing_ok=True)


def forget(out: Path) -> None:
    """A new run holds nothing against any record: the old one may have been killed from outside."""
    shutil.rmtree(out / FOLDER, ignore_errors=True)
