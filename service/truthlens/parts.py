"""What the routes work with, made once per application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from truthlens.comparisons import Comparisons
from truthlens.jobs import Jobs
from truthlens.library import Library
from truthlens.pairing import Pairings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    jobs: Jobs
    library: Library
    comparisons: Comparisons
    pairings: Pairings
    catalogue: Callable[[], dict[str, Any]]  # indicators, sections, voices, stages
    openapi: Callable[[], dict[str, Any]]
