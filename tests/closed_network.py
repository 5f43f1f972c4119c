"""Run in a network namespace that has loopback alone: proves that it is closed, then has pages read from
their HTML there, by way of socket, guard, extraction worker and analysis, and prints the results as JSON.
"""

from __future__ import annotations

import errno
import fcntl
import json
import socket
import struct
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
VARYING = {"timings_ms", "created_at"}
OUTSIDE = (
    "192.0.2.1",
    443,
)  # reserved for documentation: nobody answers, but where there is a way, it is tried


def open_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(control, SIOCGIFFLAGS, name))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def is_closed() -> bool:
    """Whether no packet finds a way out of here. Looking for the way sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        return probe.connect_ex(OUTSIDE) == errno.ENETUNREACH


def real_analyser() -> Any:
    from truthlens.analyse import Analyser
    from truthlens.settings import Settings

    return Analyser.load(Settings.from_env())


def read(pages: Sequence[Path], analyser: Any) -> list[dict[str, Any]]:
    """The result for each page, without what differs between two runs; at last what left meanwhile."""
    from truthlens.cli_token import cli_token
    from truthlens.client import Client
    from truthlens.extract.pool import ExtractionPool
    from truthlens.serve import Service
    from truthlens.server.admit import admit
    from truthlens.server.intake import Intake
    from truthlens.settings import Settings

    def fetch(url: str) -> Any:
        raise AssertionError("nothing was to be fetched")

    pool = ExtractionPool(workers=1)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), port=0)
        intake = Intake(extract=pool.extract, fetch=fetch, admit=admit)
        service = Service(settings, obtain=intake, analyser=analyser)
        serving = threading.Thread(target=service.run)
        serving.start()
        try:
            client = Client(service.settings.port, cli_token(settings.data_dir, service.pairings))
            results = [
                client.analyse({"url": f"https://news.example/{page.stem}", "html": page.read_text("utf-8")})
                for page in pages
            ]
            left = client.request("GET", "/v1/departures")
        finally:
            service.stop()
            serving.join()
            service.close()
            pool.close()
    kept = [{name: value for name, value in each.items() if name not in VARYING} for each in results]
    return [*kept, {"left": left["hosts"]}]


if __name__ == "__main__":
    from fake_encoder import fake_analyser

    open_loopback()
    if not is_closed():
        sys.exit("the namespace is open, so it proves nothing")
    kind, *names = sys.argv[1:]
    made = real_analyser() if kind == "real" else fake_analyser()
    json.dump(read([Path(name) for name in names], made), sys.stdout)
