"""Loaded adjectives and adverbs that can simply be left out, told by their ending. Pure."""

from __future__ import annotations

from truthlens.domain import Wording
from truthlens.rewording.wording import WORD, WordingRow, fold

MODIFIED = ("loaded_language", "exaggeration_minimisation")
"""Findings of these may be left out where they are modifiers; a name that is called is what is spoken of."""

_ADJECTIVES = ("ous", "ful", "less", "esque", "ible", "able")
_NO_ADVERBS = frozenset(
    "weekly monthly yearly family assembly anomaly lonely friendly elderly likely unlikely deadly costly "
    "hardly barely nearly mostly partly reportedly allegedly possibly probably illegally unlawfully falsely "
    "wrongly secretly publicly privately largely recently formerly mainly".split()
)
"""No adverbs, or such as change what is said: how far, how sure, how often, or that a law was broken."""
_NO_JUDGEMENTS = frozenset(
    "previous various numerous religious serious dangerous poisonous contagious infectious homeless wireless "
    "stateless harmful lawful unlawful unsuccessful successful renewable sustainable affordable responsible "
    "available unavailable possible impossible visible invisible eligible ineligible accessible disabled "
    "indigenous simultaneous anonymous autonomous unanimous continuous precious table cable sable".split()
)
"""Adjectives that say what a thing is."""


def without(text_before: str, word: str, text_after: str) -> Wording | None:
    """Leaves ``word`` out where it is such a modifier and the sentence stands without it.

    For words that are known to be loaded: an ending alone says nothing of that.
    """
    low = fold(word)
    kind = _kind(low)
    if kind is None or WORD.fullmatch(low) is None:
        return None
    row = WordingRow(low, "", kind, "the judgement")
    before, after = fold(text_before), fold(text_after)
    if not (before and after) or not after[1:2].isalpha() or not row.fits(before, after):
        return None
    return Wording(plainer="", lost=row.lost)


def _kind(word: str) -> str | None:
    if word.endswith("ly") and len(word) > 5 and word not in _NO_ADVERBS:
        return "adverb"
    if word.endswith(_ADJECTIVES) and len(word) > 5 and word not in _NO_JUDGEMENTS:
        return "adjective"
    return None
