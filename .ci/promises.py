"""Reads tests/promises.toml and writes docs/security.md from it and from what the last `make trust` found."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tests" / "promises.toml"
FOUND = ROOT / "docs" / "trust.json"
PAGE = ROOT / "docs" / "security.md"
STATES = {"held", "partly", "not"}
OPENING = """\
# Security, promise by promise

What TruthLens promises, how each promise is kept, and by which test it is watched. **held**: the tests try it
in full. **partly**: what is named after the state was not tried, or does not hold yet. **not**: nothing tests
it. [SECURITY.md](../SECURITY.md) says who is guarded against whom, and how to report a hole.

Tests are files under `tests/`, those with `.js` under `tests/extension/`; `bench load` is a command of
`truthlens`. `make trust` runs all of them at full length and writes this page, from
`tests/promises.toml` and from what it found.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """``inputs`` is what there is to try, ``tests`` what tries it, ``missing`` what is not tried or held."""

    key: str
    promise: str
    kept: str
    inputs: str
    tests: tuple[str, ...]
    state: str
    missing: str = ""

    @property
    def judged(self) -> str:
        """The state, and with it what is missing."""
        return f"{self.state}: {self.missing}" if self.missing else self.state


def groups() -> dict[str, str]:
    """Titles by the letter that keys begin with."""
    return dict(_source()["groups"])


def promises() -> list[Promise]:
    """In their order. Raises TypeError for a row with a part too many or too few, ValueError for a state that
    is none, or that stands without what it needs.
    """
    found = []
    for key, row in _source().items():
        if key in {"short", "groups"}:
            continue
        each = Promise(key=key, **{**row, "tests": tuple(row["tests"])})
        whole = bool(each.missing) == (each.state != "held") and (bool(each.tests) or each.state == "not")
        if each.state not in STATES or not whole:
            raise ValueError(f"{key}: a state is held, or partly or not with what is missing")
        found.append(each)
    return found


def found() -> dict[str, Any]:
    """What the last full run found; empty where there was none."""
    return dict(json.loads(FOUND.read_text("utf-8"))) if FOUND.exists() else {}


def page(rows: Sequence[Promise], last: Mapping[str, Any]) -> str:
    """The whole of docs/security.md."""
    lines = [OPENING, f"{_source()['short']}\n"]
    if last:
        lines += [
            f"The last run, on {last['date']}, took {last['minutes']:.0f} minutes on {last['machine']}.\n"
        ]
    for letter, title in groups().items():
        lines += [
            f"## {title}\n",
            "| | promise | how it is kept | what there is to try | test | last run | state |",
        ]
        lines += ["|-|-|-|-|-|-|-|"]
        for each in rows:
            if each.key.startswith(letter):
                lines.append(_row(each, last.get("rows", {}).get(each.key, {})))
        lines.append("")
    return "\n".join(lines)


def _row(each: Promise, ran: Mapping[str, Any]) -> str:
    tests = " ".join(f"`{name}`" for name in each.tests) or "–"
    cells = (each.key, each.promise, each.kept, each.inputs, tests, told(ran), each.judged)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def told(ran: Mapping[str, Any]) -> str:
    """What one row's run found, in a few words."""
    if not ran:
        return "–"
    words = [f"{ran['tried']:,} tried"] if ran["tried"] else []
    words += ran["figures"]
    if ran["skipped"]:
        words.append(f"{ran['skipped']:,} could not be tried there")
    return "; ".join(words) or "–"


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(page(promises(), found()), "utf-8")


def _source() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text("utf-8"))


if __name__ == "__main__":
    write()
