"""Judgements that somebody passes: "accused her of lying", "described it as a farce", "called it a farce"."""

from __future__ import annotations

from truthlens.domain import Span
from truthlens.voices import clause, noun_phrase, reporting
from truthlens.voices.attributed import Attribution
from truthlens.voices.line import MASK, Word
from truthlens.voices.noun_phrase import Mention
from truthlens.voices.verb import Verb, is_ours

VERBS = reporting.JUDGING | reporting.NAMING
_ENDS = {"that", "who", "which"}
_AMOUNTS = reporting.words(
    "one two three four five six seven eight nine ten several many more most about nearly almost over hours",
    "days weeks months years decades hundreds thousands",
)


def judgement(verb: Verb) -> Attribution | None:
    """What stands behind "of", "for" or "as"; None without one. Also in "was accused by Ann Doe of lying"."""
    if verb.infinitive:
        return None
    at = _particle(verb)
    if at is None:
        return None
    mention = _by(verb, at) if verb.passive else verb.subject()
    if mention is None or is_ours(mention):
        return None
    start = clause.after_punctuation(verb.line, verb.line.words[at].end)
    end = clause.end_of_quotation(verb.line, start)
    return verb.said_by(mention, Span(start, end)) if start < end else None


def naming(verb: Verb) -> Attribution | None:
    """`called it a farce`; the speaker alone where the name is a quotation, which is found anyway."""
    if verb.passive or verb.infinitive or verb.next in {"for", "on"}:
        return None
    mention = verb.subject()
    if mention is None or is_ours(mention) or mention.lower in _ENDS:
        return None
    line = verb.line
    if MASK in line.text[verb.word.end : verb.end + 3]:
        return verb.said_by(mention)
    words = line.words[verb.index + 1 : verb.index + 3]
    if len(words) < 2 or words[0].lower not in reporting.OBJECTS:
        return None
    return verb.said_by(mention, Span(words[1].start, clause.end_of(line, words[1].start)))


def _particle(verb: Verb) -> int | None:
    """Index of the "of", "for" or "as" behind which the judgement stands."""
    first = verb.index + 1
    words = verb.line.words[first : first + clause.LOOKS_AHEAD]
    for number, word in enumerate(words):
        if word.lower in _ENDS or (number and word.lower in reporting.FINITE):
            return None
        if not _fits(verb.kind, word.lower) or not (number or verb.passive):
            continue
        lasts = word.lower == "for" and number + 1 < len(words) and _is_amount(words[number + 1])
        return None if lasts else first + number
    return None


def _fits(kind: str, particle: str) -> bool:
    if kind in reporting.ACCUSING:
        return particle == "of"
    return particle == "as" or (particle == "for" and kind in reporting.BLAMING)


def _is_amount(word: Word) -> bool:
    """`for three days` is no reason."""
    return word.text[0].isdigit() or word.lower in _AMOUNTS


def _by(verb: Verb, at: int) -> Mention | None:
    words = verb.line.words[verb.index + 1 : at]
    return noun_phrase.phrase(verb.line, words[1:]) if words and words[0].lower == "by" else None
