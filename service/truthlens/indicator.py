"""The contract of an indicator: one claim about wording, in one file of indicators/."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from truthlens.domain import Finding
from truthlens.reading import Reading
from truthlens.registry import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """``find`` is pure and takes milliseconds. ``colour`` names a slot of the extension's palette.

    ``flags`` are sentences in which it must find something, ``passes`` ones in which it must not; tests hold
    every indicator to both with the real encoder.
    """

    key: str
    title: str
    describes: str
    colour: str
    find: Callable[[Reading], Iterator[Finding]]
    flags: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator there is, by key."""
    from truthlens import indicators as package

    return discover(package, "INDICATOR", Indicator)
