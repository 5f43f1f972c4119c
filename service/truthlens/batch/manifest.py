"""What a run is: its inputs, what it was computed with, how far it came. `parts.jsonl` lists its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from truthlens.batch.inputs.source import Source
from truthlens.batch.record import Finished
from truthlens.batch.tables import SCHEMA
from truthlens.errors import ServiceError

NAME = "manifest.json"
State = Literal["running", "interrupted", "finished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``options`` are those that decide what the tables hold. ``versions`` are empty until a model is loaded.
    Times are ISO 8601 in UTC; ``state`` "running" in a run that runs no more says that it was killed.
    """

    inputs: tuple[Source, ...]
    options: Mapping[str, object]
    schema: int = SCHEMA
    versions: Mapping[str, str] = field(default_factory=dict)
    state: State = "running"
    started: str = ""
    ended: str = ""
    parts: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def counted(self, finished: Iterable[Finished], state: State) -> Manifest:
        """The same with the sums over all parts that are finished."""
        parts = tuple(finished)
        sums = {
            name: sum(getattr(part, name) for part in parts)
            for name in ("records", "articles", "errors", "words", "written")
        }
        return replace(self, state=state, ended=now(), parts=len(parts), counts=sums)


def load(out: Path) -> Manifest | None:
    """None when there is none. Raises ServiceError ``other_run`` for a folder of something else."""
    try:
        content = (out / NAME).read_bytes()
    except FileNotFoundError:
        if out.is_dir() and any(not file.name.startswith(".") for file in out.iterdir()):
            raise _other_run("The folder is not empty, and no run of this kind began there.") from None
        return None
    try:
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise _other_run("The folder's manifest cannot be read.") from error


def save(manifest: Manifest, out: Path) -> None:
    hidden = out / f".{NAME}"
    hidden.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    hidden.replace(out / NAME)


def go_on(earlier: Manifest, wanted: Manifest) -> Manifest:
    """The manifest by which ``wanted`` continues ``earlier``. Raises ServiceError ``other_run``."""
    if earlier.schema != wanted.schema:
        raise _other_run("The folder holds tables of another schema.")
    if earlier.inputs != wanted.inputs:
        raise _other_run("The run in this folder has other inputs, or they were changed since.")
    changed = [name for name in wanted.options if earlier.options.get(name) != wanted.options[name]]
    if changed:
        raise _other_run(f"The run in this folder was begun with another {changed[0].replace('_', ' ')}.")
    return replace(earlier, state="running")


def with_versions(manifest: Manifest, versions: Mapping[str, str]) -> Manifest:
    """The same, computed with these. Raises ServiceError ``other_run`` when it was begun with others."""
    if manifest.versions and dict(manifest.versions) != dict(versions):
        raise _other_run("The run in this folder was begun with another version, model or weights.")
    return replace(manifest, versions=dict(versions))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _other_run(message: str) -> ServiceError:
    return ServiceError(
        "other_run", message, "Choose another folder with --out, or repeat the command that began this run."
    )
