"""Where the subject of a verb of speech stands: in front of it, before an aside, or before a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence

from truthlens.domain import Span
from truthlens.voices import reporting
from truthlens.voices.line import Line, Word
from truthlens.voices.noun_phrase import (
    BEFORE_ADJECTIVE,
    LONGEST,
    STARTERS,
    Mention,
    is_past,
    mention,
    phrase,
)

_NUMBERS = reporting.words("two three four five six seven eight nine ten eleven twelve")
_CAUSING = reporting.words(
    "prompt prompts prompted lead leads led cause causes caused force forces forced allow allows allowed",
    "encourage encourages encouraged persuade persuades persuaded push pushes pushed inspire inspired",
    "inspires compel compels compelled quote quotes quoted",
)
"""Verbs with somebody who then does what the infinitive says."""
_SAID = reporting.CLAUSE - reporting.ALSO_NOUNS
_PARTY = re.compile(r"[DRI]-[A-Z]")
_JOINING = {"and", "but", "or", "so", "yet", "while", "whereas"}


def before(line: Line, start: int, words: Sequence[Word]) -> Mention | None:
    """The subject that ``words`` end with; they reach from ``start``, behind a boundary, to the verb."""
    for index in range(len(words) - 1, -1, -1):
        word = words[index].lower
        if word in {"who", "which"} or (word == "that" and index == len(words) - 1):
            behind = words[index + 1 :]
            rest = phrase(line, behind)
            if rest is not None and (
                behind[0].capital or behind[0].lower in STARTERS or behind[-1].lower in reporting.GROUPS
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
        past = word in reporting.PASTS or word in _SAID or is_past(words[index])
        if index and past and words[index - 1].lower not in BEFORE_ADJECTIVE:
            return words[:index]
    return words


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


def _is_circumstance(words: Sequence[Word]) -> bool:
    first = next((word.lower for word in words if word.lower not in _JOINING), "")
    return not first or first in reporting.PREPOSITIONS | reporting.CONJUNCTIONS
