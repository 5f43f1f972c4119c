"""Every setting of the service in one frozen value: environment and defaults, nothing read later."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from truthlens.errors import ServiceError
from truthlens.server.rate import STANDARD, Rates

MIB = 2**20
DEFAULT_PORT = 8765


@dataclass(frozen=True, slots=True)
class Settings:
    """``data_dir`` is made when first used. ``model_dir`` None means the packaged model.

    ``port`` 0 asks the system for a free one. Ports below 1024 are refused: they need privileges, and
    browsers leave ":80" out of `Host`, which the guard compares whole. ``host`` is always loopback.
    """

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    model_dir: Path | None = None
    precision: str = "auto"  # auto, float32 or bfloat16: see precision.py
    queue_size: int = 16  # analyses that may wait; the next one is told to come back
    body_limit: int = 8 * MIB  # bytes of a request's body
    threads: int = 8  # threads that answer requests; inference has its own
    connection_limit: int = 256  # as many as a browser opens, so that idle ones keep nobody out
    rates: Rates = STANDARD  # how often somebody may ask
    extraction_workers: int = 2  # processes that parse pages
    llm_url: str = ""  # of a language model on this computer; "" means none is asked
    llm_model: str = ""  # its name there

    def __post_init__(self) -> None:
        if self.host != "127.0.0.1":
            raise _refused("the address to listen on is not 127.0.0.1", "Leave the address as it is.")
        if self.port != 0 and not 1024 <= self.port <= 65535:
            raise _refused(
                "the port is not a number from 1024 to 65535",
                f"Set TRUTHLENS_PORT to such a number, or leave it out for {DEFAULT_PORT}.",
            )

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read TRUTHLENS_DATA_DIR, _PORT, _MODEL_DIR, _PRECISION, _LLM_URL and _LLM_MODEL; empty counts as
        unset.

        Raises ServiceError ``bad_settings``.
        """
        data_dir = environ.get("TRUTHLENS_DATA_DIR")
        model_dir = environ.get("TRUTHLENS_MODEL_DIR")
        port = environ.get("TRUTHLENS_PORT") or str(DEFAULT_PORT)
        return cls(
            data_dir=Path(data_dir)
            if data_dir
            else platformdirs.user_data_path("truthlens", appauthor=False),
            port=int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else -1,
            model_dir=Path(model_dir) if model_dir else None,
            precision=environ.get("TRUTHLENS_PRECISION") or "auto",
            llm_url=environ.get("TRUTHLENS_LLM_URL") or "",
            llm_model=environ.get("TRUTHLENS_LLM_MODEL") or "",
        )


def _refused(found: str, remedy: str) -> ServiceError:
    return ServiceError("bad_settings", f"The settings cannot be used: {found}.", remedy, status=500)
