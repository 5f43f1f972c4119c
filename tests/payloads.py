"""Texts that would run or load something where they are taken for markup, and results that are full of
them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parent / "extension" / "fixtures"


def payloads(canary: str = "https://canary.invalid") -> list[str]:
    """What each would do: set ``globalThis.hits``, or ask the server of that address."""
    raw = json.loads((FIXTURES / "payloads.json").read_text("utf-8"))["payloads"]
    return [each.replace("{hit}", "globalThis.hits=1").replace("{canary}", canary) for each in raw]


PAYLOADS = payloads()


STRUCTURE = {
    *("kind", "key", "id", "type", "placement", "state", "voice", "colour", "strength", "indicator", "other"),
    *("extracted_by", "language", "published", "code", "amounts", "@context", "motivation"),
}
"""Fields that are compared or counted with, not shown as they come."""


def poisoned(value: Any, payload: str, key: str = "") -> Any:
    """A value of JSON with the payload in place of every text in it that readers see."""
    if isinstance(value, str):
        return value if key in STRUCTURE or not value else payload
    if isinstance(value, dict):
        return {name: poisoned(part, payload, name) for name, part in value.items()}
    if isinstance(value, list | tuple) and key != "amounts":
        return [poisoned(each, payload, key) for each in value]
    return value
