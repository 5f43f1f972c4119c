"""`truthlens train`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from truthlens import weights
from truthlens.encode import MiniLM
from truthlens.settings import Settings


def run(data: Path, *, heads: Sequence[str], seed: int, out: Path | None) -> None:
    from truthlens.training.train import train

    console = Console(stderr=True)
    encoder = MiniLM.load(Settings.from_env().model_dir)
    with Progress(console=console) as progress:
        names = train(
            data, encoder=encoder, out=out or weights.FOLDER, seed=seed, progress=progress, only=heads
        )
    for name in names:
        _, manifest = weights.load(name, out or weights.FOLDER)
        console.print(f"{name}: {manifest['scores']}")
