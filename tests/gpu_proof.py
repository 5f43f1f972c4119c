"""Shows what GPUs do for `truthlens batch --engine ray`, and that its tables stay what they are.

`python tests/gpu_proof.py --folder DIR`, with the real model, on a machine with a GPU, a torch with CUDA and
Ray: some five minutes for 1,000 articles on an H200 with 16 cores. Runs on the cores, then on the GPU with
different numbers of models, kills one of these models on the way, and compares the tables. Ends with code 1
when a run fails, when nobody was killed, or when a kill changed a row.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from batch_costs import rate
from batch_proof import Tables, tables
from batch_watch import POLL_SECONDS, command, parts_done, watched
from many_articles import write

PART = 10


def models() -> list[int]:
    """Processes of Ray that hold a model."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            called = (process / "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue
        if called.startswith(b"ray::") and b"_Analyse" in called:
            found.append(int(process.name))
    return found


def kill_one(out: Path, at: int, killed: list[int]) -> None:
    """Kills the first model that is there once ``at`` parts are done."""
    while parts_done(out) < at:
        time.sleep(POLL_SECONDS)
    for process in models()[:1]:
        os.kill(process, signal.SIGKILL)
        killed.append(process)


def gap(one: Tables, other: Tables) -> tuple[int, float]:
    """Rows that tell something else, and how far numbers lie apart in the rest."""
    others, apart = 0, 0.0
    for name, rows in one.items():
        beside = other[name]
        others += abs(len(rows) - len(beside))
        for left, right in zip(rows, beside, strict=False):
            pairs = [(left[key], right[key]) for key in left]
            numbers = [pair for pair in pairs if all(isinstance(value, float) for value in pair)]
            apart = max([apart, *(abs(mine - theirs) for mine, theirs in numbers)])
            others += any(mine != theirs for mine, theirs in pairs if (mine, theirs) not in numbers)
    return others, apart


def run(made: Path, folder: Path, count: int, name: str, workers: int, *more: str) -> Tables:
    words = command([made], folder / name, "--part-size", str(PART), "--workers", str(workers), *more)
    found = watched(words, folder / name)
    if found.code:
        sys.exit(f"{name}: {found.said}")
    print(
        f"{name:12} {found.seconds:6.1f} s, {rate(found, workers, PART, count):6.1f} articles/s", flush=True
    )
    return tables(folder / name)


def main(arguments: Sequence[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--count", type=int, default=1000)
    words.add_argument("--models", type=int, nargs="*", default=[2, 4, 8], help="how many, run after run")
    words.add_argument("--folder", type=Path, required=True, help="emptied first")
    given = words.parse_args(arguments)
    os.environ.setdefault("TRUTHLENS_PRECISION", "float32")  # as on a GPU, or other rows would be no surprise
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    made = given.folder / "made.jsonl"
    write(made, given.count)

    def tried(name: str, workers: int, *more: str) -> Tables:
        return run(made, given.folder, given.count, name, workers, *more)

    cores = tried("cores", os.cpu_count() or 1)
    for number in given.models:
        undisturbed = tried(f"gpu-{number}", number, "--engine", "ray")
    killed: list[int] = []
    killer = threading.Thread(
        target=kill_one, args=(given.folder / "killed", given.count // PART // 3, killed), daemon=True
    )
    killer.start()
    disturbed = tried("killed", given.models[-1], "--engine", "ray")
    others, apart = gap(cores, undisturbed)
    print(f"beside the cores: {others} rows tell something else, numbers lie at most {apart:.2g} apart")
    changed = disturbed != undisturbed
    print(f"killed {len(killed)}: {'rows changed' if changed else 'all rows the same'}")
    return 1 if changed or not killed else 0


if __name__ == "__main__":
    sys.exit(main())
