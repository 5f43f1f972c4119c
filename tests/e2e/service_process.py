"""The real service in a process of its own, with the real model, as `make run` starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import extension_id, free_port, wait_for
from truthlens.client import Client
from truthlens.errors import ServiceError
from truthlens.server.pairing import Pairings
from truthlens.store.library import Library

LOADING_SECONDS = 120.0  # a bound for a machine that does much else at the same time
ORIGIN = f"chrome-extension://{extension_id()}"


class ServiceProcess:
    """``port`` stays the same over a restart, as the extension expects."""

    def __init__(self, data_dir: Path) -> None:
        self.port = free_port()
        self._data_dir = data_dir
        self._log = (data_dir.parent / "service.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "TRUTHLENS_DATA_DIR": str(self._data_dir),
            "TRUTHLENS_PORT": str(self.port),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "truthlens", "serve"],
            env=environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )

    def wait_until_ready(self) -> None:
        wait_for(lambda: self._model() == "ready", "the service is ready", seconds=LOADING_SECONDS)

    def wait_until_it_answers(self) -> None:
        """Which it does while the model is still being loaded."""
        wait_for(lambda: self._model() != "", "the service answers", seconds=LOADING_SECONDS)

    def _model(self) -> str:
        try:
            return str(Client(self.port).status()["model"]["state"])
        except ServiceError:
            return ""

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            assert self._process.wait(timeout=30) == 0
            self._process = None

    def close(self) -> None:
        self.stop()
        self._log.close()

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The file that the service keeps its analyses in."""
        library = Library.open(self._data_dir)
        try:
            yield library
        finally:
            library.close()

    def code(self) -> str:
        """A fresh pairing code, as `truthlens pair` prints it."""
        with self.library() as library:
            return Pairings(library).mint().text

    def token(self) -> str:
        """A token for the extension, got by pairing over HTTP as the extension does."""
        return str(wait_for(self._paired, "the code is taken"))

    def _paired(self) -> str:
        try:
            return str(Client(self.port, origin=ORIGIN).pair(self.code(), "test")["token"])
        except ServiceError as error:
            if error.code != "wrong_code":  # the service offers one of its own when it starts
                raise
            return ""
