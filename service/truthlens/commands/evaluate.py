"""`truthlens evaluate`: runs the measuring tasks and prints one table for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from truthlens.errors import ServiceError
from truthlens.settings import Settings

if TYPE_CHECKING:
    from truthlens.analyse import Analyser
    from truthlens.encode import Encoder
    from truthlens.evaluation.row import Row

WIDTH = 200  # columns of the table where no terminal says how wide it is

Task = Callable[[Path], "list[Row]"]


GROUPS = {"report": ("voice", "headline", "summary", "same_event")}
"""Several tasks by one name: what the report is measured by."""

MISTAKES = "mistakes.md"
"""In the folder of docs: what was found wrong by reading marks, kept by hand and copied into the card."""


def run(task: str | None, *, data: Path, form: str, docs: Path | None = None) -> None:
    """Print the rows of one task, or of all whose data is there, and write the pages that show them.

    Raises ServiceError ``data_missing`` when the task was named and its data is missing.
    """
    tasks = _tasks()
    if task in GROUPS:
        rows = _rows({name: tasks[name] for name in GROUPS[task]}, data)
    elif task is None:
        rows = _rows(tasks, data)
    elif task in tasks:
        rows = _measure(task, tasks[task], data)
    else:
        raise click.UsageError(f"unknown task {task!r}; known are {', '.join([*tasks, *GROUPS])}")
    _show(rows, form)
    if docs is not None:
        _write(rows, docs)


def _tasks() -> dict[str, Task]:
    """In the order in which they are printed. Each is a module of `truthlens.evaluation` of that name."""
    from truthlens.evaluation import (
        babe_sentence,
        babe_words,
        calibration,
        entities,
        extraction,
        findings,
        headline,
        plain_reporting,
        ptc_spans,
        ptc_technique,
        same_event,
        similarity,
        subjectivity,
        summary,
        symmetry,
        voice,
    )

    @cache
    def analyser() -> Analyser:
        from truthlens.analyse import Analyser

        return Analyser.load(Settings.from_env())

    def base() -> Encoder:
        from truthlens.encode import MiniLM

        return MiniLM.load(Settings.from_env().model_dir, adapter=None)

    def with_analyser(measure: Callable[[Path, Analyser], list[Row]]) -> Task:
        return lambda data: measure(data, analyser())

    return {
        "extraction": extraction.evaluate,
        "voice": voice.evaluate,
        "findings": with_analyser(findings.evaluate),
        "babe_sentence": with_analyser(babe_sentence.evaluate),
        "babe_words": with_analyser(babe_words.evaluate),
        "ptc_spans": with_analyser(ptc_spans.evaluate),
        "ptc_technique": with_analyser(ptc_technique.evaluate),
        "subjectivity": with_analyser(subjectivity.evaluate),
        "entities": with_analyser(entities.evaluate),
        "calibration": with_analyser(calibration.evaluate),
        "headline": with_analyser(headline.evaluate),
        "plain_reporting": with_analyser(plain_reporting.evaluate),
        "same_event": with_analyser(same_event.evaluate),
        "similarity": lambda data: similarity.evaluate(data, analyser(), base),
        "summary": with_analyser(summary.evaluate),
        "symmetry": lambda _: symmetry.evaluate(analyser()),
    }


def _rows(tasks: dict[str, Task], data: Path) -> list[Row]:
    rows: list[Row] = []
    for name, measure in tasks.items():
        try:
            rows += _measure(name, measure, data)
        except ServiceError as error:
            if error.code != "data_missing":
                raise
            click.echo(f"{name}: not measured, {error.message}", err=True)
    return rows


def _measure(name: str, measure: Task, data: Path) -> list[Row]:
    click.echo(f"measuring {name} …", err=True)
    return measure(data)


def _write(rows: list[Row], docs: Path) -> None:
    from truthlens.evaluation.document import document
    from truthlens.evaluation.model_card import card

    mistakes = docs / MISTAKES
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "evaluation.md").write_text(document(rows), "utf-8")
    known = mistakes.read_text("utf-8") if mistakes.exists() else ""
    (docs / "model-card.md").write_text(card(rows, known), "utf-8")


def _show(rows: list[Row], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    elif form == "md":
        from truthlens.evaluation.document import document

        click.echo(document(rows), nl=False)
    else:
        from truthlens.evaluation.table import COLUMNS, cells

        table = Table(*COLUMNS)
        for row in rows:
            table.add_row(*cells(row))
        console = Console()
        # A pipe or a file has no width; rich would take 80 columns and break every cell.
        (console if console.is_terminal else Console(width=WIDTH)).print(table)
