"""Where a reported clause begins and ends within one sentence."""

from __future__ import annotations

import re

from truthlens.voices import reporting
from truthlens.voices.line import MASK, Line

LOOKS_AHEAD = 14  # words behind a verb within which its "that" or its clause's verb is looked for

_BREAK = re.compile(r",\s+(?:" + "|".join(sorted(reporting.BREAKS)) + r")\b|;|\s[—–]\s")
_EXTENT = re.compile(r"the (?:extent|degree) to which\b|the ways? in which\b")
_DASH = re.compile(r"\s[—–]\s")
LISTED = 2  # semicolons of a list; a single one parts two clauses
ASIDE = 60  # characters between two dashes that part a clause without ending it
_SUBORDINATORS = {"because", "although", "though", "unless", "despite"}
_TIMELY = {"about", "for", "in", "on", "at"}
_TELLING = {"tell", "tells", "told", "telling"}
_DETERMINERS = reporting.OPENERS | {"he", "she", "they", "we", "i", "you", "it", "there"}


def end_of(line: Line, start: int) -> int:
    """End of the clause that starts at ``start``: where the outlet speaks again, else the sentence's end."""
    found = _BREAK.search(line.text, start)
    while found is not None and found.group().strip() in "—–":
        second = _DASH.search(line.text, found.end())
        if second is None or second.start() - found.end() > ASIDE:
            break
        found = _BREAK.search(line.text, second.end())
    end = found.start() if found else len(line.text)
    while end > start and (line.text[end - 1].isspace() or line.text[end - 1] in ".!?,"):
        end -= 1
    return end


def end_of_quotation(line: Line, start: int) -> int:
    """The end of the first quotation in the clause, behind which the outlet speaks again; else its end."""
    end = end_of(line, start)
    mask = line.text.find(MASK, start, end)
    if mask < 0:
        return end
    while mask < end and line.text[mask] == MASK:
        mask += 1
    return mask


def start_of(line: Line, end: int) -> int:
    """Start of the clause that ends at ``end``: behind a semicolon, else the sentence's start.

    A list with semicolons between its items ("one; two; and three") is one clause.
    """
    start = line.text.rfind(";", 0, end) + 1
    if start and _lists(line, start, end):
        start = 0
    while start < end and line.text[start].isspace():
        start += 1
    return start


def _lists(line: Line, last: int, end: int) -> bool:
    """Whether what begins behind the semicolon before ``last`` ends a list in which nobody else speaks."""
    final = line.words_in(last, end)[:1]
    if not final or final[0].lower not in {"and", "or"} or line.text.count(";", 0, last) < LISTED:
        return False
    return not any(word.lower in reporting.CLAUSE for word in line.words_in(0, last))


def after_punctuation(line: Line, position: int) -> int:
    while position < len(line.text) and (line.text[position].isspace() or line.text[position] in ",:"):
        position += 1
    return position


def reported_after(line: Line, index: int, *, bare: bool) -> int | None:
    """Where the clause begins that the word at ``index``, a verb of speech, reports; None when none follows.

    ``bare`` says that a clause may follow without "that", and needs no verb that this reader knows.
    """
    verb = line.words[index]
    if line.behind(verb.end).startswith((MASK, ":")):
        return after_punctuation(line, verb.end)
    addressed = verb.lower in reporting.ADDRESSED
    if addressed and _asked_to(line, index + 1):
        return line.words[index + 1].start
    return _clause_at(line, index, _behind_circumstance(line, index + 1, addressed=addressed), bare=bare)


def _clause_at(line: Line, index: int, position: int, *, bare: bool) -> int | None:
    if position >= len(line.words):
        return None
    first, addressed = line.words[position], line.words[index].lower in reporting.ADDRESSED
    if first.lower == "that" and not _points(line, position):
        return _behind(line, position)
    if first.lower in reporting.ASKING | _SUBORDINATORS or _EXTENT.match(line.text, first.start):
        return first.start
    if first.lower in reporting.PREPOSITIONS or addressed:
        that = that_ahead(line, position)
        found = _behind(line, that) if that is not None else _mask_ahead(line, position)
        if found is not None or first.lower in reporting.PREPOSITIONS:
            return found
    return first.start if _starts_clause(line, index, position, bare=bare) else None


def _starts_clause(line: Line, index: int, position: int, *, bare: bool) -> bool:
    """Whether a clause without "that" begins at ``position``, behind the verb at ``index``."""
    verb, first = line.words[index], line.words[position]
    circumstance = position > index + 1
    if line.text[verb.end : first.start].strip() and not circumstance:
        return False  # a comma or dash follows the verb
    told = verb.lower not in _TELLING or circumstance
    return (bare and told) or is_clause(line, position)


def _behind_circumstance(line: Line, position: int, *, addressed: bool) -> int:
    """The word behind those spoken to and behind "on Monday"."""
    if addressed:
        position = _behind_addressee(line, position)
    while position < len(line.words) and (behind := _behind_time(line, position)) != position:
        position = behind
    return position


def is_clause(line: Line, position: int) -> bool:
    """Whether the words from ``position`` on have a verb of their own, before any comma or "who"."""
    end = line.next_boundary(line.words[position].start)
    for number, word in enumerate(line.words[position : position + LOOKS_AHEAD]):
        if word.start >= end or word.lower in {"who", "which", "that", "when", "and"}:
            return False
        if word.lower in reporting.FINITE and (number or len(word.stem) < len(word.lower)):
            return True
    return False


def _behind(line: Line, position: int) -> int:
    return line.words[position + 1].start if position + 1 < len(line.words) else len(line.text)


def _points(line: Line, position: int) -> bool:
    """`said that` at its end is no conjunction: nothing follows that could be a clause."""
    return position + 1 >= len(line.words) and MASK not in line.text[line.words[position].end :]


def that_ahead(line: Line, position: int) -> int | None:
    """Index of the next "that" within reach of ``position`` and its stretch's semicolon; None if none."""
    end = min(len(line.words), position + LOOKS_AHEAD)
    for index in range(position, end):
        word = line.words[index]
        if ";" in line.text[line.words[position].start : word.start]:
            return None
        if word.lower == "that":
            return index
    return None


def _mask_ahead(line: Line, position: int) -> int | None:
    """A quotation within the same stretch: "said in a letter “…”"."""
    start = line.words[position].start
    end = line.next_boundary(start)
    return end if line.text[end : end + 1] == MASK else None


def _behind_time(line: Line, position: int) -> int:
    """The word behind "on Monday", "Tuesday night", "last week"."""
    word = line.words[position].lower
    following = line.words[position + 1].lower if position + 1 < len(line.words) else ""
    if word in reporting.TIMES:
        return position + 1
    timed = word in {"on", "in", "last", "this", "late", "early", "again"}
    if timed and following in reporting.TIMES | {"week", "month", "year", "morning", "evening", "night"}:
        return position + 2
    if word in {"morning", "afternoon", "evening", "night", "again", "too"}:
        return position + 1
    return position


def _asked_to(line: Line, position: int) -> bool:
    """`urged Rome to talk`: who is to do it belongs to what is asked."""
    if position >= len(line.words):
        return False
    end = line.next_boundary(line.words[position].start)
    if line.words[position].lower in _TIMELY | reporting.TIMES:
        return False
    for word in line.words[position : position + LOOKS_AHEAD // 2]:
        if word.start >= end or word.lower in reporting.ASKING | reporting.FINITE | {"that"}:
            return False
        if word.lower == "to":
            return True
    return False


def _behind_addressee(line: Line, position: int) -> int:
    """The word behind those spoken to: "told me", "told reporters", "told the Ashby News last week"."""
    if position >= len(line.words):
        return position
    word = line.words[position].lower
    if word in reporting.OBJECTS or word in reporting.TIMES:
        return position + 1
    if word in reporting.ASKING:
        return position
    stop = line.next_boundary(line.words[position].start)
    for index in range(position + 1, min(len(line.words), position + LOOKS_AHEAD)):
        each = line.words[index]
        if each.start >= stop:
            break
        if each.lower in {"that", "whether", "if", "how", "what", "why"} and word not in _TIMELY:
            return index
        if each.lower in _DETERMINERS and line.words[index - 1].lower not in reporting.PREPOSITIONS:
            return index if is_clause(line, index) else position
    return position
