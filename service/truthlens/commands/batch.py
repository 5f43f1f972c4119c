"""`truthlens batch`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.console import Console

from truthlens.batch.manifest import Manifest
from truthlens.batch.run import Options
from truthlens.batch.run import run as run_batch


def run(inputs: Sequence[str], options: Options) -> None:
    """Run or continue, and say what came of it. Ends with code 130 when it was interrupted."""
    console = Console(stderr=True)
    try:
        manifest = run_batch(inputs, options, console)
    except KeyboardInterrupt:
        click.echo(_how_to_go_on("The parts in hand were dropped."), err=True)
        sys.exit(130)
    click.echo(_told(manifest))
    if manifest.state == "interrupted":
        click.echo(_how_to_go_on(""), err=True)
        sys.exit(130)


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """``text=body`` and so on, as a mapping."""
    from truthlens.batch.inputs.columns import NAMES

    found = {}
    for each in given:
        key, equals, column = each.partition("=")
        if key not in NAMES or not equals or not column:
            raise click.UsageError(f"--column {each!r}: expected one of {', '.join(NAMES)}, =, and a column")
        found[key] = column
    return found


def _told(manifest: Manifest) -> str:
    counts = manifest.counts
    return (
        f"{counts['articles']:,} articles and {counts['errors']:,} errors of {counts['records']:,} records, "
        f"{counts['words']:,} words, {counts['written'] / 1e6:,.1f} MB"
    )


def _how_to_go_on(first: str) -> str:
    return f"{first} Interrupted; the same command goes on where this one stopped.".strip()
