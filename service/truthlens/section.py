"""The contract of a report section: one file of sections/, made of a few kinds of block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from truthlens.domain import Block, Finding
from truthlens.reading import Reading
from truthlens.registry import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``build`` returns the section's blocks; an empty article part is a `Nothing` block, never no block."""

    key: str
    title: str
    order: int
    build: Callable[[Reading, Sequence[Finding]], Sequence[Block]]
    placement: Literal["strip", "report"] = "report"


@cache
def sections() -> Mapping[str, Section]:
    """Every section there is, by key, in the order of the report."""
    from truthlens import sections as package

    found = discover(package, "SECTION", Section)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
