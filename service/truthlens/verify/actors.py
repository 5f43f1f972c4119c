"""Who does what to whom, and whether it is so at all: order of names round a verb, negations, opposites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truthlens.verify.names import alike, initials, is_capital
from truthlens.verify.objection import Objection
from truthlens.verify.speech import Source
from truthlens.verify.words import Word, bare, content, stem, words

_AUXILIARIES = frozenset(
    """has have had having will would shall should can could may might must do does did is are was were be
    been being also already again still then now later not never just both all""".split()
)
_PASSIVE = frozenset("is are was were be been being".split())
_NEGATORS = frozenset(
    """not no never none nobody nothing neither nor without cannot denied denies deny denying refused refuses
    refuse declined declines decline failed fails fail lack lacks lacked""".split()
)
_COMPARED = frozenset("fewer less more greater later earlier only".split())
OPPOSITES = (
    ("rise", "fall"), ("increase", "decrease"), ("grow", "shrink"), ("gain", "lose"), ("win", "lose"),
    ("support", "oppose"), ("accept", "reject"), ("allow", "ban"), ("lift", "impose"), ("open", "close"),
    ("buy", "sell"), ("hire", "fire"), ("raise", "lower"), ("raise", "cut"), ("more", "fewer"),
    ("improve", "worsen"), ("advance", "retreat"), ("withdraw", "deploy"), ("confirm", "deny"),
    ("approve", "reject"), ("pass", "fail"), ("before", "after"), ("above", "below"), ("best", "worst"),
    ("higher", "lower"), ("highest", "lowest"), ("with", "without"),
)  # fmt: skip
"""Pairs of which one told for the other turns a sentence round."""


@dataclass(frozen=True, slots=True)
class Act:
    agent: str
    verb: str
    target: str  # "" when no name follows
    beside: tuple[str, ...] = ()  # further agents: "Orland, Vesk and Marrow urged"


def acts(text: str) -> tuple[Act, ...]:
    """A name, the verb right behind it, and the next name. "was sent by" turns them round."""
    found = words(text)
    names = _names(text, found)
    result = []
    for index, (name, _, last) in enumerate(names):
        if text[found[last].end - 2 : found[last].end] in ("’s", "'s"):
            continue
        position, passive = last + 1, False
        while position < len(found) and _is_auxiliary(found[position]):
            passive = passive or found[position].text.lower() in _PASSIVE
            position += 1
        if position >= len(found) or not found[position].is_content or is_capital(found[position].text):
            continue
        if "," in text[found[last].end : found[position].start]:
            continue
        after = names[index + 1] if index + 1 < len(names) else None
        target = after[0] if after else ""
        by = passive and after and found[after[1] - 1].text.lower() == "by"
        if by:
            result.append(Act(target, found[position].stem, name))
        elif not passive:
            beside = tuple(_listed(text, found, names[: index + 1]))
            result.append(Act(name, found[position].stem, target, beside))
    return tuple(result)


def of_acts(text: str, context: Sequence[str]) -> Iterator[Objection]:
    theirs = [act for piece in context for act in acts(piece)]
    for act in acts(text):
        same = [other for other in theirs if other.verb == act.verb]
        if not same or any(
            _alike(act.agent, name) for other in same for name in (other.agent, *other.beside)
        ):
            continue
        turned = any(act.target and _alike(act.agent, other.target) for other in same)
        detail = f"{act.agent} {act.verb} {act.target}".strip()
        yield Objection("actors", f"{detail} turned round" if turned else detail)


def of_negation(text: str, found: Source, *, strict: bool) -> Iterator[Objection]:
    """Against the sentence that the text restates."""
    if len(found.shared) < 2:
        return
    mine, theirs = words(text), words(found.text)
    negated_here, negated_there = _negated(text, mine), _negated(found.text, theirs)
    # "14,000: not in the text" is a finding of ours about the article, and no word of it.
    added = bool(negated_here & found.shared) or strict
    if _negators(mine) and not _negators(theirs) and added:
        yield Objection("negation", "added")
    elif negated_there & frozenset(content(text)) and not _negators(mine):
        yield Objection("negation", "left out")
    elif negated_here and negated_there and not negated_here & negated_there:
        shared = negated_there & frozenset(content(text))
        if shared and negated_here & found.shared:
            yield Objection("negation", "moved")
    stems = ({word.stem for word in mine}, {word.stem for word in theirs})
    for pair in OPPOSITES:
        for one, other in (pair, pair[::-1]):
            a, b = stem(one), stem(other)
            if a in stems[0] and a not in stems[1] and b in stems[1] and b not in stems[0]:
                yield Objection("negation", f"{one} for {other}")


def _negated(text: str, found: Sequence[Word]) -> frozenset[str]:
    """Content words that a negator reaches: the next three, up to the end of its clause."""
    result: set[str] = set()
    for index in _negators(found):
        end = next((at for at in range(found[index].end, len(text)) if text[at] in ",;:—–"), len(text))
        reached = [word for word in found[index + 1 :] if word.is_content and word.start < end]
        result |= {word.stem for word in reached[:3]}
    return frozenset(result)


def _negators(found: Sequence[Word]) -> list[int]:
    """Where they stand. "No fewer than" is a qualifier of a number."""
    result = []
    for index, word in enumerate(found):
        lower = word.text.lower()
        after = found[index + 1].text.lower() if index + 1 < len(found) else ""
        of_number = lower in ("no", "not") and after in _COMPARED
        if (lower in _NEGATORS or lower.endswith(("n’t", "n't"))) and not of_number:
            result.append(index)
    return result


def _is_auxiliary(word: Word) -> bool:
    lower = word.text.lower()
    return lower in _AUXILIARIES or (lower.endswith("ly") and len(lower) > 4)


def _names(text: str, found: Sequence[Word]) -> list[tuple[str, int, int]]:
    """Runs of capitals: the name, and its first and last word."""
    result: list[tuple[str, int, int]] = []
    for index, word in enumerate(found):
        if not is_capital(word.text) or (index == 0 and not word.is_content):
            continue
        joined = result and result[-1][2] == index - 1 and text[found[index - 1].end : word.start] == " "
        if joined and bare(found[index - 1].text) == found[index - 1].text:
            name, first, _ = result[-1]
            result[-1] = (f"{name} {bare(word.text)}", first, index)
        else:
            result.append((bare(word.text), index, index))
    return result


def _listed(text: str, found: Sequence[Word], names: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """Names that a list joins to the last one."""
    for before, after in zip(names[-2::-1], names[:0:-1], strict=False):
        gap = text[found[before[2]].end : found[after[1]].start].replace("and", "").replace("the", "")
        if gap.strip(" ,"):
            return
        yield before[0]


def _alike(one: str, other: str) -> bool:
    """ "Putin" is "President Vladimir Putin", Russian is Russia; North Korea is not South Korea."""
    mine, theirs = sorted((one.split(), other.split()), key=len)
    if all(any(alike(word, name) for name in theirs) for word in mine):
        return True
    return initials(mine) == other or initials(theirs) == one
