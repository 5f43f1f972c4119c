"""The group `truthlens bench`: names and options. What its commands do stands in commands/bench*.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

JSON_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--json", "json_file", type=JSON_FILE, help="Also write the rows to this file.")
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write performance.md to this folder.",
)
@click.option("--only", multiple=True, metavar="NAME", help="Only this measure. May be given several times.")
@click.option(
    "--from",
    "shown",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Measure nothing: show the rows of this file.",
)
@click.option("--quick", is_flag=True, help="Once each, to see that it works; the figures say nothing.")
@click.pass_context
def bench(context: click.Context, /, **options: Any) -> None:
    """Measure what reading an article costs here: time, growth, start, memory, and many readers at once.

    Whatever can be a ratio is one, both sides measured in turn, so that it means the same on any machine.
    Measures: whole, stages, growth, start, served, precision, profile.
    """
    if context.invoked_subcommand is None:
        from truthlens.commands.bench import run

        run(**options)


@bench.command()
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), default=10.0, show_default=True)
@click.option("--clients", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--json", "json_file", type=JSON_FILE, help="Also write the figures to this file.")
def load(minutes: float, clients: int, json_file: Path | None) -> None:
    """Set many clients on a service of its own, honest and hostile ones, and say how it bore them."""
    from truthlens.commands.bench_load import run

    run(minutes=minutes, clients=clients, json_file=json_file)
