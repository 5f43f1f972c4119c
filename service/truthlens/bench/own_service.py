"""The real service in a process of its own, with a folder and a port of its own, watched from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from truthlens.client import Client
from truthlens.errors import ServiceError
from truthlens.server.pairing import Pairings
from truthlens.store.library import Library

READY_SECONDS = 300.0  # for a machine that does much else at the same time
END_SECONDS = 30.0  # of waiting; the promise is 10
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Of the service's own process, extraction workers left out. ``resident`` in MiB."""

    at: float
    resident: float
    files: int
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """``code`` is the exit status, ``left`` whether a process of the service outlived it."""

    seconds: float
    code: int | None
    left: bool


class OwnService:
    """Raises ServiceError ``service_unreachable`` when the service is not ready in time; without ``wait`` it
    is only begun.
    """

    def __init__(self, folder: Path, *, wait: bool = True) -> None:
        self.data_dir = folder / "data"
        self.port = free_port()
        environment = os.environ | {
            "TRUTHLENS_DATA_DIR": str(self.data_dir),
            "TRUTHLENS_PORT": str(self.port),
        }
        self._log = (folder / "service.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "truthlens", "serve"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            if wait:
                self.wait()
        except BaseException:
            self.kill()
            raise

    def wait(self, *, every: float = 0.2) -> tuple[float, float]:
        """Look every so many seconds until it is ready: seconds to its first answer and until then.

        Raises ServiceError ``service_unreachable``.
        """
        began, answered = time.monotonic(), 0.0
        while (passed := time.monotonic() - began) < READY_SECONDS and self._process.poll() is None:
            with suppress(ServiceError):
                state = Client(self.port).status()["model"]["state"]
                passed = time.monotonic() - began
                answered = answered or passed
                if state == "ready":
                    return answered, passed
            time.sleep(every)
        raise ServiceError(
            "service_unreachable",
            "The service that was to be measured did not get ready.",
            "Run `truthlens doctor`, which names what is missing.",
            status=503,
        )

    def tokens(self, origins: list[str]) -> list[str]:
        """A token for each origin, as if each had been paired."""
        library = Library.open(self.data_dir)
        try:
            pairings = Pairings(library)
            claimed = [
                pairings.claim(pairings.mint().text, origin=origin, name="bench load") for origin in origins
            ]
            return [token for token in claimed if token is not None]  # none: nobody is asked first here
        finally:
            library.close()

    def saved(self) -> int:
        """How many analyses are in its library."""
        library = Library.open(self.data_dir)
        try:
            return len(library.listing())
        finally:
            library.close()

    def sample(self) -> Sample | None:
        """None where there is no /proc, or when the process is gone."""
        process = Path(f"/proc/{self._process.pid}")
        try:
            pages = int((process / "statm").read_text().split()[1])
            return Sample(
                at=time.monotonic(),
                resident=pages * PAGE_SIZE / 2**20,
                files=len(list((process / "fd").iterdir())),
                threads=len(list((process / "task").iterdir())),
            )
        except OSError:
            return None

    def workers_resident(self) -> float:
        """MiB of all processes that it started; 0.0 where there is no /proc."""
        try:
            task = Path(f"/proc/{self._process.pid}/task")
            workers = [child for each in task.iterdir() for child in (each / "children").read_text().split()]
            pages = [int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in workers]
        except OSError:
            return 0.0
        return sum(pages) * PAGE_SIZE / 2**20

    def end(self) -> End:
        """Ask it to stop, and say how it did."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        seconds = time.monotonic() - began
        time.sleep(1.0)  # for workers, which end when their pipe does
        left = self._group_lives()
        code = self._process.poll()
        self.kill()
        return End(seconds=seconds, code=code, left=left)

    def kill(self) -> None:
        """End whatever is left of it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def _group_lives(self) -> bool:
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
