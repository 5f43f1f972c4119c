"""Names as a text writes them: runs of capitals, and acronyms in brackets behind their long form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from truthlens.voices import reporting

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|St)\.|(?:[A-Z]\.)+"
_CAPITAL = rf"(?:{_TITLE}|[A-Z][^\W_]*(?:[.’'-][^\W_]+)*)"
_JOINED = r"(?:of the|of|for|de|del|van|von|bin|du|la)"
_NAME = re.compile(rf"(?<![^\W_]){_CAPITAL}(?:[ \u00a0](?:{_JOINED}[ \u00a0])?{_CAPITAL})*")
_LONG_FORM = re.compile(r"\(([A-Z][A-Za-z]{1,9})\)")
HEADING = 14
"""Words of a run of capitals from which it is a heading, not a name."""

_NO_NAME = (
    reporting.OPENERS
    | reporting.PREPOSITIONS
    | reporting.CONJUNCTIONS
    | reporting.TIMES
    | reporting.PRONOUNS
    | reporting.words(
        "and but or so yet however meanwhile still also now then both what how why here there if even only",
        "just",
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    start: int

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())


def written_names(text: str, start: int) -> Iterator[Name]:
    """Every name from ``start`` on, in order."""
    for match in _NAME.finditer(text, start):
        name = _stripped(match)
        if name is not None:
            yield name


def _stripped(match: re.Match[str]) -> Name | None:
    """Without words that are capitals only because a sentence begins, owners, and a possessive ending."""
    start = match.start()
    words = re.split(r"([ \u00a0])", match.group())
    if len(words) > 2 * HEADING:
        return None
    owned = max((at for at in range(0, len(words) - 1, 2) if words[at].endswith(("’s", "'s"))), default=-2)
    while len(words) > 1 and (owned >= 0 or words[0].lower() in _NO_NAME or words[0].endswith("ing")):
        start += len(words[0]) + len(words[1])
        words = words[2:]
        owned -= 2
    while len(words) > 1 and words[-1].lower() in reporting.TIMES:
        words = words[:-2]
    text = "".join(words)
    text = text.removesuffix("’s").removesuffix("'s")
    return Name(text, start) if text and text.lower() not in _NO_NAME else None


def acronyms(text: str) -> list[tuple[str, str]]:
    """Both "MSMT" and its long form, with "Long Form (MSMT)" as the text has it."""
    found = []
    for match in _LONG_FORM.finditer(text):
        letters = [letter.lower() for letter in match.group(1) if letter.isupper()]
        before = text[max(0, match.start() - 120) : match.start()].rsplit("\n", maxsplit=1)[-1]
        words = list(re.finditer(r"[^\s,.;:“”\"()]+", before))
        index = len(words) - 1
        while index >= 0 and letters:
            word = words[index].group()
            if word[0].lower() == letters[-1] and (word[0].isupper() or len(letters) > 1):
                letters.pop()
            elif word.lower() not in {"of", "for", "and", "the", "on", "in", "to"}:
                break
            if letters:
                index -= 1
        if not letters and index >= 0 and words[index].group()[0].isupper() and len(match.group(1)) > 1:
            start = match.start() - len(before) + words[index].start()
            full = text[start : match.end()]
            found += [(match.group(1), full), (text[start : match.start()].strip(), full)]
    return found
