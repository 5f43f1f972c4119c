"""How soon something answers: the commands that only look, and the service from its cold start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from truthlens.bench.figure import Figure
from truthlens.bench.own_service import OwnService, free_port
from truthlens.bench.rounds import Effort, seconds
from truthlens.settings import Settings

LOOK_SECONDS = 0.01
COMMAND_MS = 300.0
ANSWER_SECONDS, READY_SECONDS = 1.0, 6.0


def measure(_settings: Settings, effort: Effort) -> list[Figure]:
    """Every round is a new process; files are warm, as on the second start after a boot."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "TRUTHLENS_DATA_DIR": folder,
            "TRUTHLENS_PORT": str(free_port()),
        }
        rows = [_command(words, environment, effort) for words in (["--help"], ["doctor"])]
    starts = [_start() for _ in range(effort.long_rounds + 1)][1:]
    answered, ready = (statistics.median(times) for times in zip(*starts, strict=True))
    note = "from the start of the process, asked every 10 ms"
    return [
        *rows,
        _row("service: first answer of /v1/status", answered, "s", ANSWER_SECONDS, note),
        _row("service: ready to analyse", ready, "s", READY_SECONDS, note),
    ]


def _command(words: list[str], environment: dict[str, str], effort: Effort) -> Figure:
    def once() -> None:
        subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "truthlens", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,  # doctor ends with 1 where something is wrong, and takes as long to say so
        )

    once()
    taken = statistics.median(seconds(once) for _ in range(effort.rounds)) * 1000
    return _row(f"truthlens {' '.join(words)}", taken, "ms", COMMAND_MS, "a new process each time")


def _row(name: str, value: float, unit: str, aim: float, note: str) -> Figure:
    return Figure(measure="start", name=name, value=round(value, 3), unit=unit, aim=aim, note=note)


def _start() -> tuple[float, float]:
    """Seconds to the first answer, and until the model is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        service = OwnService(Path(folder), wait=False)
        try:
            return service.wait(every=LOOK_SECONDS)
        finally:
            service.kill()
