"""Sources named without a verb: "according to the ministry", "the report’s finding that"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truthlens.domain import Span
from truthlens.voices import clause, noun_phrase, reporting
from truthlens.voices.attributed import Attribution, attributed
from truthlens.voices.line import Line
from truthlens.voices.noun_phrase import Mention

_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
BETWEEN = 8  # words between a noun's "by" and its "that"


def according(line: Line) -> Iterator[Attribution]:
    """One for each "according to"; whoever stands behind it need not be able to speak ("state law")."""
    for match in _ACCORDING.finditer(line.text):
        end = line.next_boundary(match.end())
        words = line.words_in(match.end(), end)
        source = noun_phrase.phrase(line, words, longest=2 * noun_phrase.LONGEST, anyone=True)
        if source is None:
            continue
        content = []
        before = len(line.before(match.start()))
        if before:
            content.append(Span(clause.start_of(line, before), before))
        aside = line.text[match.start() - 2] == "," and line.text[end : end + 1] == ","
        if (not before or aside) and clause.end_of(line, end) > end:
            # "According to Y, …", and "…, according to Y, …" unless the outlet speaks again there.
            start = clause.after_punctuation(line, end)
            content.append(Span(start, max(start, clause.end_of(line, start))))
        yield attributed(source, "according to", content, Span(match.start(), end))


def nouns(line: Line) -> Iterator[Attribution]:
    """One for each noun of speech with an owner and a "that" clause."""
    for index, noun in enumerate(line.words[:-2]):
        if noun.lower not in reporting.NOUNS or noun.capital:
            continue
        that = _that(line, index + 1)
        if that is None:
            continue
        owner = _owner(line, index)
        if that > index + 1:
            owner = noun_phrase.phrase(line, line.words[index + 2 : that])
        if owner is None:
            continue
        start = clause.after_punctuation(line, line.words[that].end)
        end = clause.end_of(line, start)
        if start < end:
            cue = Span(min(owner.span.start, noun.start), line.words[that].end)
            yield attributed(owner, noun.text, [Span(start, end)], cue)


def _that(line: Line, index: int) -> int | None:
    """Index of the noun's "that": at ``index``, or behind "by" and a name there."""
    if line.words[index].lower == "that":
        return index
    if line.words[index].lower not in {"by", "from"}:
        return None
    reach = range(index + 1, min(index + 1 + BETWEEN, len(line.words)))
    return next((each for each in reach if line.words[each].lower == "that"), None)


def _owner(line: Line, index: int) -> Mention | None:
    """Whose claim: a possessive in front, at most three words away."""
    for back in range(index - 1, max(-1, index - 4), -1):
        word = line.words[back]
        if word.lower in _OWNERS:
            return Mention(_OWNERS[word.lower], Span(word.start, word.end))
        if word.lower.endswith(("’s", "'s")) or line.text[word.end : word.end + 1] in "’'":
            return _possessor(line, back)
    return None


def _possessor(line: Line, last: int) -> Mention:
    left = line.last_boundary(line.words[last].start)
    first = last
    while first > 0 and line.words[first - 1].start >= left and line.words[first - 1].capital:
        first -= 1
    if first > 0 and line.words[first - 1].lower in reporting.OPENERS:
        first -= 1
    span = Span(line.words[first].start, line.words[last].start + len(line.words[last].stem))
    return Mention(span.of(line.text), span)
