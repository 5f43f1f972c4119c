"""Several attributions in one sentence: one subject for two verbs, and where one clause ends for the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from truthlens.domain import Span
from truthlens.voices import judgement, noun_phrase, reporting, speech
from truthlens.voices.attributed import Attribution
from truthlens.voices.line import Line, Word
from truthlens.voices.noun_phrase import Mention

_JOINS = {"and", "but", "while"}
_NO_OPENING = (
    reporting.PREPOSITIONS
    | reporting.CONJUNCTIONS
    | reporting.TIMES
    | reporting.OUR_PRONOUNS
    | reporting.ASKING
    | reporting.LEADING
    | reporting.words("then now here there rather instead that whatever whoever")
)
_STOPS = (
    reporting.FINITE
    | reporting.BEFORE_VERB
    | reporting.PREPOSITIONS
    | speech.VERBS
    | judgement.VERBS
    | reporting.PASTS
)
_DASHES = " -–—"  # what a dateline leaves behind, or an item of a list opens with
_TITLE = 4  # letters of an abbreviated title
OPENING_WORDS = 5  # of a subject that opens a sentence with "the"; a longer one is not read for sure


def shared(found: Sequence[Attribution], line: Line) -> Iterator[Attribution]:
    """A verb without a subject has that of the verb before it, else the one that opens the sentence."""
    last: Attribution | None = None
    for each in found:
        known = each
        if not each.speaker:
            if last is not None:
                known = replace(each, speaker=last.speaker, source=last.source)
            else:
                opening = _opening(line, each.cue.start)
                if opening is not None:
                    known = replace(each, speaker=opening.text, source=opening.span)
        yield known
        if known.speaker:
            last = known


def parted(found: Sequence[Attribution], line: Line) -> Iterator[Attribution]:
    """A reported clause ends where the sentence begins another: "said it is so, and Roe denied …"."""
    joins = [(each.cue.start, _join(line, each.cue.start)) for each in found]
    for each in found:
        cuts = [cut for start, cut in joins if start > each.cue.end and cut is not None]
        yield replace(each, content=tuple(_cut(line, span, cuts) for span in each.content))


def _opening(line: Line, before: int) -> Mention | None:
    """The subject with which the sentence opens: a pronoun, a name, or "the" and a noun before its verb."""
    words = line.words_in(0, before)
    if not words or words[0].lower in _NO_OPENING or line.text[: words[0].start].strip(_DASHES):
        return None
    first = words[0]
    if first.lower in reporting.PRONOUNS:
        return noun_phrase.mention(line, words[:1])
    end = 0
    while end < len(words) and words[end].capital and _adjoins(line, words, end):
        end += 1
    if first.lower in {"the", "a", "an"}:
        retired = len(words) > 1 and words[1].text.endswith("ed")  # "the retired judge left"
        while end < len(words) and (not _is_verb(words[end]) or (retired and end == 1)):
            if not _adjoins(line, words, end):
                break
            end += 1
        return noun_phrase.mention(line, words[:end]) if 1 < end <= OPENING_WORDS else None
    if end == 1 and first.lower in reporting.OPENERS | reporting.NOBODY:
        return None
    return noun_phrase.mention(line, words[:end]) if end else None


def _adjoins(line: Line, words: Sequence[Word], index: int) -> bool:
    """Whether nothing but a blank stands before a word, or the dot of "Mr." or of an initial."""
    last = words[index - 1]
    gap = line.text[last.end : words[index].start] if index else " "
    return gap == " " or (gap == ". " and last.capital and len(last.text) <= _TITLE)


def _is_verb(word: Word) -> bool:
    return word.lower in _STOPS or word.adverb or (word.text.endswith("ed") and not word.capital)


def _join(line: Line, start: int) -> int | None:
    """Where "and" or "but" sets the clause that begins at ``start`` beside the one before it; else None."""
    index = line.index(start)
    for each in (index, index - 1):
        if 0 <= each < len(line.words) and line.words[each].lower in _JOINS:
            return line.words[each].start
    return None


def _cut(line: Line, span: Span, cuts: Sequence[int]) -> Span:
    end = min((cut for cut in cuts if span.start < cut < span.end), default=span.end)
    while end > span.start and (line.text[end - 1].isspace() or line.text[end - 1] == ","):
        end -= 1
    return Span(span.start, end)
