"""One measured number, and a whole run of them as JSON: what the table, the file and the page are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from truthlens import __version__
from truthlens.bench.machine import machine
from truthlens.errors import ServiceError

PACKAGES = ("torch", "sentence-transformers", "transformers", "numpy")
"""Beside TruthLens itself, what decides how long a reading takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` is in ``unit``; ``of`` says what it is measured against. ``aim`` is the most it should be,
    None where it is only told. ``measure`` is the key of the measure that it came from.
    """

    measure: str
    name: str
    value: float
    unit: str
    of: str = ""
    aim: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """None without an aim."""
        return None if self.aim is None else self.value <= self.aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """``versions`` names what was measured; ``date`` is a day in ISO form, UTC."""

    machine: str
    versions: dict[str, str]
    date: str
    rows: tuple[Figure, ...] = ()

    @classmethod
    def here(cls, rows: Iterable[Figure]) -> Run:
        """Of figures that were measured just now on this machine."""
        versions = {"truthlens": __version__} | {name: metadata.version(name) for name in PACKAGES}
        return cls(
            machine=machine(), versions=versions, date=datetime.now(UTC).date().isoformat(), rows=tuple(rows)
        )

    @classmethod
    def read(cls, file: Path) -> Run:
        """Raises ServiceError ``unreadable``."""
        try:
            fields = json.loads(file.read_text("utf-8"))
            return cls(**{**fields, "rows": tuple(Figure(**row) for row in fields["rows"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ServiceError(
                "unreadable",
                f"{file.name} does not hold figures of `truthlens bench` ({type(error).__name__}).",
                "Write it anew with `truthlens bench --json FILE`.",
            ) from error

    def write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def add(cls, rows: Iterable[Figure], file: Path) -> None:
        """Put figures that were measured just now into a file, or begin one. Raises as `read` and `with_rows`
        do.
        """
        found = list(rows)
        (cls.read(file).with_rows(found) if file.exists() else cls.here(found)).write(file)

    def with_rows(self, rows: Iterable[Figure]) -> Run:
        """These in place of what the same measures gave before.

        Raises ServiceError ``other_machine``: figures of two machines do not belong in one table.
        """
        new = Run.here(rows)
        if (new.machine, new.versions) != (self.machine, self.versions):
            raise ServiceError(
                "other_machine",
                "The file holds figures of another machine or of other versions.",
                "Measure everything anew, or name another file.",
            )
        measures = {row.measure for row in new.rows}
        return replace(new, rows=(*(row for row in self.rows if row.measure not in measures), *new.rows))
