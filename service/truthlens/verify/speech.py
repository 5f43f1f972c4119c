"""Whose words, and how firmly: a sentence may not state as fact what its evidence reports or hedges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truthlens.verify.objection import Objection
from truthlens.verify.quoted_words import MASK, outside, within
from truthlens.verify.words import STOPWORDS, Word, content, stem, words
from truthlens.voices import reporting
from truthlens.voices.attribution import attributions

_VERBS = frozenset(
    stem(verb) for verb in reporting.CLAUSE | reporting.THAT | reporting.DOCUMENT | reporting.BELIEF
)
NEUTRAL = frozenset(stem(verb) for verb in ("say", "tell", "add", "state", "write", "note", "report"))
"""Reporting verbs that say nothing on whether it is so, and may stand for one another."""

HEDGES: dict[str, frozenset[str]] = {
    "possibility": frozenset("may might could possible possibly perhaps potentially potential maybe".split()),
    "likelihood": frozenset("likely unlikely probably probable expected".split()),
    "seeming": frozenset("appear appears appeared seem seems seemed apparently seemingly".split()),
    "allegation": frozenset(
        "alleged allegedly allege alleges allegation allegations reportedly purported purportedly suspected "
        "supposed supposedly accused accuse accuses accusation accusations claim claims claimed".split()
    ),
    "plan": frozenset("plans planned planning proposed proposes proposal intends".split()),
}
"""Words that keep a statement from being a fact, in classes within which one may stand for another."""

_REACH = 5  # content words round a hedge that it is taken to hedge


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence of the evidence with the share of a text's content that it holds."""

    text: str
    shared: frozenset[str]


def source(text: str, context: Sequence[str]) -> Source:
    """The sentence of the evidence that a text restates: it shares most content words, the first on a tie."""
    mine = frozenset(content(text))
    best = max(context, key=lambda piece: len(mine & frozenset(content(piece))), default="")
    return Source(best, mine & frozenset(content(best)))


def of_speech(text: str, context: Sequence[str], *, strict: bool) -> Iterator[Objection]:
    """``strict``: one word of a reported clause is enough to ask for its speaker's verb."""
    found = source(outside(text), context)
    if not found.text:
        return
    least = 1 if strict else 3
    yield from _attribution(text, found, least)
    yield from _hedges(text, found, least)


def _attribution(text: str, found: Source, least: int) -> Iterator[Objection]:
    masked = outside(found.text)
    reported: set[str] = set()
    verbs: list[str] = []
    for item in attributions(masked):
        verbs.append(item.verb)
        for clause in item.content:
            reported |= set(content(clause.of(found.text)))
            masked = masked[: clause.start] + MASK * len(clause) + masked[clause.end :]
    for _, said in within(found.text):
        reported |= set(content(said))
    own = set(content(masked)) - _VERBS
    told = found.shared & (reported - own)
    if len(told) < least or 2 * len(told) < len(found.shared - _VERBS):
        return
    mine = {word.stem for word in words(text)}
    if "according to" in text.lower():
        mine.add(stem("say"))
    wanted = {
        stem(part) for verb in verbs for part in ("say" if verb.lower() == "according to" else verb).split()
    }
    if mine & wanted or (mine & NEUTRAL and (wanted & NEUTRAL or not wanted)):
        return
    if wanted and mine & _VERBS:
        yield Objection("attribution", f"not by the verb of the source, {verbs[0]}")
    elif not mine & _VERBS:
        yield Objection("attribution", f"{verbs[0] if verbs else 'quoted'} in the source, a fact here")


def _hedges(text: str, found: Source, least: int) -> Iterator[Objection]:
    mine = {word.text.lower() for word in words(text)}
    theirs = words(found.text)
    for index, word in enumerate(theirs):
        name = next((name for name, forms in HEDGES.items() if word.text in forms), "")
        if not name or mine & HEDGES[name]:
            continue
        reach = min(_REACH, 2) if name == "allegation" else _REACH
        hedged = {each.stem for each in _following(theirs, index, reach)}
        if hedged & found.shared and len(found.shared) >= least:
            yield Objection("hedge", word.text)


def _following(theirs: Sequence[Word], index: int, reach: int) -> list[Word]:
    rest = [word for word in theirs[index + 1 :] if word.text.lower() not in STOPWORDS]
    return rest[:reach]
