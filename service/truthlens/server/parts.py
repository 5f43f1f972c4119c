"""What the routes work with, made once per application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from truthlens.server.comparisons import Comparisons
from truthlens.server.jobs import Jobs
from truthlens.server.language_model import LanguageModelChoice
from truthlens.server.pairing import Pairings
from truthlens.store.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    jobs: Jobs
    library: Library
    comparisons: Comparisons
    pairings: Pairings
    language_model: LanguageModelChoice
    catalogue: Callable[[], dict[str, Any]]  # indicators, sections, voices, stages
    openapi: Callable[[], dict[str, Any]]
