"""What an engine tells the run that it works for, and asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truthlens.batch.record import Finished, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """``versions`` and ``done`` may raise ServiceError to end the run."""

    versions: Callable[[Mapping[str, str]], None]
    done: Callable[[Finished], None]
    """The tables of a part are written; once this returns, the part is done for good."""
    record: Callable[[Part], None]
    """Another record of a part is in hand. Ray's actors do not tell."""
    stopping: Callable[[], bool]
    """Once true, no further part is begun."""
