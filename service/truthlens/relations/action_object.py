"""Whom a verb reaches: the parties behind it, or behind its "to", "on", "with"; who did it, behind "by"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.relations.action_subject import Phrases
from truthlens.relations.action_verbs import FORMS, MODALS, ActionKind, ActionVerb
from truthlens.relations.actors import Actor, Token
from truthlens.voices import reporting

REACH = 18
"""Tokens between a verb and its joint. The longest in the articles at hand has 12, an aside among them."""

_STOPS = (
    frozenset("that which who because after before while since when where until ; :".split())
    | reporting.PRONOUNS | MODALS | reporting.CLAUSE | frozenset("is are was were has have had".split())
)  # fmt: skip
_OVER_BELONGINGS = frozenset({"attacks", "gives", "supports", "threatens", "sanctions"})
_AFTER_OBJECT = (
    reporting.PREPOSITIONS | reporting.CONJUNCTIONS | reporting.BREAKS | reporting.TIMES
    | reporting.BEFORE_VERB | frozenset("and or not than last next this earlier".split())
    | frozenset("again . , ; : ? ! – — ( ) -".split())
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Parties reached. ``last`` is the token behind them, ``label_end`` the one behind the verb's own words:
    behind "on" in "imposed sanctions on".
    """

    actors: tuple[Actor, ...]
    kind: ActionKind
    last: int
    label_end: int


def target(phrases: Phrases, verb: int) -> Target | None:
    """What the verb at a token reaches in the active; None when that is not plain."""
    frames = FORMS[phrases.words[verb].word].verbs
    for frame in frames:
        found = _direct(phrases, verb + 1, frame) if frame.direct else ()
        if found:
            return Target(found, frame.kind, found[-1].last, verb + 1)
    for frame in frames:
        joined = _joined(phrases, verb + 1, frame) if frame.joints else None
        if joined is not None:
            return joined
    return None


def agent(phrases: Phrases, verb: int) -> tuple[Actor, ...]:
    """Who did it, behind "by"; empty when nobody is named."""
    for index in range(verb + 1, min(verb + 1 + REACH, len(phrases.words))):
        word = phrases.words[index].word
        if word in _STOPS:
            break
        if word == "by":
            first = phrases.starting.get(index + 1)
            return _chain(phrases, first) if first is not None and first.acts else ()
    return ()


def recipient(phrases: Phrases, verb: int) -> tuple[Actor, ...]:
    """Of a passive: `missiles were sent to Russia by …`."""
    for frame in FORMS[phrases.words[verb].word].verbs:
        if frame.kind == "gives" and (found := _joined(phrases, verb + 1, frame)):
            return found.actors
    return ()


def nominal(phrases: Phrases, joint: int) -> Target | None:
    """The target behind the joint of a noun: `invasion of Ukraine`."""
    first = phrases.starting.get(joint + 1)
    if first is None:
        return None
    found = _chain(phrases, first)
    return Target(found, "attacks", found[-1].last, joint + 1)


def _direct(phrases: Phrases, index: int, frame: ActionVerb) -> tuple[Actor, ...]:
    first = phrases.starting.get(index)
    if first is None or not (first.acts or frame.kind in _OVER_BELONGINGS):
        return ()
    if first.alone and not frame.given and not _ends(phrases, first):
        return ()
    if frame.given and first.alone and not _thing_follows(phrases.words, first.last):
        return ()
    return _chain(phrases, first)


def _thing_follows(words: Sequence[Token], index: int) -> bool:
    """`gave Ukraine missiles`, `provided it with oil`; not `sold Alaska.`, where it is the thing."""
    if index >= len(words):
        return False
    word = words[index].word
    return word == "with" or (word[0].isalnum() and word not in _AFTER_OBJECT)


def _ends(phrases: Phrases, actor: Actor) -> bool:
    """Whether the phrase is whole: in `hit Russia sanctions` and `met China traders` it is not."""
    if not actor.alone or actor.last >= len(phrases.words):
        return True
    following = phrases.words[actor.last]
    word = following.word
    return word in _AFTER_OBJECT or word in FORMS or word in {"to", "of", "against"} or word.endswith("ly")


def _joined(phrases: Phrases, start: int, frame: ActionVerb) -> Target | None:
    seen = not frame.objects
    for index in range(start, min(start + REACH, len(phrases.words))):
        word = phrases.words[index].word
        if word in _STOPS or (index + 1 < len(phrases.words) and _starts_clause(phrases, index)):
            return None
        if word in frame.joints:
            first = phrases.starting.get(index + 1)
            if first is not None and seen and (first.acts or frame.kind in _OVER_BELONGINGS):
                if not _ends(phrases, first):
                    return None
                found = _chain(phrases, first)
                near = frame.objects or (index == start and frame.kind != "gives")
                return Target(found, frame.kind, found[-1].last, index + 1 if near else start)
            if word == "to" or not frame.objects:
                return None
        seen = seen or word in frame.objects
    return None


def _starts_clause(phrases: Phrases, index: int) -> bool:
    """`sent troops and Russia gave …`: a party with a verb of its own."""
    actor = phrases.starting.get(index)
    if actor is None or actor.last >= len(phrases.words):
        return False
    word = phrases.words[actor.last].word
    return phrases.words[index - 1].word in {"and", ",", "as"} and (
        word in FORMS or word in reporting.BEFORE_VERB
    )


def _chain(phrases: Phrases, first: Actor) -> tuple[Actor, ...]:
    """A phrase and what "and" joins to it, unless that begins a clause of its own."""
    chain = [first]
    while True:
        last = chain[-1].last
        joint = [token.word for token in phrases.words[last : last + 2]]
        width = 2 if joint == [",", "and"] else 1
        following = phrases.starting.get(last + width)
        if not joint or joint[0] not in {"and", ","} or following is None:
            return tuple(chain)
        if following.last < len(phrases.words):
            behind = phrases.words[following.last].word
            # A verb that we do not know, too, begins a clause: "and Iran protested".
            if behind not in _AFTER_OBJECT or behind in reporting.BEFORE_VERB:
                return tuple(chain)
            if joint[0] == "," and width == 1 and behind not in {",", "and"}:
                return tuple(chain)
        chain.append(following)
