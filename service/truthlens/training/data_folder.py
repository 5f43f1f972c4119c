"""The folder given with --data, as far as all that read it must agree: how its absence is said."""

from __future__ import annotations

from truthlens.errors import ServiceError


def missing(name: str) -> ServiceError:
    """ServiceError ``data_missing`` for a file or folder that --data does not hold."""
    return ServiceError(
        "data_missing",
        f"{name} is not in the data folder.",
        "Give the folder that holds train/ and measure/ with --data.",
        status=404,
    )
