"""Words that appeal to a value, by foundation (Graham et al. 2013; liberty after Iyer et al. 2012).

A short list of this project's own: words that seldom mean anything else in news. "Order", "justice", "loyal"
or "discrimination", which name charges, offices and people as often, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from truthlens.domain import Span, Voiced
from truthlens.heads import WORD
from truthlens.reading import Reading

WORDS: dict[str, str] = {
    "care": "compassion compassionate mercy merciful merciless kindness cruel cruelly cruelty "
    "heartless callous callously callousness humane inhumane inhumanity inhuman tenderness "
    "caring empathy defenceless defenseless innocents vulnerable",
    "fairness": "fairly fairer fairness unfair unfairly unfairness injustice injustices unjust unjustly "
    "equality inequality cheat cheated cheating cheats rigged impartial",
    "loyalty": "loyalty disloyal disloyalty betray betrays betrayed betraying betrayal traitor traitors "
    "treacherous treachery treasonous patriot patriots patriotic patriotism unpatriotic "
    "solidarity homeland turncoat turncoats motherland fatherland",
    "authority": "obey obeys obeyed obedience obedient disobey disobeyed disobedience respect respected "
    "respectful disrespect disrespected disrespectful defy defies defied defying defiance "
    "defiant lawless lawlessness insubordination anarchy deference",
    "sanctity": "sacred sacrilege holy sanctity purity pristine defile defiled desecrate desecrated "
    "desecration degrading degenerate depraved depravity obscene obscenity filth filthy sin "
    "sinful sins profane wholesome dignity blasphemy blasphemous perverted abomination vile",
    "liberty": "freedom freedoms liberty liberties tyranny tyrant tyrants tyrannical oppress oppressed "
    "oppressive oppression oppressors coerce coerced coercion coercive autonomy "
    "self-determination sovereignty overreach enslaved enslave shackles authoritarian "
    "authoritarianism",
}
PHRASES: dict[str, tuple[str, ...]] = {
    "fairness": (
        "fair share",
        "fair shake",
        "fair trial",
        "fair chance",
        "level playing field",
        "double standard",
        "double standards",
        "equal rights",
    ),
    "authority": ("law and order", "rule of law", "sense of duty", "chain of command"),
    "liberty": ("free speech", "free will"),
}

FLOOR = 0.15
"""Least score of the head beside its own threshold, which rests on a few dozen seeds. Floor and words
were chosen by reading the hits in BASIL's 159 articles; of the 25 that are left there, 22 appeal to their
value (one reader, the same articles), and the other three are the name of a law. Which appeals are missed
was not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """``span`` are the words; ``score`` is the head's for their sentence."""

    value: str
    span: Span
    sentence: int
    voiced: Voiced
    score: float


def _pattern(value: str) -> re.Pattern[str]:
    wanted = sorted({*WORDS[value].split(), *PHRASES.get(value, ())}, key=lambda each: (-len(each), each))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(each) for each in wanted) + r")(?![\w-])")


_PATTERNS = {value: _pattern(value) for value in WORDS}


def appeals(reading: Reading) -> Iterator[Appeal]:
    """Words of the list in sentences that the head hears the same value in: two witnesses for each.

    Either alone is not enough: the head learned from a few hundred sentences, and a listed word may be
    literal.
    """
    for value, pattern in _PATTERNS.items():
        scores = reading.scores.of_sentences("value", value)
        floor = max(FLOOR, reading.thresholds["value"][value])
        for sentence in reading.sentences:
            if scores[sentence.index] < floor:
                continue
            for match in pattern.finditer(_uncapitalised(sentence.text)):
                start = sentence.span.start
                span = Span(start + match.start(), start + match.end())
                yield Appeal(
                    value=value,
                    span=span,
                    sentence=sentence.index,
                    voiced=reading.voice_of(span),
                    score=float(scores[sentence.index]),
                )


def _uncapitalised(text: str) -> str:
    """Without the capital of the first word, unless a name begins there (Justice Roe): any other capital is a
    name's, as in the Department of Justice.
    """
    found = [match.start() for match in islice(WORD.finditer(text), 2)]
    # Outside ASCII the lower case may be longer than its capital, and every offset behind it would move.
    if not found or not text[found[0]].isascii() or (len(found) > 1 and text[found[1]].isupper()):
        return text
    return text[: found[0]] + text[found[0]].lower() + text[found[0] + 1 :]
