"""Run as a program: a service whose pages go through real extraction workers, with a fake analyser
behind them.

Prints its port and a token for the command line as JSON, and serves until its input ends.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import service_under_test
from truthlens.extract.pool import ExtractionPool
from truthlens.server.intake import Intake


def main() -> None:
    with ExtractionPool() as pool, tempfile.TemporaryDirectory() as folder:
        # Whether an article is in English and long enough is not asked: hostile ones should get as far
        # as others.
        intake = Intake(
            extract=pool.extract,
            fetch=lambda url: service_under_test.Page(url, ""),
            admit=lambda article: article,
        )
        service_under_test.bare_intake = lambda: intake
        with service_under_test.running(Path(folder), body_limit=16 * 2**20) as run:
            print(json.dumps({"port": run.port, "token": run.cli_token()}), flush=True)
            sys.stdin.read()


if __name__ == "__main__":
    main()
