"""Code points ↔ UTF-16 units, converted here alone. Python counts the former, JavaScript the latter."""

from __future__ import annotations

from bisect import bisect_right

ASTRAL = 0x10000


class Offsets:
    """Converts positions within one text, in both directions, in logarithmic time.

    A UTF-16 position inside a surrogate pair belongs to no code point; it counts as the pair's start.
    """

    def __init__(self, text: str) -> None:
        self._astral = [index for index, character in enumerate(text) if ord(character) >= ASTRAL]
        self._astral_utf16 = [index + order for order, index in enumerate(self._astral)]
        self._length = len(text)

    def utf16(self, position: int) -> int:
        """Units before the code point at ``position``. Raises ValueError outside 0..len(text)."""
        if not 0 <= position <= self._length:
            raise ValueError(f"position {position}: expected 0..{self._length}")
        return position + bisect_right(self._astral, position - 1)

    def code_points(self, utf16_position: int) -> int:
        """Code points before the unit at ``utf16_position``. Raises ValueError outside the text."""
        total = self._length + len(self._astral)
        if not 0 <= utf16_position <= total:
            raise ValueError(f"UTF-16 position {utf16_position}: expected 0..{total}")
        before = bisect_right(self._astral_utf16, utf16_position - 1)
        inside = before and self._astral_utf16[before - 1] == utf16_position - 1
        return utf16_position - before if not inside else self._astral[before - 1]
