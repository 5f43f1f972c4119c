"""How much a test tries: a handful in the ordinary run, all of it under `make trust`."""

from __future__ import annotations

import os

FULL = os.environ.get("TRUTHLENS_TRUST") == "1"


def tries(few: int, many: int) -> int:
    """``many`` under `make trust`, else ``few``: the same test, only longer."""
    return many if FULL else few
