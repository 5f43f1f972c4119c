"""Memory that an analysis no longer needs goes back to the system."""

from __future__ import annotations

import ctypes

_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Have the C library return what was freed. glibc keeps it: 75 MB after articles of 150 to 1,500 words,
    and more with every thread that allocates. Takes 5 ms; the next analysis takes no longer for it.

    Elsewhere (macOS, musl) there is nothing to call, and nothing is done.
    """
    if _trim is not None:
        _trim(0)
