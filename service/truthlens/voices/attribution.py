"""Who says what within one sentence, read from reporting verbs, "according to", nouns and punctuation.

Cues are words and commas only: no parser, and so no guess beyond what the sentence spells out.
"""

from __future__ import annotations

from truthlens.voices import carry, judgement, reporting, sourcing, speech
from truthlens.voices.attributed import Attribution
from truthlens.voices.line import Line
from truthlens.voices.verb import Verb, is_verb

LONGEST_SENTENCE = 4000
"""Characters from which a sentence is no sentence but a list or a table; nobody is looked for in it."""

_VERBS = speech.VERBS | judgement.VERBS


def attributions(masked: str) -> tuple[Attribution, ...]:
    """Every attribution in one sentence whose quotations are masked (`line.MASK`), in order.

    A speaker is as the sentence has it, perhaps "he"; "" when it names none.
    """
    if len(masked) > LONGEST_SENTENCE:
        return ()
    line = Line(masked)
    found = [*sourcing.according(line), *sourcing.nouns(line)]
    for index, word in enumerate(line.words):
        if word.lower in _VERBS and is_verb(line, index):
            attribution = _read(Verb(line, index))
            if attribution is not None:
                found.append(attribution)
    found.sort(key=lambda each: (each.cue.start, each.cue.end))
    return tuple(carry.parted(tuple(carry.shared(found, line)), line))


def _read(verb: Verb) -> Attribution | None:
    found = None
    if verb.kind in reporting.JUDGING:
        found = judgement.judgement(verb)
    if found is None and verb.kind in reporting.NAMING:
        found = judgement.naming(verb)
    if found is None and verb.kind in speech.VERBS:
        found = speech.speech(verb)
    return found
