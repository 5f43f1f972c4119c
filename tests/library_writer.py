"""Run on its own: saves analyses in a library that others use at the same time, and says when each is safe.

`library_writer.py FOLDER NAME COUNT|SECONDSs HOW`, where HOW is `held` (opened once, as the service does),
`anew` (for each save, as commands do) or `checkpoint` (empties the write-ahead log, where there is one).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from truthlens.store.library import Library


def turns(wanted: str) -> Iterator[int]:
    """So many, or for so many seconds."""
    if not wanted.endswith("s"):
        yield from range(int(wanted))
        return
    end, number = time.monotonic() + float(wanted[:-1]), 0
    while time.monotonic() < end:
        yield number
        number += 1


def save(library: Library, name: str) -> None:
    article = {"article": {"text": f"{name}: the ferry and the harbour. " * 20, "title": name}}
    library.save(name, article, request_id=f"r{name}", versions="v", url="", title=name)
    print(name, flush=True)


def main(folder: Path, name: str, wanted: str, how: str) -> None:
    if how == "anew":
        for number in turns(wanted):
            library = Library.open(folder)
            save(library, f"{name}-{number}")
            library.close()
        return
    library = Library.open(folder)
    for number in turns(wanted):
        if how == "held":
            save(library, f"{name}-{number}")
        else:
            with library.reading() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            time.sleep(0.01)
    library.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
