"""How the lines of the credibility summary count things."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """ "no reply", "1 reply", "2 replies"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def yes(there: bool) -> str:
    return "yes" if there else "no"
