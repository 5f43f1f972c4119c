"""One analysis under way: its state, who waits for it, and how it looks to a client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from truthlens.errors import ServiceError
from truthlens.server.pairing import CLI_ORIGIN
from truthlens.server.reply import error_fields

# A panel asks at least once a second, but browsers wake the timers of a page that nobody sees only once a
# minute. What is asked about still less often than that belongs to a browser that was ended.
HEARTBEAT_SECONDS = 90.0
State = Literal["queued", "working", "done", "failed", "cancelled"]


class Cancelled(Exception):  # noqa: N818  # no error: nobody waits for the result any more
    """Raised through the analysis to end it."""


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """Changed only under the lock of `Jobs`. ``progress`` is a share, 0..1.

    ``waiters`` counts how often each client (by the origin of its pairing) asked for this analysis, and
    ``asked_at`` is when one of them last asked how far it is, in seconds that never go back.
    """

    id: str
    state: State = "queued"
    stage: str = ""
    progress: float = 0.0
    asked_at: float
    waiters: Counter[str] = field(default_factory=Counter)
    error: ServiceError | None = None
    annotations: list[dict[str, object]] = field(default_factory=list)  # while the report is not done
    result: dict[str, object] | None = None  # only when it could not be stored

    @property
    def live(self) -> bool:
        return self.state in {"queued", "working"}

    def leave(self, client: str) -> None:
        """One client gives up, once; the analysis is cancelled when that was the last one."""
        if self.waiters[client] > 0:
            self.waiters[client] -= 1
        if self.waiters.total() == 0:
            self.state = "cancelled"

    def leave_if_forsaken(self, now: float) -> None:
        """Cancel a job about which nobody has asked for too long: who vanishes cannot say that they leave.

        What the command line began goes on: a terminal may be stopped and continued hours later, and what it
        asked for is kept.
        """
        if self.live and self.waiters[CLI_ORIGIN] == 0 and now - self.asked_at > HEARTBEAT_SECONDS:
            self.state = "cancelled"

    def view(self, titles: Mapping[str, str], waiting: str) -> dict[str, object]:
        """The job as clients see it; ``waiting`` is what stands for a stage while it is queued."""
        if self.result is not None:
            return done_view(self.id, titles, self.result)
        fields: dict[str, object] = {
            "id": self.id,
            "state": self.state,
            "stage": self.stage,
            "stage_title": titles.get(self.stage, waiting if self.state == "queued" else ""),
            "progress": round(self.progress, 3),
            "annotations": self.annotations,
        }
        if self.error is not None:
            fields["error"] = error_fields(self.error)
        return fields


def done_view(job_id: str, titles: Mapping[str, str], result: dict[str, object]) -> dict[str, object]:
    """A finished analysis as clients see it."""
    stage, title = list(titles.items())[-1]
    return {"id": job_id, "state": "done", "stage": stage, "stage_title": title, "progress": 1.0, **result}


def require_done(view: Mapping[str, object]) -> None:
    """Raises ServiceError ``not_done`` for an analysis, as clients see it, that has no result yet."""
    if view["state"] != "done":
        raise ServiceError(
            "not_done", "The analysis is not finished.", "Ask again once its state is done.", status=409
        )
