"""Finds plug-ins: one file, one constant, one key that equals the file's name. No list is kept anywhere."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Protocol, TypeVar


class Plugin(Protocol):
    """Anything with a key that names it in files, JSON, CSS and tests."""

    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Plugin)


def discover(package: ModuleType, constant: str, kind: type[P]) -> dict[str, P]:
    """Plug-ins of a package by key, in the order of their file names.

    Raises LookupError when a file (one without a leading underscore) exports no ``constant`` of that kind,
    or one whose key is not the file's name.
    """
    found: dict[str, P] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
        if info.name.startswith("_"):
            continue
        plugin = getattr(import_module(f"{package.__name__}.{info.name}"), constant, None)
        if not isinstance(plugin, kind) or plugin.key != info.name:
            raise LookupError(f"{package.__name__}.{info.name}: exports no {constant} with that key")
        found[info.name] = plugin
    return found
