"""What an analysis needed is not kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from truthlens import freed_memory

MIB = 2**20
STATM = Path("/proc/self/statm")


def resident() -> int:
    return int(STATM.read_text("ascii").split()[1]) * 4096


@pytest.mark.skipif(freed_memory._trim is None or not STATM.exists(), reason="glibc on Linux alone has both")
def test_what_was_freed_between_things_that_stay_goes_back() -> None:
    # Too small to be mapped each by itself; one in a hundred stays, and pins what lies below it.
    pieces = [np.ones(60_000, np.uint8) for _ in range(4000)]
    kept = pieces[::100]
    full = resident()
    del pieces
    freed_memory.give_back()
    assert full - resident() > 100 * MIB
    assert len(kept) == 40
