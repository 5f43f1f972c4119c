"""Who says what within one sentence, read from reporting verbs, "according to" and punctuation.

Cues are words and commas only: no parser, and so no guess beyond what the sentence spells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truthlens import reporting
from truthlens.domain import Span

MASK = "\ufffc"
"""Stands for each quoted character, so that offsets stay and words inside quotations are not read."""

SPEAKER_WORDS = 12  # a longer subject is a clause that was misread; then nobody is named

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BOUNDARY = re.compile(rf"[,;:—–()]|\s-\s|{MASK}")
_VERBS = reporting.CLAUSE | reporting.THAT | reporting.DOCUMENT
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_BREAK = re.compile(r",\s+(?:" + "|".join(sorted(reporting.BREAKS)) + r")\b|;|\s[—–]\s")
_TRAILING = reporting.BEFORE_VERB | reporting.PREPOSITIONS | reporting.TIMES
_BEFORE_NOUN = reporting.OPENERS | reporting.PREPOSITIONS | {"and", "or", "new"}
_THAT = re.compile(r"[^,;:]{0,60}?\bthat\s+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, by which verb, and which clauses (offsets within the sentence) are theirs.

    ``content`` is empty when the sentence only names the speaker of a quotation beside it.
    """

    speaker: str
    verb: str
    content: tuple[Span, ...]


def attributions(masked: str) -> Iterator[Attribution]:
    """Every attribution in one sentence whose quotations are masked."""
    for match in _ACCORDING.finditer(masked):
        found = _according(masked, match)
        if found is not None:
            yield _without_empty(found)
    for match in _WORD.finditer(masked):
        if match.group().lower() in _VERBS and _is_verb(masked, match):
            found = _reported(masked, match)
            if found is not None:
                yield _without_empty(found)


def _without_empty(found: Attribution) -> Attribution:
    return Attribution(found.speaker, found.verb, tuple(span for span in found.content if len(span)))


def _is_verb(masked: str, match: re.Match[str]) -> bool:
    """Not a noun or part of a name: "a new report", "the United States", "claims of fraud"."""
    word = match.group()
    if word[0].isupper() and masked[: match.start()].strip():
        return False
    if word not in reporting.ALSO_NOUNS:
        return True
    before = [m.group().lower() for m in _WORD.finditer(masked, 0, match.start())][-1:]
    behind = masked[match.end() :].lstrip()
    if not before or before[0] in _BEFORE_NOUN:
        return False
    return word in reporting.SELDOM_NOUNS or behind.startswith(("that ", ":", MASK))


def _according(masked: str, match: re.Match[str]) -> Attribution | None:
    end = _next_boundary(masked, match.end())
    source = _cleaned(masked[match.end() : end])
    if not source:
        return None
    before = masked[: match.start()].rstrip(" ,")
    if before:
        return Attribution(source, "according to", (Span(_clause_start(masked, len(before)), len(before)),))
    start = _after_punctuation(masked, end)
    return Attribution(source, "according to", (Span(start, _content_end(masked, start)),))


def _reported(masked: str, match: re.Match[str]) -> Attribution | None:
    verb, kind = match.group(), match.group().lower()
    behind = masked[match.end() :].lstrip()
    next_word = _WORD.match(behind)
    after = next_word.group().lower() if next_word else ""
    if after in reporting.NOT_SPEECH or (kind.startswith("claim") and after[:1].isdigit()):
        return None
    left = _last_boundary(masked, match.start())
    found = _without_auxiliaries([m.group() for m in _WORD.finditer(masked, left, match.start())])
    if found is None:
        return None  # "was asked", "is said to": nobody is named, and the clause may be anything
    end = _next_boundary(masked, match.end())
    if found:
        speaker = _subject(found, _cleaned(masked[masked.index(found[0], left) : match.start()]))
        trailing = (
            left > 0 and masked[left - 1] in "," + MASK and _only_circumstance(masked[match.end() : end])
        )
    elif _inverted(masked, left, after, behind):
        # ", said Jane Roe, the mayor"
        speaker, trailing = _cleaned(masked[match.end() : end]), True
    else:
        speaker, trailing = _before_aside(masked, left), False
    if kind in reporting.DOCUMENT and not _is_document(speaker):
        return None
    said = masked[:left].rstrip(" ,")
    if trailing and said:
        clauses = [Span(_clause_start(masked, len(said)), len(said))]
        if found and masked[end : end + 1] == "," and not _BREAK.match(masked, end):
            # "…, the report said, that …": the reported clause goes on behind the verb.
            start = _after_punctuation(masked, end)
            if start < _content_end(masked, start):
                clauses.append(Span(start, _content_end(masked, start)))
        return Attribution(speaker, verb, tuple(clauses))
    return _leading(masked, match, speaker)


def _inverted(masked: str, left: int, after: str, behind: str) -> bool:
    """Whether the speaker follows the verb. Not in "Jane Roe, the mayor, said the plan is dead"."""
    if left == 0 or masked[left - 1] not in "," + MASK:
        return False
    if behind[:1].isupper():
        return True
    named_before = _before_aside(masked, left)[:1].isupper() and masked[left - 1] == ","
    return after in reporting.OPENERS and not named_before


def _leading(masked: str, match: re.Match[str], speaker: str) -> Attribution | None:
    """`She said (that) …`: the clause follows the verb."""
    verb, start = match.group(), match.end()
    rest = masked[start:]
    that = _THAT.match(rest)
    stripped = rest.lstrip(" ,")
    if that is not None:
        start += that.end()
    elif not stripped.startswith((MASK, ":")):
        first = _WORD.match(stripped)
        word = first.group().lower() if first else ""
        circumstance = not word or word in reporting.PREPOSITIONS or word in reporting.TIMES
        if verb.lower() not in reporting.CLAUSE or circumstance:
            names = speaker and circumstance and (MASK in masked or _only_circumstance(rest))
            return Attribution(speaker, verb, ()) if names else None
    start = _after_punctuation(masked, start)
    end = _content_end(masked, start)
    return Attribution(speaker, verb, (Span(start, end),)) if start < end else None


def _without_auxiliaries(found: list[str]) -> list[str] | None:
    """A subject without "has also recently" behind it; None before a passive verb."""
    while found and (found[-1].lower() in reporting.BEFORE_VERB or found[-1].endswith("ly")):
        if found.pop().lower() in reporting.PASSIVES:
            return None
    return found


def _before_aside(masked: str, left: int) -> str:
    """The subject before an aside: "Jane Roe, the mayor, said", "the members – all eleven – urged"."""
    if left == 0 or masked[left - 1] not in ",–—)":
        return ""
    opening = "(" if masked[left - 1] == ")" else masked[left - 1]
    start = masked.rfind(opening, 0, left - 1)
    if start <= 0:
        return ""
    before = _last_boundary(masked, start)
    words = [match.group() for match in _WORD.finditer(masked, before, start)]
    return _subject(words, _cleaned(masked[before:start])) if words else ""


def _content_end(masked: str, start: int) -> int:
    found = _BREAK.search(masked, start)
    end = found.start() if found else len(masked)
    while end > start and (masked[end - 1].isspace() or masked[end - 1] in ".!?,"):
        end -= 1
    return end


def _clause_start(masked: str, end: int) -> int:
    start = masked.rfind(";", 0, end) + 1
    while start < end and masked[start].isspace():
        start += 1
    return start


def _after_punctuation(masked: str, position: int) -> int:
    while position < len(masked) and (masked[position].isspace() or masked[position] in ",:"):
        position += 1
    return position


def _last_boundary(masked: str, position: int) -> int:
    last = 0
    for match in _BOUNDARY.finditer(masked, 0, position):
        last = match.end()
    return last


def _next_boundary(masked: str, position: int) -> int:
    found = _BOUNDARY.search(masked, position)
    end = found.start() if found else len(masked)
    while end > position and (masked[end - 1].isspace() or masked[end - 1] in ".!?"):
        end -= 1
    return end


def _only_circumstance(rest: str) -> bool:
    """Nothing, or no more than to whom, when and where: "said", "told reporters in Geneva"."""
    found = [match.group() for match in _WORD.finditer(rest)]
    lowered = [word.lower() for word in found]
    if not found:
        return True
    if "that" in lowered or len(found) > 12:
        return False
    first = lowered[0]
    return first in reporting.PREPOSITIONS | reporting.TIMES or (found[0][0].isupper() and len(found) <= 3)


def _subject(found: Sequence[str], whole: str) -> str:
    """The subject's last words when a conjunction opened the clause: "after police said"."""
    for index in range(len(found) - 1, -1, -1):
        word = found[index].lower()
        if word not in reporting.CONJUNCTIONS:
            continue
        if index == len(found) - 1:
            return ""
        if word == "and" and index > 0 and found[index - 1][0].isupper():
            continue  # "Roe and Doe said"
        return _cleaned(whole[whole.rfind(found[index]) + len(found[index]) :])
    return whole


def _cleaned(speaker: str) -> str:
    """A noun phrase that may speak, without what stands round it; "" when it is none."""
    found = list(_WORD.finditer(speaker))
    while found and (found[-1].group().lower() in _TRAILING or found[-1].group().endswith("ly")):
        found.pop()
    while found and found[0].group().lower() in {"but", "and", "however", "meanwhile", "so"}:
        found.pop(0)
    if found and found[0].group().lower() in reporting.PREPOSITIONS:
        found = _behind_circumstance(found)
    if not found or len(found) > SPEAKER_WORDS or not _may_speak([match.group() for match in found]):
        return ""
    return speaker[found[0].start() : found[-1].end()]


def _behind_circumstance(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """`In April President Roe` is President Roe, `in May the ministry` is the ministry."""
    for index in range(len(found) - 1, 0, -1):
        if found[index].group().lower() in reporting.OPENERS:
            return found[index:]
    start = len(found)
    while start > 1 and found[start - 1].group()[0].isupper():
        start -= 1
    while start < len(found) and found[start].group().lower() in reporting.TIMES:
        start += 1
    return found[start:]


def _may_speak(found: Sequence[str]) -> bool:
    first, last = found[0].lower(), found[-1].lower()
    if (len(found) == 1 and first in reporting.NOBODY) or first in {"what", "how", "why", "nobody"}:
        return False
    known = first in reporting.OPENERS | reporting.PRONOUNS or last in reporting.GROUPS
    return known or any(word[0].isupper() for word in found)


def _is_document(speaker: str) -> bool:
    lowered = {match.group().lower() for match in _WORD.finditer(speaker)}
    return bool(lowered & reporting.DOCUMENTS) or lowered == {"it"}
