"""Writes service/requirements.lock and tests/requirements.lock from what the environment holds."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PLATFORM = ("nvidia-", "cuda-", "triton")  # what a CUDA build of torch brings along, and others do not
SERVICE = """\
# Exact versions of all the service runs with: what is tested is what is installed. Made with `make lock`.
# torch stands by version alone: its build (CPU, CUDA, Metal), and what that needs, differ by platform.
"""
TESTS = """\
# Exact versions of what tests and training need besides service/requirements.lock. Made with `make lock`.
"""


def versions(extras: set[str]) -> dict[str, str]:
    """Every distribution that truthlens with these extras needs here, by its normalised name."""
    found: dict[str, set[str]] = {}
    waiting = [("truthlens", extras)]
    while waiting:
        name, wanted = waiting.pop()
        if name in found and wanted <= found[name]:
            continue
        found[name] = found.get(name, set()) | wanted
        for line in metadata.distribution(name).requires or []:
            need = Requirement(line)
            marker = need.marker
            applies = marker is None or any(marker.evaluate({"extra": extra}) for extra in wanted | {""})
            key = re.sub(r"[-_.]+", "-", need.name).lower()
            if applies and not key.startswith(PLATFORM):
                waiting.append((key, set(need.extras)))
    return {name: metadata.version(name).partition("+")[0] for name in found if name != "truthlens"}


def write(path: Path, head: str, pinned: dict[str, str]) -> None:
    path.write_text(head + "".join(f"{name}=={pinned[name]}\n" for name in sorted(pinned)), "utf-8")


if __name__ == "__main__":
    service, everything = versions(set()), versions({"test", "train"})
    write(ROOT / "service" / "requirements.lock", SERVICE, service)
    tests = {name: version for name, version in everything.items() if name not in service}
    write(ROOT / "tests" / "requirements.lock", TESTS, tests)
