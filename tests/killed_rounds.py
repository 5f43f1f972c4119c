"""Run on its own: forks a process that uses the library, kills it (SIGKILL) at a moment of chance, looks at
what is left, and again. Prints as JSON what was tried and whatever was not as promised.

A process that is killed proves that nothing is lost when a program crashes. It proves nothing about a power
cut: what the kernel has taken, it still writes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from truthlens.store import backups, library_file, search_index
from truthlens.store.library import Library
from truthlens.store.library_file import FILE_NAME
from truthlens.store.restoring import restore
from truthlens.store.schema import MIGRATIONS, migrate, version

ROUNDS_PER_FOLDER = 25  # a library that grows for hundreds of rounds only makes each look slower
Broken = list[str]


def result(name: str) -> dict[str, Any]:
    """What is saved under a name: long enough that it takes several pages, and known from the name."""
    words = random.Random(name).choices(["harbour", "ferry", "council", "strike", "budget", name], k=900)
    return {"article": {"text": " ".join(words), "title": name, "outlet": "The Tideway"}}


def save(library: Library, name: str) -> None:
    library.save(
        name, result(name), request_id=f"r{name}", versions="v", url=f"https://a.test/{name}", title=name
    )


def killed_after(seconds: float, work: Callable[[int], None]) -> list[str]:
    """What a process that does ``work`` acknowledged, a line each, before it was killed."""
    reads, writes = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reads)
        try:
            work(writes)
        finally:
            os._exit(0)
    os.close(writes)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reads, "rb") as pipe:
        said = pipe.read().decode()
    return said.splitlines() if said.endswith("\n") else said.splitlines()[:-1]


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not connection.execute("PRAGMA foreign_key_check").fetchall()
        )


def writing(folder: Path, rounds: int, chance: random.Random) -> dict[str, Any]:
    """Saves and forgets without a pause; each is acknowledged once the call has returned."""
    broken: Broken = []
    told = {"saved": 0, "forgotten": 0}
    kept: set[str] = set()
    gone: set[str] = set()
    data = folder

    for turn in range(rounds):
        if turn % ROUNDS_PER_FOLDER == 0:
            data, kept, gone = folder / str(turn), set(), set()
            Library.open(data).close()

        def work(
            pipe: int, turn: int = turn, data: Path = data, kept: frozenset[str] = frozenset(kept)
        ) -> None:
            library = Library.open(data)
            old = sorted(kept)
            for number in range(1_000_000):
                save(library, f"{turn}-{number}")
                os.write(pipe, f"+{turn}-{number}\n".encode())
                if number % 5 == 4 and old:
                    name = old.pop()
                    os.write(pipe, f"?{name}\n".encode())
                    library.forget(name)
                    os.write(pipe, f"-{name}\n".encode())

        doubtful: set[str] = set()
        for line in killed_after(chance.uniform(0.0, 0.25), work):
            name = line[1:]
            if line[0] == "+":
                kept.add(name)
                told["saved"] += 1
            elif line[0] == "?":
                doubtful.add(name)
            else:
                doubtful.discard(name)
                kept.discard(name)
                gone.add(name)
                told["forgotten"] += 1
        kept -= doubtful  # the kill fell between the two: either is right
        broken += look(data, kept, gone, f"round {turn}")
    return {"rounds": rounds, **told, "broken": broken}


def look(data: Path, kept: set[str], gone: set[str], where: str) -> Broken:
    """What is not as it was acknowledged."""
    broken = [] if whole(data / FILE_NAME) else [f"{where}: the file is damaged"]
    with closing(Library.open(data, thorough=True)) as library:
        if library.notice:
            broken.append(f"{where}: {library.notice}")
        broken += [f"{where}: {name} is lost" for name in kept if library.result(name) != result(name)]
        broken += [f"{where}: {name} came back" for name in gone if library.result(name) is not None]
        with library.reading() as connection:
            broken += [f"{where}: {fault}" for fault in search_index.faults(connection)]
    return broken


def first_version(path: Path, names: list[str]) -> None:
    """A library as the first released version left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        connection.execute("BEGIN")
        for name in names:
            connection.execute(
                "INSERT INTO analyses VALUES (?, 'v', '', ?, 1.0, ?)",
                (name, name, json.dumps(result(name)).encode()),
            )
        connection.execute("COMMIT")


def tables(connection: sqlite3.Connection) -> list[Any]:
    return connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE name NOT GLOB 'search*' ORDER BY 1"
    ).fetchall()


def migrating(folder: Path, rounds: int, chance: random.Random) -> dict[str, Any]:
    """Afterwards the file is of the first version or of the newest, with all rows, and a backup was first."""
    names = [f"n{number}" for number in range(150)]
    old = folder / "old"
    first_version(old, names)
    began = time.monotonic()
    new = folder / "new"
    new.mkdir()
    shutil.copy(old, new / FILE_NAME)
    Library.open(new).close()
    seconds = time.monotonic() - began
    with closing(sqlite3.connect(old)) as before, closing(sqlite3.connect(new / FILE_NAME)) as after:
        shapes = {version(each): tables(each) for each in (before, after)}
    broken: Broken = []
    found = dict.fromkeys(shapes, 0)
    for turn in range(rounds):
        data = folder / f"round-{turn}"
        data.mkdir()
        shutil.copy(old, data / FILE_NAME)
        killed_after(chance.uniform(0, seconds), lambda _pipe, data=data: Library.open(data).close())
        with closing(sqlite3.connect(data / FILE_NAME)) as connection:
            number = version(connection)
            if tables(connection) != shapes.get(number):
                broken.append(f"round {turn}: version {number} with tables of another")
        found[number] = found.get(number, 0) + 1
        copies = backups.listing(data)
        if number == len(MIGRATIONS) and not copies:
            broken.append(f"round {turn}: it was upgraded without a backup")
        broken += [
            f"round {turn}: {copy.path.name} is no good" for copy in copies if not holds(copy.path, names)
        ]
        broken += look(data, set(names), set(), f"round {turn}")
    return {"rounds": rounds, "left": found, "broken": broken}


def holds(path: Path, names: list[str]) -> bool:
    """Whether a backup is whole and has exactly these analyses."""
    with closing(sqlite3.connect(path)) as connection:
        ids = {row[0] for row in connection.execute("SELECT id FROM analyses")}
    return whole(path) and ids == set(names)


def backing_up(folder: Path, rounds: int, chance: random.Random) -> dict[str, Any]:
    """Every backup that has a name is a whole one, and those that were there stay as they were."""
    names = [f"n{number}" for number in range(150)]
    first_version(folder / FILE_NAME, names)
    with closing(Library.open(folder)) as library:
        began = time.monotonic()
        good = library.back_up().path
        seconds = time.monotonic() - began
    content = good.read_bytes()
    broken: Broken = []
    for turn in range(rounds):

        def work(_pipe: int) -> None:
            Library.open(folder).back_up()

        killed_after(chance.uniform(0, 1.2 * seconds), work)
        if good.read_bytes() != content:
            broken.append(f"round {turn}: an earlier backup was changed")
        bad = [copy.path.name for copy in backups.listing(folder) if not holds(copy.path, names)]
        broken += [f"round {turn}: {name} is no good" for name in bad]
    made = len(backups.listing(folder))
    backups.sweep(folder)
    left = {path.name for path in (folder / backups.FOLDER).iterdir()} - {
        copy.path.name for copy in backups.listing(folder)
    }
    return {
        "rounds": rounds,
        "made": made,
        "broken": [*broken, *(f"{name} was left behind" for name in left)],
    }


def restoring(folder: Path, rounds: int, chance: random.Random) -> dict[str, Any]:
    """Afterwards all of the one or all of the other is kept."""
    first, second = [f"a{number}" for number in range(60)], [f"b{number}" for number in range(80)]
    Library.open(folder / "second").close()
    with closing(Library.open(folder / "second")) as library:
        for name in second:
            save(library, name)
        source = library.back_up().path
        began = time.monotonic()
        restore(library, source)
        seconds = time.monotonic() - began
    with closing(Library.open(folder / "first")) as library:
        for name in first:
            save(library, name)
    broken: Broken = []
    found = {"old": 0, "new": 0}
    for turn in range(rounds):
        data = folder / f"round-{turn}"
        data.mkdir()
        shutil.copy(folder / "first" / FILE_NAME, data / FILE_NAME)

        def work(_pipe: int, data: Path = data) -> None:
            restore(Library.open(data), source)

        killed_after(chance.uniform(0, 1.2 * seconds), work)
        with closing(Library.open(data)) as library:
            kept = {saved.id for saved in library.listing(1000)}
        match = "old" if kept == set(first) else "new" if kept == set(second) else ""
        broken += look(data, kept, set(), f"round {turn}")
        if match:
            found[match] += 1
        else:
            broken.append(f"round {turn}: {len(kept)} rows of neither")
    return {"rounds": rounds, "left": found, "broken": broken}


KINDS = {"writing": writing, "migrating": migrating, "backing_up": backing_up, "restoring": restoring}

if __name__ == "__main__":
    kind, count, place, journal = sys.argv[1:]
    if journal == "WAL":  # sound here with any SQLite: its fault needs two connections at once
        library_file.WAL_SAFE_FROM = (3, 0, 0)
    started = Path(place)
    started.mkdir(parents=True)
    json.dump(KINDS[kind](started, int(count), random.Random(f"{kind} {journal}")), sys.stdout)
