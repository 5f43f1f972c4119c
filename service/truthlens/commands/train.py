"""`truthlens train`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID, TimeElapsedColumn, TimeRemainingColumn

from truthlens import manifests, weights
from truthlens.encode import MiniLM
from truthlens.settings import Settings


def run(data: Path, *, heads: Sequence[str], seed: int, out: Path | None) -> None:
    from truthlens.training.accelerator import device
    from truthlens.training.train import STEPS, train

    unknown = [name for name in heads if name not in STEPS]
    if unknown:
        raise click.UsageError(f"unknown --head {unknown[0]!r}; known are {', '.join(STEPS)}")
    console = Console(stderr=True)
    settings = Settings.from_env()
    target = out or manifests.FOLDER
    columns = (*Progress.get_default_columns()[:3], TimeRemainingColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        shown: dict[str, TaskID] = {}
        said: dict[str, int] = {}  # tenths that a log has been told, where no bar can move

        def tick(what: str, share: float) -> None:
            if what not in shown:
                shown[what] = progress.add_task(what, total=1.0)
            progress.update(shown[what], completed=share)
            if not console.is_terminal and int(share * 10) > said.get(what, -1):
                said[what] = int(share * 10)
                console.print(f"{what}: {share:.0%}")

        def load(folder: Path | None) -> MiniLM:
            adapter = None if folder is None else weights.load_adapter(folder)
            return MiniLM.load(settings.model_dir, adapter, device=device().type)

        names = train(data, load=load, out=target, seed=seed, tick=tick, only=heads)
    for name in names:
        manifest = manifests.manifest(name, target)
        console.print(f"[bold]{name}[/bold]", manifest.get("scores", manifest.get("rows")))
