"""Text from outside as a terminal may get it: as it reads, and never as a command to the terminal."""

from __future__ import annotations

import re
from typing import Any

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters (escape sequences begin with one) and those that turn the direction of writing, as the
extension leaves them out (`lib/plain.js`)."""


def printable(text: str) -> str:
    return _OBEYED.sub("", text)


def printable_parts(value: Any) -> Any:
    """The same of every text in a value of JSON; names of fields stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: printable_parts(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable_parts(part) for part in value]
    return value
