"""Reads one TOML seed file strictly: what is unknown, missing or empty is an error naming file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truthlens.rewording.wording import fold


class SeedError(ValueError):
    """A seed file that breaks the format. The message opens with ``file:line:``, file relative to seeds/."""


@dataclass(frozen=True, slots=True)
class SeedTable:
    """A TOML table that knows its file and first line (from 1): tomllib keeps neither, errors name both."""

    file: str
    lines: tuple[str, ...]
    first: int
    values: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, name: str) -> SeedTable:
        try:
            text = path.read_text(encoding="utf-8")
            return cls(name, tuple(text.splitlines()), 1, tomllib.loads(text))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise SeedError(f"{name}:1: cannot be read: {reason}") from error
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))  # absent when the file ends too early
            raise SeedError(f"{name}:{place[1] if place else len(text.splitlines())}: {error}") from error

    def line(self, key: str) -> int:
        """Where ``key`` is set in this table; the table's first line when it is not."""
        setting = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=|^\s*\[+{re.escape(key)}\]""")
        numbered = enumerate(self.lines[self.first - 1 :], self.first)
        return next((number for number, line in numbered if key and setting.match(line)), self.first)

    def wrong(self, message: str, key: str = "") -> SeedError:
        return SeedError(f"{self.file}:{self.line(key)}: {message}")

    def check(self, required: set[str], *, optional: Set[str] = frozenset()) -> None:
        for key in sorted(self.values.keys() - required - optional):
            raise self.wrong(f"unknown key {key!r}; expected {', '.join(sorted(required | optional))}", key)
        for key in sorted(required - self.values.keys()):
            raise self.wrong(f"key {key!r} is missing")

    def string(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (value != default and (not value or value != value.strip())):
            raise self.wrong(f"{key} is {value!r}; expected text without spaces at its edges", key)
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self.values.get(key, [])
        if isinstance(values, list) and all(isinstance(v, str) and v and v == fold(v) for v in values):
            return tuple(values)
        raise self.wrong(f"{key} is {values!r}; expected a list of lower-case words", key)

    def strings_by_key(self, key: str, *, may_be_empty: bool = False) -> dict[str, str]:
        values = self.values.get(key, {})
        if not isinstance(values, dict):
            raise self.wrong(f"{key} is {values!r}; expected a table of texts", key)
        for inner, value in values.items():
            if not isinstance(value, str) or value != value.strip() or not (value or may_be_empty):
                place = inner if self.line(inner) > self.line(key) else key
                raise self.wrong(f"{key} {inner!r} is {value!r}; expected text", place)
        return dict(values)

    def tables(self, key: str) -> list[SeedTable]:
        values = self.values[key]
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.wrong(f"{key} is not a list of [[{key}]] tables", key)
        header = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        starts = [number for number, line in enumerate(self.lines, 1) if header.match(line)]
        if len(starts) != len(values):
            raise self.wrong(f"{key}: expected each table under a header [[{key}]] of its own", key)
        numbered = zip(starts, values, strict=True)
        return [SeedTable(self.file, self.lines, start, value) for start, value in numbered]
