"""How firmly a number is stated: "at least", "as many as", "about", told by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLASSES: dict[str, tuple[str, ...]] = {
    "at least": ("at least", "no fewer than", "no less than", "not less than", "a minimum of"),
    "up to": (
        "up to", "as many as", "as much as", "as high as", "at most", "no more than", "not more than",
        "a maximum of",
    ),
    "more than": (
        "more than", "over", "above", "exceeding", "upwards of", "upward of", "in excess of", "well over",
        "greater than",
    ),
    "less than": ("fewer than", "less than", "under", "below", "well under"),
    "just over": ("just over", "slightly over", "slightly more than", "just above", "little more than"),
    "nearly": (
        "nearly", "almost", "close to", "just under", "just short of", "just below", "approaching",
        "not quite",
    ),
    "about": (
        "about", "around", "approximately", "roughly", "some", "an estimated", "estimated", "circa",
        "in the region of", "or so",
    ),
    "only": ("only", "just", "merely", "a mere", "a paltry", "as few as", "as little as"),
    "alleged": ("alleged", "allegedly", "reported", "reportedly", "claimed", "supposed", "suspected"),
}  # fmt: skip
"""Ways to say the same of a number. What is told by another class is told otherwise."""

_PHRASES = {phrase: name for name, phrases in _CLASSES.items() for phrase in phrases}
_LONGEST = max(phrase.count(" ") + 1 for phrase in _PHRASES)
_BETWEEN = frozenset({"the", "a", "an", "another", "additional", "further", "extra", "its", "their", "his"})
_AFTER = re.compile(
    r"[\s-]*(?:\w+\s+)?(?:(?P<least>or more|and more|and up|at least)|(?P<most>at most|or fewer|or less)"
    r"|(?P<about>or so|odd))\b"
)
_DURATION = re.compile(r"[\s-]*(?:year|month|week|day|hour|decade|centur)")
_WORD = re.compile(r"[A-Za-z]+")
REACH = 60  # characters before a number that are looked at


@dataclass(frozen=True, slots=True)
class Qualifier:
    """``name`` is a class of `_CLASSES`, "" for a bare number. ``doubtful``: it may be none, as in "over
    three years of war".
    """

    name: str
    phrase: str = ""
    doubtful: bool = False

    def same(self, other: Qualifier) -> bool:
        if self.name == other.name:
            return True
        return (self.doubtful and not other.name) or (other.doubtful and not self.name)


def qualifier(text: str, start: int, end: int) -> Qualifier:
    """Of the number that stands at ``start``..``end``."""
    after = _AFTER.match(text, end, end + REACH)
    if after is not None:
        names = {"least": "at least", "most": "up to", "about": "about"}
        return Qualifier(names[after.lastgroup or ""], after.group(after.lastgroup or 0))
    before = text[max(0, start - REACH) : start].rstrip(" $£€~\u00a0").lower()
    near = re.split(r"[^\w\s'’-]", before)[-1].split()
    while near and near[-1] in _BETWEEN and " ".join(near[-2:]) not in _PHRASES:
        near.pop()
    for length in range(min(_LONGEST, len(near)), 0, -1):
        phrase = " ".join(near[-length:])
        if phrase in _PHRASES:
            doubtful = phrase in ("over", "under", "some", "around") and bool(_DURATION.match(text, end))
            return Qualifier(_PHRASES[phrase], phrase, doubtful)
    if text[max(0, start - 1) : start] == "~":
        return Qualifier("about", "~")
    return Qualifier("")
