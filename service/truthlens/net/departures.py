"""What left this computer: which sites this process asked, counted in memory and written nowhere."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

MOST = 100  # names that are kept; what is asked beyond them is only counted


class Departures:
    """Counts a site each time its name is looked up or its address connected to, redirects included.

    ``since`` is when counting began, in seconds of the epoch.
    """

    def __init__(self) -> None:
        self.since = time.time()
        self._requests: Counter[str] = Counter()
        self._lock = Lock()

    def note(self, host: str) -> None:
        """A site is about to be asked."""
        with self._lock:
            known = host in self._requests or len(self._requests) < MOST
            self._requests[host if known else ""] += 1

    def listing(self) -> list[tuple[str, int]]:
        """Sites and how often each was asked, the first one first; "" stands for those beyond MOST."""
        with self._lock:
            return list(self._requests.items())


DEPARTURES = Departures()
"""One for the whole process, since it speaks of the process: no fetch can be made that is not counted."""
