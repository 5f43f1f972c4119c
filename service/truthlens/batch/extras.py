"""The extras of the package that a corpus needs, asked for before anything is begun."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

from truthlens.errors import ServiceError

Extra = Literal["batch", "ray"]
MODULES: dict[Extra, tuple[str, ...]] = {
    "batch": ("filelock", "protego", "pyarrow", "warcio"),
    "ray": ("ray",),
}


def require(*extras: Extra) -> None:
    """Raises ServiceError ``extra_missing``."""
    for extra in extras:
        if any(find_spec(module) is None for module in MODULES[extra]):
            raise ServiceError(
                "extra_missing",
                f"What this command needs besides TruthLens itself is not installed: the extra “{extra}”.",
                f'Run: pip install "truthlens[{extra}]"',
                status=500,
            )
