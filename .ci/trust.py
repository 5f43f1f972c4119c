"""`make trust`: tries every promise of tests/promises.toml at full length and prints what was found.

Ends with 1 when anything failed or a test that a promise names did not run. A run of everything that went
well is written to docs/trust.json and docs/security.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import promises
from promises import ROOT, Promise
from rich.console import Console
from rich.table import Table
from truthlens.bench.machine import machine

LOAD, FUZZ = "bench load", "make fuzz"
BESIDE = ("e2e/", "test_durable_")  # what begins so runs beside the other tests of Python


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Of one row, or of one test. ``tried`` counts inputs, the other three count tests."""

    tried: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        for name in ("tried", "passed", "failed", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for mine, new in ((self.figures, other.figures), (self.reasons, other.reasons)):
            mine += [each for each in new if each not in mine]


Outcomes = dict[str, Outcome]
"""By the name that a promise may use for them, a test's parameters left out."""


def run_pytest(tests: Sequence[str], folder: Path) -> Outcomes:
    """Python's tests, each once however many promises name it: those in a browser, those that wait for the
    disk and all others side by side, since all spend much of their time waiting.
    """
    lines = folder / "outcomes.jsonl"
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "trust_plugin"]
    environment = os.environ | {
        "TRUTHLENS_TRUST": "1",
        "TRUTHLENS_TRUST_OUTCOMES": str(lines),
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT / ".ci"),
    }
    lanes: dict[str, list[str]] = {}
    for name in tests:
        lanes.setdefault(next(filter(name.startswith, BESIDE), ""), []).append(name)
    running = [
        subprocess.Popen(  # noqa: S603
            [*command, *(f"tests/{name}" for name in lane)], cwd=ROOT, env=environment
        )
        for lane in lanes.values()
    ]
    for each in running:
        each.wait()
    found: Outcomes = {}
    for line in lines.read_text("utf-8").splitlines() if lines.exists() else []:
        ran = json.loads(line)
        outcome = Outcome(**{ran["outcome"]: 1})
        if ran["outcome"] == "passed":
            outcome.tried = sum(ran["tried"]) or 1
            outcome.figures = ran["figures"]
        elif ran["outcome"] == "skipped":
            outcome.reasons = [ran.get("reason", "")]
        whole = ran["test"].removeprefix("tests/").partition("[")[0]
        for name in (whole, whole.partition("::")[0]):
            found.setdefault(name, Outcome()).add(outcome)
    return found


def run_node(files: Sequence[str]) -> Outcomes:
    """The extension's tests, a file at a time."""
    found: Outcomes = {}
    for name in files:
        command = ["node", "--test", "--test-reporter=tap", name]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT / "tests" / "extension", capture_output=True, text=True, check=False
        )
        counts = {word: int(count) for word, count in re.findall(r"^# (pass|fail) (\d+)$", done.stdout, re.M)}
        passed, failed = counts.get("pass", 0), counts.get("fail", 0)
        if done.returncode and not failed:
            failed = 1
        if failed:
            print(done.stdout[-4000:], done.stderr[-1000:])
        found[name] = Outcome(tried=passed, passed=passed, failed=failed)
    return found


def run_load(minutes: float, folder: Path) -> Outcomes:
    """`truthlens bench load`; its JSON has one entry for each thing that it looked at."""
    figures = folder / "load.json"
    command = [sys.executable, "-m", "truthlens", "bench", "load", "--json", str(figures)]
    subprocess.run([*command, "--minutes", str(minutes)], cwd=ROOT, check=False)  # noqa: S603
    if not figures.exists():
        return {}
    return {
        f"{LOAD}::{row['key']}": Outcome(
            tried=row["tried"],
            passed=int(row["passed"] is True),
            failed=int(row["passed"] is False),
            skipped=int(row["passed"] is None),
            figures=[row["figure"]],
        )
        for row in json.loads(figures.read_text("utf-8"))["rows"]
    }


def run_fuzz(seconds: int) -> Outcomes:
    """`make fuzz`, which ends with an error when it finds something."""
    done = subprocess.run(  # noqa: S603
        ["make", "fuzz", f"SECONDS={seconds}"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout[-4000:], done.stderr[-2000:] if done.returncode else "")
    tried = sum(int(count.replace(",", "")) for count in re.findall(r"([\d,]+) inputs", done.stdout))
    figures = [f"{tried:,} inputs in {seconds} s"] if tried else [f"{seconds} s"]
    return {
        FUZZ: Outcome(
            tried=tried, passed=int(not done.returncode), failed=int(bool(done.returncode)), figures=figures
        )
    }


def joined(row: Promise, outcomes: Outcomes) -> Outcome:
    """All that was found of one promise. A test that did not run counts as failed."""
    whole = Outcome()
    for name in row.tests:
        whole.add(outcomes.get(name, Outcome(failed=1, reasons=[f"{name} did not run"])))
    return whole


def table(rows: Iterable[tuple[Promise, Outcome]]) -> Table:
    shown = Table("", "promise", "tried", "passed", "figures", "state", show_lines=True)
    for row, ran in rows:
        passed = f"{ran.passed:,}"
        if ran.failed:
            passed += f" [red]{ran.failed:,} failed[/red]"
        if ran.skipped:
            passed += f" [yellow]{ran.skipped:,} skipped[/yellow]"
        said = "\n".join([*ran.figures, *ran.reasons])
        shown.add_row(row.key, row.promise, f"{ran.tried:,}", passed if row.tests else "–", said, row.judged)
    return shown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of the service under load")
    parser.add_argument("--fuzz", type=int, default=180, metavar="SECONDS", help="of fuzzing")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="KEY", help="these rows or groups; writes no page"
    )
    asked = parser.parse_args()
    rows = [row for row in promises.promises() if not asked.only or {row.key, row.key[0]} & {*asked.only}]
    began = time.monotonic()
    named = list(dict.fromkeys(name for row in rows for name in row.tests))
    outcomes: Outcomes = {}
    with tempfile.TemporaryDirectory() as folder:
        outcomes |= run_node([name for name in named if name.endswith(".js")])
        outcomes |= run_pytest([name for name in named if ".py" in name], Path(folder))
        if FUZZ in named:
            outcomes |= run_fuzz(asked.fuzz)
        if any(name.startswith(LOAD) for name in named):  # last and alone: it measures
            outcomes |= run_load(asked.minutes, Path(folder))
    minutes = (time.monotonic() - began) / 60
    ran = {row.key: joined(row, outcomes) for row in rows}
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table((row, ran[row.key]) for row in rows))
    failed = [key for key, outcome in ran.items() if outcome.failed]
    states = {state: sum(row.state == state for row in rows) for state in ("held", "partly", "not")}
    console.print(
        f"{len(rows)} promises: {states['held']} held, {states['partly']} partly, {states['not']} not; "
        f"{minutes:.1f} minutes on {machine()}."
    )
    if failed:
        console.print(f"Failed: {', '.join(failed)}", style="red")
        return 1
    if not asked.only:
        last = {
            "date": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "minutes": round(minutes, 1),
            "rows": {key: asdict(outcome) for key, outcome in ran.items()},
        }
        promises.FOUND.write_text(json.dumps(last, indent=1, ensure_ascii=False) + "\n", "utf-8")
        promises.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
