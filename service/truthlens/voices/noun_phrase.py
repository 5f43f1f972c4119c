"""A noun phrase that may speak, found among the words in front of a verb or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.voices import reporting
from truthlens.voices.line import Line, Word

LONGEST = 14
"""Words of a speaker. A longer subject is a clause that was misread; then nobody is named."""

_TRAILING = (
    reporting.BEFORE_VERB
    | reporting.PREPOSITIONS
    | reporting.TIMES
    | reporting.CATENATIVES
    | reporting.words("further first nevertheless nonetheless")
)
_SPANS = reporting.words(
    "week month year morning afternoon evening night weekend summer spring autumn winter"
)
_WHICH = {"last", "this", "next", "that"}
_VERBS = reporting.FINITE | reporting.CLAUSE - reporting.ALSO_NOUNS
BEFORE_ADJECTIVE = reporting.OPENERS | reporting.PREPOSITIONS | {"and", "or", "very", "more"}
"""Behind these a word in -ed is no verb: "the retired judge"."""
_NO_PAST = reporting.words("hundred red bed shed need speed seed breed feed weed creed greed indeed sacred")
_ASKING = reporting.ASKING | {"whatever", "whoever", "nobody"}
_PERSONS = ("ers", "ors", "ists", "ents", "ives", "ians", "ants")
"""Endings of plain plurals that are mostly people: "officers", "executives"."""
_FEW = 4  # words of such a subject, and letters that its last word exceeds
_SUBJECTS = reporting.words("he she they we i you")
STARTERS = reporting.OPENERS | reporting.PRONOUNS
"""Words with which a noun phrase begins."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a speaker, as the sentence has them; ``span`` holds an aside to them as well."""

    text: str
    span: Span

    @property
    def lower(self) -> str:
        return self.text.lower()


def mention(line: Line, words: Sequence[Word]) -> Mention:
    """These words as they stand."""
    span = Span(words[0].start, words[-1].end)
    return Mention(span.of(line.text), span)


def phrase(
    line: Line, words: Sequence[Word], *, longest: int = LONGEST, anyone: bool = False
) -> Mention | None:
    """A noun phrase that may speak, without what stands round it; with ``anyone`` whatever it names."""
    found = _without_time(words)
    if found and found[-1].lower in ("and", "or"):
        return None
    while found and (found[0].lower in reporting.LEADING or found[0].adverb):
        found.pop(0)
    if found and found[0].lower in reporting.PREPOSITIONS:
        found = _behind_circumstance(found)
    found = _from_pronoun(_without_object(_behind_verb(found)))
    if not found or len(found) > longest or not (anyone or _may_speak(found)):
        return None
    first, last = found[0], found[-1]
    end = last.start + len(last.stem) if last.stem in reporting.PRONOUNS else last.end
    return Mention(line.text[first.start : end], Span(first.start, end))


def _without_time(words: Sequence[Word]) -> list[Word]:
    """Without what stands between a subject and its verb: "the mayor last week also" is the mayor."""
    found = list(words)
    while found:
        of_time = found[-1].lower in _SPANS and len(found) > 1 and found[-2].lower in _WHICH
        if of_time:
            del found[-2:]
        elif found[-1].lower in _TRAILING or found[-1].adverb:
            found.pop()
        else:
            break
    return found


def _behind_circumstance(found: list[Word]) -> list[Word]:
    """`In April President Roe` is President Roe, `in May the ministry` is the ministry."""
    for index in range(len(found) - 1, 0, -1):
        if found[index].lower in STARTERS and found[index - 1].lower not in reporting.PREPOSITIONS:
            return found[index:]
    start = len(found)
    while start > 1 and found[start - 1].capital:
        start -= 1
    while start < len(found) and found[start].lower in reporting.TIMES:
        start += 1
    if start == len(found) and found[-1].lower in reporting.GROUPS:
        start -= 1
    return found[start:]


def _behind_verb(found: list[Word]) -> list[Word]:
    """Where another verb stands in front, the subject is what begins behind it: "is a plan Ann Doe says"."""
    verb = max((at for at in range(len(found) - 1) if _is_main(found, at)), default=-1)
    if verb < 0:
        return found
    for index in range(len(found) - 1, verb, -1):
        word = found[index]
        begins = word.lower in reporting.PRONOUNS or (
            (word.capital or word.lower in reporting.GROUPS) and not found[index - 1].capital
        )
        if begins:
            return found[index:]
    return []


def _is_main(found: Sequence[Word], at: int) -> bool:
    """A verb by its form, or in -ed and with an object: "released two"."""
    word, behind = found[at], found[at + 1].lower
    takes_object = at > 0 and is_past(word) and behind in reporting.OPENERS
    return word.lower in _VERBS or (takes_object and found[at - 1].lower not in BEFORE_ADJECTIVE)


def is_past(word: Word) -> bool:
    """By its ending."""
    return word.text.endswith("ed") and not word.capital and word.lower not in _NO_PAST


def _from_pronoun(found: list[Word]) -> list[Word]:
    """`charges he` is he, and "he felt bound to" no more than he: a pronoun is a subject by itself."""
    pronouns = [at for at, word in enumerate(found) if word.stem in _SUBJECTS]
    return found[pronouns[-1] : pronouns[-1] + 1] if pronouns else found


def _without_object(found: list[Word]) -> list[Word]:
    """`a prospect Roe denied` is Roe: behind "a" and a plain noun a name begins anew."""
    names = 0
    while names < len(found) and found[-1 - names].capital:
        names += 1
    begins_anew = names and len(found) == names + 2 and found[0].lower in {"a", "an"}
    return found[-names:] if begins_anew else found


def _may_speak(found: Sequence[Word]) -> bool:
    first, last = found[0].stem, found[-1].lower
    letter = len(first) == 1 and first != "i"  # "Q:" and "A:" of an interview
    if (len(found) == 1 and (letter or first in reporting.NOBODY)) or first in _ASKING:
        return False
    if (first == "no" and found[1:2] and found[1].lower == "one") or _is_time(found):
        return False
    known = first in STARTERS or last in reporting.GROUPS
    counted = (first[0].isdigit() and len(found) > 1) or "percent" in {word.lower for word in found[:3]}
    several = len(found) < _FEW and len(last) > _FEW and last.endswith(_PERSONS)
    return known or counted or several or any(word.capital for word in found)


def _is_time(found: Sequence[Word]) -> bool:
    return all(word.lower in reporting.TIMES | _SPANS | _WHICH for word in found)


def is_document(named: Mention | None) -> bool:
    """Whether it is a paper or an inquiry, which finds and shows things; "it" may be one."""
    if named is None:
        return False
    words = {word.lower for word in Line(named.text).words}
    return bool(words & reporting.DOCUMENTS) or words == {"it"}
