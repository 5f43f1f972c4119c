"""Mozilla's protocol for driving Firefox: JSON messages over a socket, each with its length before it.

Its library for Python is out of use: it leaves sockets open, and asks for seventeen packages more.
"""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path
from typing import Any

from browser import wait_for

STARTING_SECONDS = 60.0  # bounds for a machine that does much else at the same time
ANSWER_SECONDS = 60.0


class MarionetteError(Exception):
    """What Firefox answers when a command fails: a script that throws, an element that is not there."""


class Marionette:
    """A Firefox of its own with a fresh profile in ``folder``, without a window on any screen."""

    def __init__(self, firefox: str, folder: Path, preferences: dict[str, str | bool | int]) -> None:
        profile = folder / "profile"
        profile.mkdir()
        # Firefox takes a free port, and writes down which.
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in {**preferences, "marionette.port": 0}.items()
        ]
        (profile / "user.js").write_text("".join(lines), "utf-8")
        self._log = (folder / "firefox.log").open("wb")
        self._process = subprocess.Popen(
            [firefox, "-marionette", "-remote-allow-system-access", "-headless", "-profile", str(profile)],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        self._count = 0
        port = profile / "MarionetteActivePort"
        wait_for(
            lambda: port.is_file() and port.read_text().strip(), "Firefox listens", seconds=STARTING_SECONDS
        )
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text())), ANSWER_SECONDS)
        self._stream = self._socket.makefile("rb")
        self._receive()  # what it is and speaks
        self.send("WebDriver:NewSession")

    def send(self, command: str, **parameters: object) -> Any:
        """The answer to a command; bare where it came wrapped as ``value``."""
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, number, error, result = self._receive()
        assert number == self._count
        if error is not None:
            raise MarionetteError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def _receive(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise MarionetteError("Firefox has gone")
            length += digit
        return json.loads(self._stream.read(int(length)))

    def close(self) -> None:
        try:
            self.send("Marionette:Quit", flags=["eForceQuit"])
            self._process.wait(ANSWER_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            self._stream.close()
            self._socket.close()
            self._log.close()
