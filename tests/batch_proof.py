"""Shows that `truthlens batch` loses and doubles nothing when it is killed, and what it costs.

`python tests/batch_proof.py --count 2000 --folder DIR --json FILE`, with the real model: a quarter of an hour
on two cores. Makes the articles, runs over them, kills all processes three times on the way and goes on, and
compares with a run over some of them that nothing disturbed. Ends with code 1 when a row is lost, doubled or
another.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batch_costs import Costs, each, extraction, figure, figures, rate
from batch_watch import command, watched
from many_articles import write
from truthlens.batch import manifest
from truthlens.batch.inputs.source import read, sources
from truthlens.batch.tables import TABLES
from truthlens.bench.document import cells
from truthlens.bench.figure import Figure, Run

KILLS = 3
SEED = 11
PART = 20  # records at most; few, so that kills fall into many different places


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How many records there should be, how many of them are missing, are there more than once, and have
    other rows than in the run that nothing disturbed, which had ``compared`` of them.
    """

    records: int
    lost: int
    doubled: int
    different: int
    compared: int

    @property
    def right(self) -> bool:
        return not (self.lost or self.doubled or self.different)


Tables = dict[str, list[dict[str, Any]]]


def tables(out: Path) -> Tables:
    from pyarrow import parquet

    return {name: parquet.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}


def judged(expected: Iterable[str], found: Tables, undisturbed: Tables) -> Judged:
    """``expected`` are the ids that there should be."""
    wanted = set(expected)
    seen = Counter(row["id"] for name in ("articles", "errors") for row in found[name])
    doubled = sum(count > 1 for count in seen.values())
    for name in ("sentences", "findings"):
        told = {row["id"]: row[name] for row in found["articles"]}
        there = Counter(row["article"] for row in found[name])
        doubled += sum(there[key] != count for key, count in told.items()) + sum(
            key not in told for key in there
        )
    ours, theirs = by_record(found), by_record(undisturbed)
    return Judged(
        records=len(wanted),
        lost=len(wanted - seen.keys()),
        doubled=doubled + len(seen.keys() - wanted),
        different=sum(ours.get(key) != value for key, value in theirs.items()),
        compared=len(theirs),
    )


def by_record(found: Tables) -> dict[str, list[str]]:
    """All rows of each record, in an order of their own and without the name of the input."""
    rows: dict[str, list[str]] = {}
    for name, table in found.items():
        for row in table:
            bare = {column: value for column, value in row.items() if column != "input"}
            rows.setdefault(row.get("article") or row["id"], []).append(
                f"{name} {json.dumps(bare, sort_keys=True)}"
            )
    return {key: sorted(value) for key, value in rows.items()}


def killed(inputs: Sequence[Path], out: Path, more: Sequence[str], parts: int) -> None:
    """The run, killed at `KILLS` places that a drawing chose, and brought to its end."""
    draw = random.Random(SEED)
    for at in sorted(draw.sample(range(1, parts - 2), KILLS)):
        late = draw.uniform(0, 3)
        run = watched(command(inputs, out, *more), out, kill_after=at, late=late)
        if run.code != -signal.SIGKILL:
            sys.exit(f"The run was over before it could be killed: take a larger --count. {run.said}")
        print(f"killed {late:.1f} s after part {at} of {parts}", flush=True)
    run = watched(command(inputs, out, *more), out)
    print(run.said.strip().splitlines()[-1], flush=True)
    if run.code:
        sys.exit(run.said)


def costs(made: Path, count: int, folder: Path, more: Sequence[str], *, bytes_each: float) -> Costs:
    """From runs with one worker over pages and over texts, with two, and over a single one for the start."""
    pages = first(made, folder / "costs.jsonl", count)
    single = first(made, folder / "single.jsonl", 1)
    size = max(1, count // 20)

    def run(inputs: Path, name: str, *words: str) -> Any:
        found = watched(
            command([inputs], folder / name, "--part-size", str(size), *more, *words), folder / name
        )
        if found.code:
            sys.exit(found.said)
        print(f"{name}: {found.seconds:.0f} s, {found.processor:.0f} s of processor time", flush=True)
        return found

    text = ("--column", "html=none")
    one_page, one_text = (
        run(single, "one-page", "--workers", "1"),
        run(single, "one-text", "--workers", "1", *text),
    )
    from_pages, from_text = (
        run(pages, "pages", "--workers", "1"),
        run(pages, "texts", "--workers", "1", *text),
    )
    two = run(pages, "two-workers", "--workers", "2")
    told = [json.loads(line) for line in pages.read_text("utf-8").splitlines()]
    return Costs(
        page=each(from_pages, one_page, count),
        text=each(from_text, one_text, count),
        extraction=extraction([(row["html"], row["url"]) for row in told[:20]]),
        start=one_text.processor,
        two=rate(two, 2, size, count) / rate(from_pages, 1, size, count),
        worker=max(from_pages.worker, two.worker),
        shared=from_pages.shared,
        parser=max(from_pages.parser, two.parser),
        written=bytes_each,
        count=count,
        words=sum(len(row["text"].split()) for row in told) / count,
    )


def first(source: Path, target: Path, count: int) -> Path:
    """A file of the first lines of another."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as file:
        for _, line in zip(range(count), lines, strict=False):
            file.write(line)
    return target


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--count", type=int, default=2000)
    words.add_argument(
        "--subset", type=int, default=0, help="compared with an unbroken run; a tenth if left out"
    )
    words.add_argument("--timed", type=int, default=100, help="articles by which costs are measured")
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--also", type=Path, nargs="*", default=[], help="further inputs of the killed run")
    words.add_argument("--folder", type=Path, required=True, help="emptied first")
    words.add_argument("--json", type=Path)
    words.add_argument("--analyser", default="", help="module:function, in place of the model")
    given = words.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    made = given.folder / "made.jsonl"
    write(made, given.count)
    more = ["--analyser", given.analyser] if given.analyser else []
    found = prove(given, made, more)
    unbroken = manifest.load(given.folder / "unbroken")
    assert unbroken is not None  # the proof is a comparison with it
    told = [
        *_proof(found),
        *figures(
            costs(
                made,
                min(given.timed, given.count),
                given.folder,
                more,
                bytes_each=unbroken.counts["written"] / found.compared,
            )
        ),
    ]
    for row in told:
        name, value, of, aim, _, note = cells(row)
        print(f"{name:34} {value:>24} {aim:12} {of} {note}")
    if given.json:
        Run.add(told, given.json)
    sys.exit(0 if found.right else 1)


def prove(given: argparse.Namespace, made: Path, more: Sequence[str]) -> Judged:
    inputs = [made, *given.also]
    expected = [
        record.id for source in sources([str(each) for each in inputs]) for _, record in read(source, {})
    ]
    size = max(1, min(PART, len(expected) // 10))
    sized = [*more, "--workers", str(given.workers), "--part-size", str(size)]
    killed(inputs, given.folder / "killed", sized, len(expected) // size)
    subset = first(made, given.folder / "subset.jsonl", given.subset or max(20, given.count // 10))
    unbroken = watched(command([subset], given.folder / "unbroken", *sized), given.folder / "unbroken")
    if unbroken.code:
        sys.exit(unbroken.said)
    return judged(expected, tables(given.folder / "killed"), tables(given.folder / "unbroken"))


def _proof(found: Judged) -> list[Figure]:
    of = f"{found.records:,} records, killed {KILLS} times and resumed"
    beside = f"{found.compared:,} records beside a run that nothing disturbed"
    return [
        figure("records lost", found.lost, "", of=of, aim=0),
        figure("records doubled", found.doubled, "", of=of, aim=0),
        figure("records that differ", found.different, "", of=beside, aim=0),
    ]


if __name__ == "__main__":
    main()
