"""How often somebody may ask: a bucket of turns for each, refilled at a steady pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from truthlens.errors import ServiceError

RETRY_AFTER_SECONDS = 1  # no bucket below takes longer to gain a turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """``burst`` requests at once, and ``per_second`` (at least 1) in the long run."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """``client`` holds for each paired client alone, so that nobody uses up another's turns; ``pairing`` for
    all claims of a code together, and ``stranger`` for all requests with a wrong token or none.
    """

    # A panel looks five times a second at first and twice later on, the command line four times.
    client: Rate = Rate(burst=120, per_second=20.0)
    pairing: Rate = Rate(burst=30, per_second=1.0)
    # Nobody guesses 256 bits. This spares the processor, and is wide so that a refusal keeps its own reason.
    stranger: Rate = Rate(burst=300, per_second=30.0)


STANDARD = Rates()


class Buckets:
    """A bucket for each key at one rate. ``now`` gives seconds that never go back.

    Keys are origins of pairings, so their number stays as small as that of pairings.
    """

    def __init__(self, rate: Rate, *, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._full_at: dict[str, float] = {}  # when the bucket of a key will be full again
        self._lock = threading.Lock()

    def take(self, key: str = "") -> None:
        """Use up one turn. Raises ServiceError ``too_many_requests`` when there is none, at no cost."""
        turn = 1.0 / self._rate.per_second
        with self._lock:
            now = self._now()
            full_at = max(self._full_at.get(key, now), now) + turn
            # Turns are counted in seconds to a full bucket; the rest absorbs what adding fractions loses.
            if full_at - now > self._rate.burst * turn + turn / 1000:
                raise too_many()
            self._full_at[key] = full_at


class Turns:
    """The buckets that the guard asks, one method for each kind of request."""

    def __init__(self, rates: Rates, *, now: Callable[[], float] = time.monotonic) -> None:
        self._clients = Buckets(rates.client, now=now)
        self._pairing = Buckets(rates.pairing, now=now)
        self._strangers = Buckets(rates.stranger, now=now)

    def client(self, origin: str) -> None:
        """A request with the token of this pairing, "" for the command line."""
        self._clients.take(origin)

    def pairing(self) -> None:
        """A claim of a pairing code."""
        self._pairing.take()

    def stranger(self) -> None:
        """A request with a wrong token or none."""
        self._strangers.take()


def too_many() -> ServiceError:
    return ServiceError(
        "too_many_requests",
        "Too many requests came at once.",
        "Wait a second and try again.",
        status=429,
    )
