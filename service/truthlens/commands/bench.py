"""`truthlens bench`: takes the measures, prints one table, and writes JSON and the page of documentation."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from truthlens.bench.document import COLUMNS, cells, document
from truthlens.bench.figure import Run
from truthlens.bench.rounds import FULL, QUICK
from truthlens.bench.suite import TITLES, measured
from truthlens.settings import Settings

PAGE, BEFORE = "performance.md", "performance-before.json"
WIDTH = 200  # columns of the table where no terminal says how wide it is


def run(
    *, json_file: Path | None, docs: Path | None, only: tuple[str, ...], shown: Path | None, quick: bool
) -> None:
    """Measure, or with ``shown`` take the figures of that file; print, and write what is wanted.

    With ``only`` and a file that is there, its other figures stay.
    """
    console = Console()
    found = Run.read(shown) if shown is not None else _measured(console, only, quick)
    if json_file is not None and shown is None:
        if only and json_file.exists():
            found = Run.read(json_file).with_rows(found.rows)
        found.write(json_file)
    _print(console if console.is_terminal else Console(width=WIDTH), found)
    if docs is not None:
        docs.mkdir(parents=True, exist_ok=True)
        before = docs / BEFORE
        page = document(found, Run.read(before) if before.exists() else None)
        (docs / PAGE).write_text(page, "utf-8")


def _measured(console: Console, only: tuple[str, ...], quick: bool) -> Run:
    with console.status("beginning") as status:

        def begins(title: str) -> None:
            status.update(title)
            if not console.is_terminal:
                console.print(f"{title} …", style="dim")

        return Run.here(measured(only, Settings.from_env(), QUICK if quick else FULL, begins))


def _print(console: Console, found: Run) -> None:
    for key, title in TITLES.items():
        rows = [row for row in found.rows if row.measure == key]
        if not rows:
            continue
        table = Table(*COLUMNS, title=title, title_justify="left", title_style="bold")
        for row in rows:
            table.add_row(*cells(row), style="yellow" if row.reached is False else None)
        console.print(table)
    packages = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    console.print(f"{found.machine}; {packages}; {found.date}")
