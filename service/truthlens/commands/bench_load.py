"""`truthlens bench load`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from truthlens.bench.load import measure
from truthlens.bench.load_rows import KEYS
from truthlens.bench.machine import machine

HELD = {True: "yes", False: "[red]no[/red]", None: "[yellow]not judged[/yellow]"}


def run(*, minutes: float, clients: int, json_file: Path | None) -> None:
    """Exits with 1 when a promise did not hold."""
    console = Console()
    rows = measure(
        minutes=minutes, clients=clients, say=lambda words: console.print(f"{words} …", style="dim")
    )
    table = Table("what", "tried", "held", "figures", show_lines=True)
    for row in rows:
        held = HELD[row.passed]
        table.add_row(KEYS[row.key], f"{row.tried:,}", held, row.figure)
    console.print(table)
    console.print(f"{minutes:g} minutes with {clients} readers on {machine()}.")
    if json_file is not None:
        found = {
            "machine": machine(),
            "date": datetime.now(UTC).date().isoformat(),
            "minutes": minutes,
            "clients": clients,
            "rows": [asdict(row) for row in rows],
        }
        json_file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if any(row.passed is False for row in rows):
        sys.exit(1)
