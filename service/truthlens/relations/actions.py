"""Who does what to whom, sentence by sentence: a party, a verb of the article's own, a party. Pure.

Read by rules from the order of words, without a parser. Where the words leave it open who is meant there is
no action: a relation that is missed costs a reader less than one that was never reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truthlens.domain import Sentence, Span, Voiced
from truthlens.reading import Reading
from truthlens.relations.action_object import Target, agent, nominal, recipient, target
from truthlens.relations.action_subject import Phrases, Subject, subject
from truthlens.relations.action_verbs import FORMS, NOUNS, ActionKind, VerbForm
from truthlens.relations.actors import Actor, Owner, Token, actors, tokens
from truthlens.relations.countries import CountryTable
from truthlens.relations.parties import Party
from truthlens.relations.verb_group import Group, group

_DENIALS = frozenset(
    "deny denies denied denying reject rejects rejected dismissed dismisses dispute disputed".split()
)
_OF_A_STATE = frozenset(
    "military air missile drone armed army naval rocket full-scale large-scale economic alleged "
    "ground border new renewed first second latest ongoing brutal deadly trade illegal unprovoked "
    "financial".split()
)
"""Between a state and its deed; in "Syrian rebel attacks" the state is not the one who attacks."""
_FEARED = frozenset(
    "possible possibility potential any future threat threatened feared planned fears fear if "
    "hypothetical risk prevent deter against avoid no".split()
)
"""Before a deed as a noun: it may never have happened."""
_UNSURE = frozenset("may might could would can should must will shall".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """``actor`` did ``verb`` to ``target``, as the article words it; a passive is turned round.

    ``verb`` is cut from the text ("may be close to sharing", "imposed sanctions on"). ``clause`` reaches from
    subject to object, both within the article's text. ``negated``: said not to be so. ``undone``: planned,
    offered, possible. ``hedges`` are the words that say so or cast doubt, folded.
    """

    actor: Party
    target: Party
    kind: ActionKind
    verb: str
    clause: Span
    sentence: int
    negated: bool
    undone: bool
    hedges: tuple[str, ...]
    voiced: Voiced

    @property
    def denied(self) -> bool:
        return self.negated or self.voiced.verb.lower() in _DENIALS


def actions(reading: Reading) -> tuple[Action, ...]:
    """All actions of an article in the order of their sentences; no party acts on itself."""
    spans = sorted(
        ((span, party) for party in reading.parties for span in party.mentions),
        key=lambda pair: pair[0].start,
    )
    starts = [span.start for span, _ in spans]
    found: list[Action] = []
    for sentence in reading.sentences:
        low, high = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        named = [(_moved(span, -sentence.span.start), party) for span, party in spans[low:high]]
        if len({party.name for _, party in named}) > 1:
            for deed in deeds(sentence.text, named, reading.countries):
                found += _actions(reading, sentence, deed)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb with its parties in one sentence; ``verb`` and ``clause`` are spans within it."""

    doers: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    kind: ActionKind
    verb: Span
    clause: Span
    negated: bool = False
    undone: bool = False
    hedges: tuple[str, ...] = ()


def deeds(text: str, named: Sequence[tuple[Span, Party]], countries: CountryTable) -> list[Deed]:
    """Every deed in a sentence. ``named`` are the mentions of parties, spans within it, in order."""
    words = tokens(text)
    found, owners = actors(text, words, named, countries)
    phrases = Phrases.of(words, found)
    result = [*_by_nouns(phrases, owners)]
    shared: Subject | None = None  # whose verb "and struck" is as well
    for index, token in enumerate(words):
        form = FORMS.get(token.word)
        if form is None or (token.capital and index > 0) or index in phrases.starting:
            continue
        here, shared = _by_verb(phrases, index, form, shared)
        result += here
    return result


def _by_verb(
    phrases: Phrases, index: int, form: VerbForm, shared: Subject | None
) -> tuple[list[Deed], Subject | None]:
    verb = group(phrases.words, index, form)
    if verb is None:
        return [], shared
    following = phrases.words[index + 1].word if index + 1 < len(phrases.words) else ""
    if verb.passive or (form.participle and verb.first == index and following == "by"):
        return _passive(phrases, verb), None
    bare = form.base and verb.first == index
    whose = subject(phrases, verb, bare=bare)
    if whose is None and shared is not None and _continues(phrases.words, verb):
        whose = shared
    if whose is None or (bare and not (whose.plural or whose.helped)):
        return [], shared
    reached = target(phrases, index)
    if reached is None:
        return [], whose
    first = min(whose.first, verb.first)
    deed = _deed(phrases, whose.actors, reached, verb, Span(first, reached.last))
    return [deed, *_accused(phrases, reached)], whose


def _continues(words: Sequence[Token], verb: Group) -> bool:
    """`… and struck`: the verb goes on with the subject before it."""
    return verb.finite and verb.first > 0 and words[verb.first - 1].word in {"and", "but", "then"}


def _passive(phrases: Phrases, verb: Group) -> list[Deed]:
    doers = agent(phrases, verb.verb)
    if not doers:
        return []
    frames = FORMS[phrases.words[verb.verb].word].verbs
    given = recipient(phrases, verb.verb)
    last = max(doers[-1].last, given[-1].last if given else 0)
    if given:
        reached, first = given, verb.first
    else:
        patient = subject(phrases, verb, may_suffer=True) or _before_comma(phrases, verb)
        if patient is None or not any(frame.direct for frame in frames):
            return []
        reached, first = patient.actors, patient.first
    target_ = Target(reached, frames[0].kind, last, verb.verb + 1)
    return [_deed(phrases, doers, target_, verb, Span(first, last))]


def _before_comma(phrases: Phrases, verb: Group) -> Subject | None:
    """`Ukraine, backed by Poland, …`."""
    if verb.passive or verb.first < 2 or phrases.words[verb.first - 1].word != ",":
        return None
    moved = Group(verb.first - 1, verb.verb, True, True, verb.negated, verb.undone, verb.hedges)
    return subject(phrases, moved, may_suffer=True)


def _accused(phrases: Phrases, accused: Target) -> list[Deed]:
    """`accused Russia of arming Iran`: a second deed, as an accusation."""
    index = accused.last + 1
    if (
        accused.kind != "accuses"
        or index >= len(phrases.words)
        or phrases.words[index - 1].word not in {"of", "for"}
    ):
        return []
    form = FORMS.get(phrases.words[index].word)
    reached = target(phrases, index) if form is not None and form.ing else None
    if reached is None:
        return []
    verb = Group(index, index, False, False, False, False, ("accused",))
    return [_deed(phrases, accused.actors, reached, verb, Span(accused.actors[0].first, reached.last))]


def _by_nouns(phrases: Phrases, owners: Sequence[Owner]) -> Iterator[Deed]:
    """`Russia’s invasion of Ukraine`, `Israeli strikes on Iran`. Feared and possible ones are left out."""
    words = phrases.words
    for owner in owners:
        for index in range(owner.last, min(owner.last + (1 if owner.loose else 3), len(words) - 1)):
            if not words[index].word[0].isalpha():
                break
            kind, joints = NOUNS.get(words[index].word, (None, frozenset[str]()))
            if kind is None:
                continue
            before = {token.word for token in words[max(0, owner.first - 5) : index]}
            if not {token.word for token in words[owner.last : index]} <= _OF_A_STATE:
                break
            reached = nominal(phrases, index + 1) if words[index + 1].word in joints else None
            if reached is not None and not _FEARED & before:
                hedges = ("alleged",) if "alleged" in before else ()
                verb = Span(words[index].span.start, words[index + 1].span.end)
                clause = Span(words[owner.first].span.start, words[reached.last - 1].span.end)
                doer = Actor(owner.party, owner.first, owner.last, acts=True, alone=True, plural=False)
                yield Deed((doer,), reached.actors, kind, verb, clause, hedges=hedges)
            break


def _deed(phrases: Phrases, doers: tuple[Actor, ...], reached: Target, verb: Group, clause: Span) -> Deed:
    words = phrases.words
    kept = verb.hedges or verb.negated
    start = verb.first if kept else verb.verb
    end = reached.label_end if reached.label_end > verb.verb else verb.verb + 1
    return Deed(
        doers,
        reached.actors,
        reached.kind,
        Span(words[start].span.start, words[end - 1].span.end),
        Span(words[clause.start].span.start, words[clause.end - 1].span.end),
        verb.negated,
        verb.undone or bool(_UNSURE.intersection(verb.hedges)),
        verb.hedges,
    )


def _actions(reading: Reading, sentence: Sentence, deed: Deed) -> Iterator[Action]:
    span, clause = _moved(deed.verb, sentence.span.start), _moved(deed.clause, sentence.span.start)
    for doer in deed.doers:
        for reached in deed.targets:
            if doer.party is not reached.party:
                yield Action(
                    actor=doer.party,
                    target=reached.party,
                    kind=deed.kind,
                    verb=" ".join(span.of(reading.article.text).split()),
                    clause=clause,
                    sentence=sentence.index,
                    negated=deed.negated,
                    undone=deed.undone,
                    hedges=deed.hedges,
                    voiced=reading.voice_of(span),
                )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
