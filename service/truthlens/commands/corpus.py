"""`truthlens corpus report`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from truthlens.batch.extras import require
from truthlens.corpus import tables as csv_tables
from truthlens.corpus.gather import By, Corpus, gather
from truthlens.corpus.page import html
from truthlens.corpus.points import Points, points
from truthlens.errors import ServiceError


def run(folder: Path, *, out: Path, tables: Path | None, by: str, least: int) -> None:
    """Raises ServiceError: ``extra_missing``, ``no_corpus``, ``other_schema``, ``not_written``."""
    require("batch")
    found, numbers = _worked_out(folder, cast(By, by), least)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(html(found, numbers), "utf-8")
        written = [out, *(csv_tables.write(tables, found, numbers) if tables else ())]
    except OSError as error:
        raise ServiceError(
            "not_written",
            f"The report could not be written: {error.strerror}.",
            "Make room, or choose another place with --out and --csv.",
        ) from error
    periods = len(numbers.periods) - numbers.hidden_periods
    click.echo(
        f"{len(found.counts):,} articles; with at least {least} each: "
        f"{by}s {len(numbers.outlets):,}, {found.length}s {periods:,}"
    )
    for path in written:
        click.echo(str(path))


def _worked_out(folder: Path, by: By, least: int) -> tuple[Corpus, Points]:
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as progress:
        reading = progress.add_task("reading the tables", total=None)
        found = gather(
            folder,
            by,
            lambda articles: progress.update(
                reading, description=f"reading the tables, {articles:,} articles"
            ),
        )
        working = progress.add_task("drawing articles anew", total=1.0)
        numbers = points(found, least, lambda share: progress.update(working, completed=share))
    return found, numbers
