"""The noun phrase that speaks: read from the words in front of a verb, behind it, or before an aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.voices import reporting
from truthlens.voices.line import Line, Word

LONGEST = 14
"""Words of a speaker. A longer subject is a clause that was misread; then nobody is named."""

_TRAILING = reporting.BEFORE_VERB | reporting.PREPOSITIONS | reporting.TIMES | reporting.CATENATIVES
_NUMBERS = reporting.words("two three four five six seven eight nine ten eleven twelve")
_VERBS = reporting.FINITE | reporting.CLAUSE - reporting.ALSO_NOUNS
_CAUSING = reporting.words(
    "prompt prompts prompted lead leads led cause causes caused force forces forced allow allows allowed",
    "encourage encourages encouraged persuade persuades persuaded push pushes pushed inspire inspired",
    "inspires compel compels compelled",
)
"""Verbs with somebody who then does what the infinitive says."""
_BEFORE_ADJECTIVE = reporting.OPENERS | reporting.PREPOSITIONS | {"and", "or", "very", "more"}
_NO_PAST = reporting.words("hundred red bed shed need speed seed breed feed weed creed greed indeed sacred")
_ASKING = reporting.ASKING | {"whatever", "whoever", "nobody"}
_PARTS_OF_DAY = reporting.words("morning afternoon evening night")
_PERSONS = ("ers", "ors", "ists", "ents", "ives", "ians", "ants")
"""Endings of plain plurals that are mostly people: "officers", "executives"."""
_FEW = 4  # words of such a subject, and letters that its last word exceeds
_SUBJECTS = reporting.words("he she they we i you")
_PARTY = re.compile(r"[DRI]-[A-Z]")
_JOINING = {"and", "but", "or", "so", "yet", "while", "whereas"}
_STARTERS = reporting.OPENERS | reporting.PRONOUNS


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a speaker, as the sentence has them; ``span`` holds an aside to them as well."""

    text: str
    span: Span

    @property
    def lower(self) -> str:
        return self.text.lower()


def before(line: Line, start: int, words: Sequence[Word]) -> Mention | None:
    """The subject that ``words`` end with; they reach from ``start``, behind a boundary, to the verb."""
    for index in range(len(words) - 1, -1, -1):
        word = words[index].lower
        if word in {"who", "which"} or (word == "that" and index == len(words) - 1):
            behind = words[index + 1 :]
            rest = phrase(line, behind)
            if rest is not None and (
                behind[0].capital or behind[0].lower in _STARTERS or behind[-1].lower in reporting.GROUPS
            ):
                return rest  # "which experts say"
            return _relative(line, start, words, index)
        if word not in reporting.CONJUNCTIONS:
            continue
        if index == len(words) - 1:
            return None
        if word == "and" and _joined(words, index):
            continue  # "Roe and Doe said"
        return phrase(line, words[index + 1 :])
    return phrase(line, words)


def _joined(words: Sequence[Word], index: int) -> bool:
    """Whether "and" joins two parts of one subject: it stands between two like things."""
    if index == 0 or index + 1 >= len(words):
        return False
    if any(word.lower in reporting.FINITE for word in words[:index]):
        return False
    if words[index + 1].lower in reporting.PRONOUNS:
        return False
    return words[index - 1].capital or words[0].lower in reporting.OPENERS or index == 1


def _relative(line: Line, start: int, words: Sequence[Word], index: int) -> Mention | None:
    """Whom "who" stands for; its own place counts as the mention's."""
    who = words[index]
    known = before(line, start, words[:index]) if index else before_comma(line, start)
    if known is None:
        return None
    return Mention(known.text, Span(who.start, who.end))


def before_comma(line: Line, start: int) -> Mention | None:
    """The noun phrase that ends at the boundary in front of ``start``: "Jane Roe, who said"."""
    comma = start - 1
    if comma < 0 or line.text[comma] not in ",–—(":
        return None
    left = line.last_boundary(comma)
    words = line.words_in(left, comma)
    if [word.lower for word in words[:2]] == ["according", "to"]:
        words = words[2:]  # "according to a report, which details how"
    return before(line, left, words) if words else None


def before_aside(line: Line, left: int, *, unfinished: bool = False) -> Mention | None:
    """The subject before an aside: "Jane Roe, the mayor, said", "the members – all eleven – urged".

    ``unfinished`` when the verb behind the aside is not the clause's main one.
    """
    if left == 0 or line.text[left - 1] not in ",–—)":
        return None
    opening = "(" if line.text[left - 1] == ")" else line.text[left - 1]
    end = left
    for _ in range(3):  # an aside may hold commas itself: "Jane Roe, the mayor of Ashby, Ohio, said"
        start = line.text.rfind(opening, 0, left - 1)
        if start <= 0:
            return None
        begin = line.last_boundary(start)
        words = line.words_in(begin, start)
        if words and _is_remark(words):
            left = start + 1
            continue
        if unfinished:
            words = of_main_verb(words)
        found = before(line, begin, words) if words else None
        if found is not None and not _is_circumstance(words):
            aside = line.words_in(start, left - 1)
            if _counts(aside):
                found = mention(line, aside)  # "Peru, Chile and Cuba, the three states behind it, said"
            elif (
                found.lower.startswith(("a ", "an "))
                and 1 < len(aside) < 5
                and all(word.capital for word in aside)
            ):
                found = mention(line, aside)  # "A spokeswoman, Ann Doe, said"
            return Mention(found.text, Span(found.span.start, max(found.span.end, end - 1)))
        if found is not None:
            return None
        left = start + 1
    return None


def _is_remark(words: Sequence[Word]) -> bool:
    """An age or a party: "Jane Roe, 51, of Ashby, said", "Jane Roe, Democrat of Ashby, the leader, said"."""
    party = words[0].lower in {"democrat", "republican", "independent"} or _PARTY.match(words[0].text)
    return bool(party) or all(word.text.isdigit() for word in words)


def of_main_verb(words: Sequence[Word]) -> Sequence[Word]:
    """Of the words in front of "to demand" or "demanding" the subject: "nurses filled the square to demand"
    is nurses, "the slogan led some users to argue" is some users.
    """
    for index in range(len(words) - 1, -1, -1):
        word, behind = words[index].lower, words[index + 1 :]
        if (word in _CAUSING or word == "with") and behind:  # "… with an agency warning that"
            return behind
        past = word in reporting.PASTS or _is_past(words[index])
        if index and past and words[index - 1].lower not in _BEFORE_ADJECTIVE:
            return words[:index]
    return words


def _is_past(word: Word) -> bool:
    return word.text.endswith("ed") and not word.capital and word.lower not in _NO_PAST


def _counts(aside: Sequence[Word]) -> bool:
    """`the 11 states`, `all three men`: it sums up those before it."""
    first, second = (*(word.lower for word in aside[:2]), "", "")[:2]
    counted = first in {"the", "all"} and (second.isdigit() or second in _NUMBERS)
    return counted and 2 < len(aside) <= LONGEST


def with_aside(line: Line, named: Mention) -> Mention:
    """With what follows it between commas: "said Jane Roe, the mayor"."""
    end = named.span.end
    if line.text[end : end + 1] != ",":
        return named
    words = line.words_in(end, len(line.text))
    if not words or words[0].lower not in {"the", "a", "an", "who", "its", "his", "her"}:
        return named
    return Mention(named.text, Span(named.span.start, line.next_boundary(words[0].start)))


def mention(line: Line, words: Sequence[Word]) -> Mention:
    """These words as they stand."""
    span = Span(words[0].start, words[-1].end)
    return Mention(span.of(line.text), span)


def _is_circumstance(words: Sequence[Word]) -> bool:
    first = next((word.lower for word in words if word.lower not in _JOINING), "")
    return not first or first in reporting.PREPOSITIONS | reporting.CONJUNCTIONS


def phrase(
    line: Line, words: Sequence[Word], *, longest: int = LONGEST, anyone: bool = False
) -> Mention | None:
    """A noun phrase that may speak, without what stands round it; with ``anyone`` whatever it names."""
    found = list(words)
    while found and (found[-1].lower in _TRAILING or found[-1].adverb):
        found.pop()
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


def _behind_circumstance(found: list[Word]) -> list[Word]:
    """`In April President Roe` is President Roe, `in May the ministry` is the ministry."""
    for index in range(len(found) - 1, 0, -1):
        if found[index].lower in _STARTERS and found[index - 1].lower not in reporting.PREPOSITIONS:
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
    takes_object = at > 0 and _is_past(word) and behind in reporting.OPENERS
    return word.lower in _VERBS or (takes_object and found[at - 1].lower not in _BEFORE_ADJECTIVE)


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
    known = first in _STARTERS or last in reporting.GROUPS
    counted = (first[0].isdigit() and len(found) > 1) or "percent" in {word.lower for word in found[:3]}
    several = len(found) < _FEW and len(last) > _FEW and last.endswith(_PERSONS)
    return known or counted or several or any(word.capital for word in found)


def _is_time(found: Sequence[Word]) -> bool:
    return all(word.lower in reporting.TIMES | _PARTS_OF_DAY for word in found)


def is_document(named: Mention | None) -> bool:
    """Whether it is a paper or an inquiry, which finds and shows things; "it" may be one."""
    if named is None:
        return False
    words = {word.lower for word in Line(named.text).words}
    return bool(words & reporting.DOCUMENTS) or words == {"it"}
