"""The words that belong to a verb, read leftwards from it: auxiliaries, "not", "may", "vowed to". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.relations.action_verbs import CONTROLS, DOUBTS, MODALS, NEGATIONS, REFUSALS, VerbForm
from truthlens.relations.actors import Token

_BE = frozenset("is are was were be been being am isn't aren't wasn't weren't".split())
_HAVE = frozenset("has have had having hasn't haven't hadn't".split())
_DO = frozenset("do does did don't doesn't didn't".split())
_ADVERBS = frozenset(
    "also already then now again still even both each all once twice long just ever soon later".split()
)
_KEEPS = frozenset("continue continues continued began begun started keep keeps kept stopped stop".split())
_NOUNS_IN_LY = frozenset("family ally supply assembly reply bully rally monopoly anomaly".split())
_DENIES = frozenset("denied denies deny denying".split())


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens ``first`` to ``verb`` (inclusive). ``hedges`` are words as folded; ``undone``: planned, offered
    or threatened rather than done.
    """

    first: int
    verb: int
    passive: bool
    finite: bool
    negated: bool
    undone: bool
    hedges: tuple[str, ...]


def group(words: Sequence[Token], verb: int, form: VerbForm | None = None) -> Group | None:
    """The group that ends in the verb at index ``verb``; None for an infinitive that no word governs."""
    first, negated, undone = verb, False, False
    hedges: list[str] = []
    helpers: set[str] = set()
    ing = form is not None and form.ing
    while first > 0:
        word = words[first - 1].word
        if word == "to":
            governor = words[first - 2].word if first > 1 else ""
            if governor not in CONTROLS or (ing and governor not in {"close", "near"}):
                return None
            negated = negated or governor in REFUSALS
            undone = undone or governor not in _KEEPS
            hedges.append(governor)
            helpers = {"to"}
            first -= 2
            ing = words[first].word.endswith("ing")
            continue
        if ing and word in _KEEPS | _DENIES:
            negated = negated or word in _DENIES or word.startswith("stop")
            hedges += [word] if word in _DENIES else []
            helpers, ing = {"to"}, False
        elif word in _BE | _HAVE | _DO:
            helpers.add("be" if word in _BE else "have" if word in _HAVE else "do")
        elif word in MODALS:
            helpers.add("modal")
        elif not (word in NEGATIONS | DOUBTS | _ADVERBS or _adverb(words[first - 1])):
            break
        negated = negated or word in NEGATIONS
        if word in MODALS | DOUBTS:
            hedges.append(word)
        first -= 1
    passive = form is not None and form.participle and "be" in helpers and "to" not in helpers
    finite = not (ing and "be" not in helpers) and not (form is not None and form.base and not helpers)
    return Group(first, verb, passive, finite, negated, undone, tuple(reversed(hedges)))


def _adverb(token: Token) -> bool:
    return token.word.endswith("ly") and not token.capital and token.word not in _NOUNS_IN_LY
