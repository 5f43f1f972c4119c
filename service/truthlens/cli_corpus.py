"""The group `truthlens corpus`: names and options. What its commands do stands in commands/corpus.py."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def corpus() -> None:
    """See what the tables of `truthlens batch` say, outlet by outlet and over time."""


@corpus.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The page; report.html in FOLDER if left out.",
)
@click.option(
    "--csv",
    "tables",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write every number as CSV into this folder.",
)
@click.option(
    "--by",
    type=click.Choice(["outlet", "site"]),
    default="outlet",
    show_default=True,
    help="Tell articles apart by the outlet that input or page names, or by the host of their address.",
)
@click.option(
    "--least",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="Articles on which a number must rest to be shown.",
)
def report(folder: Path, out: Path | None, tables: Path | None, by: str, least: int) -> None:
    """Write a page on loading, frames, sources, voices and headlines in the corpus that FOLDER holds.

    FOLDER is what `truthlens batch --out` wrote; a run that has not finished is told as far as it came.
    Needs the extra: pip install "truthlens[batch]".
    """
    from truthlens.commands.corpus import run

    run(folder, out=out or folder / "report.html", tables=tables, by=by, least=least)
