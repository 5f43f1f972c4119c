"""`truthlens evaluate`: runs the measuring tasks and prints one table for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from truthlens.settings import Settings


def run(task: str | None, *, data: Path, form: str) -> None:
    tasks = _tasks()
    if task is not None and task not in tasks:
        raise click.UsageError(f"unknown task {task!r}; known are {', '.join(tasks)}")
    rows = []
    for name in [task] if task else list(tasks):
        click.echo(f"measuring {name} …", err=True)
        rows.extend(tasks[name](data))
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif form == "md":
        click.echo(_markdown(rows))
    else:
        _print(rows)


def _tasks() -> dict[str, Callable[[Path], list[dict[str, Any]]]]:
    from truthlens.evaluation import extraction, findings, plain_reporting

    @cache
    def analyser() -> Any:
        from truthlens.analyse import Analyser

        return Analyser.load(Settings.from_env())

    return {
        "extraction": lambda data: [asdict(row) for row in extraction.evaluate(data)],
        "findings": lambda data: [asdict(row) for row in findings.evaluate(data, analyser())],
        "plain_reporting": lambda data: [asdict(row) for row in plain_reporting.evaluate(data, analyser())],
    }


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        row["task"],
        row["metric"],
        f"{row['score']:.3f}",
        f"{row['low']:.3f}–{row['high']:.3f}",
        str(row["n"]),
        "; ".join(f"{name} {value:.3f}" for name, value in row["baselines"].items()),
        "; ".join(f"{name} {value:.3f}" for name, value in row["published"].items()),
        row.get("note", ""),
    ]


COLUMNS = ("task", "metric", "score", "95%", "n", "baselines", "published", "note")


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*_cells(row))
    Console().print(table)


def _markdown(rows: list[dict[str, Any]]) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    return "\n".join(lines)
