"""Programs of our own, run where they have a network, or mounts, of their own. Only Linux has namespaces."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent


def in_namespace(kinds: str, program: str, *words: str, timeout: float | None = None) -> str:
    """What one of these programs prints. ``kinds`` are options of `unshare`; the wait is in seconds."""
    unshare = shutil.which("unshare")
    made = (
        unshare and subprocess.run([unshare, kinds, "true"], capture_output=True, check=False).returncode == 0
    )
    if not made:
        pytest.skip("no namespace can be made here")
    done = subprocess.run(
        [str(unshare), kinds, sys.executable, str(TESTS / program), *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS / "e2e")))},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
