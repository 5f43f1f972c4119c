"""Where a text says that a machine made it: the only thing that counts as a sign of AI here. English."""

from __future__ import annotations

import re

MADE_BY_MACHINE = re.compile(
    r"\b(?:written|generated|produced|created|drafted|compiled|summari[sz]ed|translated|assisted|edited|made)\b"
    r"[^.]{0,60}?\b(?:by|with|using|through)\b[^.]{0,60}?"
    r"\b(?:AI|A\.I\.|artificial intelligence|ChatGPT|GPT-\d|large language models?|machine translation)\b"
    r"|\bAI[- ](?:generated|assisted|written|created|translated)\b"
)
_OF_ITSELF = re.compile(
    r"\bthis (?:article|story|text|summary|piece|page|report|translation)\b", re.IGNORECASE
)


def discloses(text: str) -> bool:
    """Whether a line says so of itself; one about other texts, or that quotes somebody, does not."""
    return bool(MADE_BY_MACHINE.search(text[:1000]) and _OF_ITSELF.search(text[:1000]))
