"""Which language model on this computer is to be asked, and whether something answers there.

Imports nothing large: `truthlens doctor` looks at it too.
"""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from truthlens.settings import Settings
from truthlens.store import preferences
from truthlens.store.library import Library

if TYPE_CHECKING:
    from truthlens.llm.endpoint import Endpoint

KEY = "language_model"
"""Of the reader's choice in the table of preferences."""

_PROBE_SECONDS = 2.0


def settled(settings: Settings, library: Library) -> tuple[Settings, bool]:
    """The settings with the model that the reader chose in the options, and whether one was."""
    with library.reading() as connection:
        value = preferences.value(connection, KEY)
    if value is None:
        return settings, False
    url, model = msgspec.json.decode(value, type=tuple[str, str])
    return replace(settings, llm_url=url, llm_model=model), True


def listens(found: Endpoint) -> bool:
    """Whether something takes connections there; waits at most two seconds."""
    family = socket.AF_INET6 if ":" in found.address else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.settimeout(_PROBE_SECONDS)
        return probe.connect_ex((found.address, found.target.port)) == 0
