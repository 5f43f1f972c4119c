"""Runs `truthlens batch` in a process group of its own, and notes what it takes: time, processor, memory."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).resolve().parent
POLL_SECONDS = 0.25
MIB = 2**20


@dataclass(slots=True)
class Watched:
    """``finished`` are (seconds since the start, parts done by then). Bytes are the most that any one process
    of its kind held: ``worker`` one with a model, ``parser`` one that parses pages for it; 0 where the system
    does not tell. ``shared`` is what a worker shares with others of its kind: files, that is, libraries.
    """

    seconds: float = 0.0
    processor: float = 0.0
    code: int = 0
    said: str = ""
    worker: int = 0
    shared: int = 0
    parser: int = 0
    finished: list[tuple[float, int]] = field(default_factory=list)


def command(inputs: Sequence[Path], out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "truthlens", "batch", *map(str, inputs), "--out", str(out), *more]


def watched(words: list[str], out: Path, *, kill_after: int | None = None, late: float = 0.0) -> Watched:
    """Runs to its end; or, ``late`` seconds after ``kill_after`` parts are done, kills the whole group."""
    found, began, spent = Watched(), time.monotonic(), _spent()
    paths = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        words,
        env=environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        while process.poll() is None:
            time.sleep(POLL_SECONDS)
            parts = parts_done(out)
            if not found.finished or found.finished[-1][1] != parts:
                found.finished.append((time.monotonic() - began, parts))
            _remember(found, process.pid)
            if kill_after is not None and parts >= kill_after:
                time.sleep(late)
                os.killpg(process.pid, signal.SIGKILL)
        found.said = process.stdout.read() if process.stdout else ""
    found.seconds, found.code, found.processor = (
        time.monotonic() - began,
        process.returncode,
        _spent() - spent,
    )
    return found


def _spent() -> float:
    """Seconds of processor time of all children that have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def parts_done(out: Path) -> int:
    """How many the journal speaks for."""
    journal = out / "parts.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def _remember(found: Watched, pid: int) -> None:
    for worker in _children(pid):
        most, shared = _memory(worker)
        if most > found.worker:
            found.worker, found.shared = most, shared
        for parser in _children(worker):
            found.parser = max(found.parser, _memory(parser)[0])


def _children(pid: int) -> Iterator[int]:
    """Without the process by which Python's multiprocessing cleans up. None but on Linux."""
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)
    except OSError:  # it has just ended
        return


def _memory(pid: int) -> tuple[int, int]:
    """Most that was resident so far, and how much of what is resident now is of files, in bytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    told = dict(line.split(":", 1) for line in lines)
    return tuple(1024 * int(told.get(name, "0").split()[0]) for name in ("VmHWM", "RssFile"))
