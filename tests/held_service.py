"""`truthlens serve` in a process of its own, with a fake encoder, that can be made to stand still at a stage.

Run as a program it is the service; imported it starts one. At its stage, an analysis writes ``at STAGE`` and
waits there for ever, but for STEPPING: there it goes on asking, as the encoder does, whether anyone wants it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service_under_test import SECONDS, until

STAGES = ("queued", "admitted", "voice", "encode", "report", "saving", "saved")
STEPPING = "stepping"
FREE = "free"


def hold(stage: str) -> None:
    print(f"at {stage}", flush=True)
    threading.Event().wait()


def main(stage: str) -> None:
    """The command, with other parts in a few places."""
    from fake_encoder import fake_analyser
    from truthlens import serve
    from truthlens.analyse import Analyser
    from truthlens.cli import main as command
    from truthlens.server import admit
    from truthlens.store.library import Library

    class Held(Analyser):
        def analyse_with_reading(
            self, article: Any, *, progress: Callable[[str, float], None], early: Callable[..., None]
        ) -> Any:
            def told(name: str, share: float) -> None:
                progress(name, share)
                if name == stage:
                    hold(stage)
                if (name, stage) == ("encode", STEPPING):
                    print(f"at {stage}", flush=True)
                    while True:
                        progress(name, share)
                        time.sleep(0.01)

            return super().analyse_with_reading(article, progress=told, early=early)

    def load(service: Any) -> None:
        if stage == "queued":
            hold(stage)
        service.jobs.model_ready(fake_analyser(Held))

    admitted, save = admit.admit, Library.save

    def admit_and_hold(article: Any) -> Any:
        admitted(article)
        if stage == "admitted":
            hold(stage)
        return article

    def save_and_hold(self: Library, *given: Any, **named: Any) -> None:
        if stage == "saving":
            hold(stage)
        save(self, *given, **named)
        if stage == "saved":
            hold(stage)

    serve.load_model = load
    admit.admit = admit_and_hold
    Library.save = save_and_hold  # type: ignore[method-assign]
    command(["serve"])


class HeldService:
    """A child process; ``lines`` is what it wrote. ``wrapped`` is a command that runs it."""

    def __init__(
        self,
        data_dir: Path | None,
        stage: str,
        port: int,
        environment: dict[str, str],
        wrapped: Sequence[str] = (),
    ) -> None:
        self.port = port
        self.lines: list[str] = []
        folders = Path(__file__).parent
        placed = {} if data_dir is None else {"TRUTHLENS_DATA_DIR": str(data_dir)}
        own = {"TRUTHLENS_PORT": str(port), "PYTHONPATH": str(folders), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [*wrapped, sys.executable, str(Path(__file__)), stage],
            env=os.environ | own | placed | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))

    def wait_for(self, words: str) -> None:
        until(lambda: any(words in line for line in self.lines) or self.process.poll() is not None)
        assert any(words in line for line in self.lines), self.lines

    def kill(self) -> None:
        """The service alone, as a system that runs out of memory would."""
        self.process.kill()
        self.process.wait(SECONDS)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        code = self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        return code

    def is_gone(self) -> bool:
        """Whether no process of it is left, its extraction workers included."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def close(self) -> None:
        if not self.is_gone():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def held_service(
    data_dir: Path | None, stage: str = FREE, *, port: int = 0, environment: dict[str, str] | None = None
) -> Iterator[HeldService]:
    """A service that listens. ``data_dir`` None leaves it where the system keeps such data."""
    service = HeldService(data_dir, stage, port or free_port(), environment or {})
    try:
        service.wait_for("listens")
        yield service
    finally:
        service.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def comparable(result: dict[str, Any]) -> str:
    """A result without what differs from one run to the next."""
    kept = {name: value for name, value in result.items() if name not in {"timings_ms", "created_at", "id"}}
    return json.dumps(kept, sort_keys=True)


if __name__ == "__main__":
    main(sys.argv[1])
