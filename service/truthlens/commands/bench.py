"""`truthlens bench`."""

from __future__ import annotations

import os
import platform

from rich.console import Console
from rich.table import Table

from truthlens.bench import ROUNDS, measure
from truthlens.extract.article import extract
from truthlens.seeds import articles_dir
from truthlens.settings import Settings

DEMO = "arms-transfers"


def run() -> None:
    console = Console()
    console.print(f"Measuring on the demo article {DEMO}, {ROUNDS} rounds each …", style="dim")
    page = (articles_dir() / f"{DEMO}.html").read_text("utf-8")
    table = Table("what", "figure", "against")
    for figure in measure(extract(page, f"http://{DEMO}.test/"), Settings.from_env()):
        table.add_row(figure.name, f"{figure.value:.3f}{figure.unit}", figure.of)
    console.print(table)
    console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
