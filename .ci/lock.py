"""Writes the lock files: exact versions, and the hash of every file they may come in, for all systems.

Versions are those that .venv holds, since these were tested; what only other systems need is resolved anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SERVICE = ROOT / "service" / "requirements.lock"
TESTS = ROOT / "tests" / "requirements.lock"
BUILD = ROOT / ".ci" / "build.lock"
TOOLS = ROOT / ".ci" / "tools.lock"
PLATFORM = ("nvidia-", "cuda-", "triton")  # what a CUDA build of torch brings along, and others do not
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NOWHERE = "sys_platform == 'emscripten'"  # a Python inside a browser, where none of this runs
HEADS = {
    SERVICE: """\
# All the service runs with: what is tested is what is installed. Made with `make lock`.
# torch stands by version alone: its build (CPU, CUDA, Metal), and what that needs, differ by platform.
# {torch}
""",
    TESTS: "# What tests, training, batches need besides service/requirements.lock. Made with `make lock`.\n",
    BUILD: "# What installs and builds TruthLens itself. Made with `make lock`.\n",
    TOOLS: "# What makes lock files and audits them; kept apart from all else. Made with `make lock`.\n",
}
BUILT_WITH = ["pip==26.3", "hatchling==1.33.0", "editables"]
TESTED = {"test", "train", "batch"}  # the extras that tests need; Ray is for many machines and stays out
TOOLS_USED = ["uv", "pip-audit"]


def versions(extras: set[str]) -> dict[str, str]:
    """Every distribution that truthlens with these extras needs here, by its normalised name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [line for extra in extras for line in project["optional-dependencies"][extra]]
    found: dict[str, set[str]] = {}
    waiting = _needed([*project["dependencies"], *optional], set())
    while waiting:
        name, wanted = waiting.pop()
        if name in found and wanted <= found[name]:
            continue
        found[name] = found.get(name, set()) | wanted
        waiting += _needed(metadata.distribution(name).requires or [], wanted)
    return {name: metadata.version(name).partition("+")[0] for name in found}


def _needed(lines: Iterable[str], extras: set[str]) -> list[tuple[str, set[str]]]:
    """What applies here of the requirements of a package with ``extras``: names, and their own extras."""
    return [
        (str(canonicalize_name(need.name)), set(need.extras))
        for need in map(Requirement, lines)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras | {""})
        if not need.name.startswith(PLATFORM)
    ]


def requirements(lock: str) -> list[str]:
    """The entries of a lock file: a requirement, and its hashes on the lines that follow."""
    return re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]  # before the first stands the head


def blocks(lock: str) -> dict[str, str]:
    """The entries by name; those of a package whose version depends on Python's stand one after the other."""
    named: dict[str, str] = {}
    for entry in requirements(lock):
        name = entry.partition("==")[0]
        named[name] = named.get(name, "") + entry
    return named


def locked(wanted: Sequence[str], pins: dict[str, str], *options: str) -> dict[str, str]:
    """The entries for ``wanted``, for pyproject.toml where that is empty, at the versions in ``pins``."""
    with tempfile.TemporaryDirectory() as folder:
        source, pinned = Path(folder) / "wanted.in", Path(folder) / "pins.txt"
        source.write_text("\n".join(wanted), "utf-8")
        pinned.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), "utf-8")
        command = [sys.argv[1], "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--only-binary", ":all:", "--generate-hashes", "--no-annotate", "--no-header"]
        command += ["--constraint", str(pinned), *options, str(source) if wanted else "pyproject.toml"]
        made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return {
        name: entry
        for name, entry in blocks(made).items()
        if not name.startswith(PLATFORM) and NOWHERE not in entry.partition("\n")[0]
    }


def write(path: Path, entries: dict[str, str], **fields: str) -> None:
    body = "".join(entries[name].rstrip() + "\n" for name in sorted(entries))
    path.write_text(HEADS[path].format(**fields) + body, "utf-8")


def main() -> None:
    """Write all lock files. The program's argument is the path of uv."""
    pins = versions(TESTED)
    service = locked([], pins)
    everything = locked([], pins, *(f"--extra={extra}" for extra in sorted(TESTED)))
    write(TESTS, {name: entry for name, entry in everything.items() if name not in service})
    service.pop("torch")
    write(SERVICE, service, torch=f"torch=={pins['torch']}")
    write(BUILD, locked(BUILT_WITH, pins))
    write(TOOLS, locked(TOOLS_USED, {}))


if __name__ == "__main__":
    main()
