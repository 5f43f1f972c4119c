"""What a process holds in memory, as Linux counts it; and a service that can be asked for that."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MIB = 2**20
MEASURABLE = Path("/proc/self/clear_refs").exists()


def resident() -> int:
    """Bytes this process holds now."""
    return _status("VmRSS")


def peak() -> int:
    """The most it held since `forget_peak`."""
    return _status("VmHWM")


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def limit(bytes_more: int) -> None:
    """From now on this process cannot even reserve more than so many bytes beyond what it has."""
    ceiling = _status("VmSize") + bytes_more
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _status(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found.group(1)) * 1024


class MeasuredService:
    """A service with a fake analyser in a process of its own. ``grown`` tells by how much it grew at most."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        port, self.token = self._said().split()
        self.port = int(port)

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def _ask(self, what: str) -> str:
        assert self._process.stdin is not None
        print(what, file=self._process.stdin, flush=True)
        return self._said()

    @contextmanager
    def grown(self) -> Iterator[list[int]]:
        """Gets, at the end of the block, the bytes by which the peak stood above the beginning."""
        found: list[int] = []
        before = int(self._ask("begin"))
        yield found
        found.append(int(self._ask("peak")) - before)

    def close(self) -> None:
        self._process.communicate("end\n", timeout=30)


def _serve() -> None:
    from service_under_test import running

    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as run:
        print(run.port, run.cli_token(), flush=True)
        for line in sys.stdin:
            if line == "end\n":
                return
            if line == "begin\n":
                forget_peak()
            print(resident() if line == "begin\n" else peak(), flush=True)


if __name__ == "__main__":
    _serve()
