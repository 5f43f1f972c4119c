"""Which parties a verb belongs to: the noun phrases before it, over asides and relative pronouns. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truthlens.relations.actors import Actor, Token
from truthlens.relations.verb_group import Group, group
from truthlens.voices import reporting

_RELATIVE = frozenset("which who that".split())
_REPORTS = reporting.CLAUSE | reporting.THAT
_CLAUSE_OPENERS = (
    reporting.CONJUNCTIONS | reporting.BREAKS
    | frozenset("or yet so both since what how why until once whether however meanwhile today".split())
)  # fmt: skip
_CONDITIONS = frozenset("if unless whether should event case".split())
_AFTER_PREPOSITION = frozenset("as after with".split())  # "after Russia striking …", "such as Iran arming …"
_SPANS_OF_TIME = frozenset("days weeks months years hours result".split())  # "days of Russia bombarding"
_CAUSES = frozenset("helps helped helping lets made makes".split())
_PRONOUNS = frozenset("he she it they".split())
_MARKS = frozenset(",;:—–()-")
ASIDE = 25  # words of an aside between a subject and its verb; what is longer is a sentence of its own


@dataclass(frozen=True, slots=True)
class Subject:
    """Parties that share a verb. ``first`` is the token where they begin; ``plural`` asks for "attack"."""

    actors: tuple[Actor, ...]
    first: int
    plural: bool
    helped: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """The noun phrases of a sentence by the token where they end, and by the one where they begin."""

    words: Sequence[Token]
    ending: Mapping[int, Actor]
    starting: Mapping[int, Actor]

    @classmethod
    def of(cls, words: Sequence[Token], found: Sequence[Actor]) -> Phrases:
        return cls(words, {actor.last: actor for actor in found}, {actor.first: actor for actor in found})


def subject(phrases: Phrases, verb: Group, *, bare: bool = False, may_suffer: bool = False) -> Subject | None:
    """Whose verb it is, or None when that is not plain. ``bare``: an infinitive, as behind "helped"."""
    end = verb.first
    relative = end > 0 and phrases.words[end - 1].word in _RELATIVE
    if relative:
        end -= 1
        if end > 0 and phrases.words[end - 1].word == ",":
            end -= 1
    found = _ending_at(phrases, end, may_suffer) or (
        None if relative else _over_aside(phrases, end, may_suffer)
    )
    if found is None:
        return None if relative else _pronoun(phrases, verb)
    if relative or verb.finite or bare:
        opens = _opens(phrases.words, found.first, bare=bare)
    else:
        opens = _opens(phrases.words, found.first) or _opens_gerund(phrases.words, found.first)
    if not opens or _conditional(phrases.words, found.first):
        return None
    helped = found.first > 0 and phrases.words[found.first - 1].word in _CAUSES
    return Subject(found.actors, found.first, found.plural, helped)


def _ending_at(phrases: Phrases, end: int, may_suffer: bool) -> Subject | None:
    """One phrase, or several joined by commas and "and", that end where the verb begins."""
    last = phrases.ending.get(end)
    if last is None or not (last.acts or may_suffer):
        return None
    chain = [last]
    joined_by_and = False
    while True:
        first = chain[0].first
        joint = [token.word for token in phrases.words[max(0, first - 2) : first]]
        width = 2 if joint == [",", "and"] else 1
        is_and = joint[-1:] == ["and"]
        before = phrases.ending.get(first - width)
        if before is None or not (is_and or (joined_by_and and joint[-1:] == [","])):
            break
        joined_by_and = joined_by_and or is_and
        chain.insert(0, before)
    # "hit Iran and Russia attacked", "with China, Russia and Iran": the first belongs to the words before it.
    while len(chain) > 1 and not _opens(phrases.words, chain[0].first):
        if phrases.words[chain[0].first - 1].word in reporting.PREPOSITIONS and "," not in _between(
            phrases, chain
        ):
            return None
        chain.pop(0)
    if len(chain) > 1 and not all(actor.acts or may_suffer for actor in chain):
        return None
    return Subject(tuple(chain), chain[0].first, len(chain) > 1 or last.plural)


def _between(phrases: Phrases, chain: Sequence[Actor]) -> list[str]:
    return [token.word for token in phrases.words[chain[0].last : chain[1].first]]


def _over_aside(phrases: Phrases, end: int, may_suffer: bool) -> Subject | None:
    """`Putin, the president, warned`; `the members – Chad, Mali and Niger – urged`."""
    if end == 0:
        return None
    closing = phrases.words[end - 1].word
    opening = "(" if closing == ")" else closing
    if closing not in {",", ")", "–", "—"}:
        return None
    for index in range(end - 2, max(-1, end - 2 - 3 * ASIDE), -1):
        if phrases.words[index].word != opening:
            continue
        listed = _listed(phrases, index + 1, end - 1) if closing != "," else None
        if listed is not None:
            return listed
        found = _ending_at(phrases, index, may_suffer)
        if found is not None:
            return found if end - index <= ASIDE else None
        if closing != "," or end - index > ASIDE:
            return None
    return None


def _listed(phrases: Phrases, first: int, end: int) -> Subject | None:
    """An aside made of parties alone names who is meant."""
    chain: list[Actor] = []
    index = first
    while index < end:
        actor = phrases.starting.get(index)
        if actor is not None and actor.acts:
            chain.append(actor)
            index = actor.last
        elif phrases.words[index].word in {",", "and", "the"}:
            index += 1
        else:
            return None
    if len(chain) < 2:
        return None
    start = first - 1  # the clause begins where what the aside explains does
    while start > 0 and phrases.words[start - 1].word not in _MARKS:
        start -= 1
    return Subject(tuple(chain), start, plural=True)


def _opens(words: Sequence[Token], first: int, *, bare: bool = False) -> bool:
    """Whether a clause may begin there."""
    if first == 0:
        return True
    before = words[first - 1].word
    if before in _CAUSES:
        return bare
    if before == "that":
        return first < 2 or words[first - 2].word not in _CONDITIONS
    return before in _MARKS | _CLAUSE_OPENERS | _REPORTS


def _opens_gerund(words: Sequence[Token], first: int) -> bool:
    before = words[first - 1].word
    return before in _AFTER_PREPOSITION or (
        before == "of" and first > 1 and words[first - 2].word in _SPANS_OF_TIME
    )


def _conditional(words: Sequence[Token], first: int) -> bool:
    """Behind "if", back to the last mark: it is not said to happen."""
    for index in range(first - 1, max(-1, first - 9), -1):
        if words[index].word in _MARKS:
            return False
        if words[index].word in _CONDITIONS:
            return True
    return False


def _pronoun(phrases: Phrases, verb: Group) -> Subject | None:
    """`Putin warned he would arm …`: the one who says it, where only one party does."""
    words, index = phrases.words, verb.first - 1
    if index < 1 or words[index].word not in _PRONOUNS or not {"would", "will"}.intersection(verb.hedges):
        return None
    report = index - 2 if words[index - 1].word == "that" else index - 1
    if report < 1 or words[report].word not in _REPORTS:
        return None
    said = group(words, report)
    speaker = subject(phrases, said) if said is not None else None
    if speaker is None or len(speaker.actors) > 1:
        return None
    return speaker
