"""Words of a sentence, cut down far enough that "launched" and "launches" count as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\w+(?:[’'‑-]\w+)*(?:\.\w\b\.?)*")
"""As `heads.WORD`, but "U.S." is one word."""

_POSSESSIVES = ("’s", "'s", "’", "'")
_IRREGULAR = {
    form: base
    for base, forms in {
        "say": "says said saying",
        "tell": "told",
        "write": "wrote written",
        "find": "found",
        "send": "sent",
        "give": "gave given",
        "take": "took taken",
        "buy": "bought",
        "sell": "sold",
        "fall": "fell fallen",
        "rise": "rose risen",
        "lead": "led",
        "lose": "lost losing",
        "win": "won winning",
        "hold": "held",
        "make": "made making",
        "meet": "met",
        "show": "shown",
        "leave": "left",
        "lend": "lent",
        "pay": "paid",
        "beat": "beaten",
        "strike": "struck",
        "build": "built",
        "bring": "brought",
        "fight": "fought",
        "shoot": "shot",
        "deny": "denies denied denial denials",
    }.items()
    for form in forms.split()
}
_ENDINGS = ("ingly", "edly", "ing", "ed", "es", "ly", "s")

STOPWORDS = frozenset(
    """a an the this that these those it its he his him she her they their them we our us you your i my me
    who whom whose which what there here and or but nor so yet if as than then of in on at to for
    from by with about into over under after before during between through against out up down off
    since until within without while amid among is are was were be been being am do does did done
    doing has have had having will would shall should can could may might must also just very too
    more most less least much many such same other another each both all any some no not only own
    where when why how because although though however again once still already per one s t ll re ve
    d""".split()
)
"""Words that carry no content of their own."""


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` as it stands, ``stem`` as it is compared; offsets are within the sentence."""

    start: int
    end: int
    text: str
    stem: str

    @property
    def is_content(self) -> bool:
        return self.text.lower() not in STOPWORDS


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(m.start(), m.end(), m.group(), stem(m.group())) for m in WORD.finditer(text))


def content(text: str) -> Iterator[str]:
    """Stems of the words that carry content, in order."""
    return (word.stem for word in words(text) if word.is_content)


def bare(word: str) -> str:
    """Without a possessive ending and without the full stops of "U.S."."""
    for ending in _POSSESSIVES:
        if word.endswith(ending) and len(word) > len(ending):
            word = word[: -len(ending)]
            break
    return word.replace(".", "")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Lower case, no possessive, and cut as a light stemmer cuts: it serves comparing, not reading."""
    word = bare(word).lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") else word
