"""Who may act or be acted on in one sentence: noun phrases that stand for a party, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.relations.countries import CountryTable
from truthlens.relations.parties import TITLES, Party
from truthlens.rewording.wording import fold
from truthlens.voices import reporting

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'‑-]\w+)*|[’'](?=\s)|[^\w\s“”\"‘’']")
"""Words and marks. Quotation marks are left out: they part no sentence."""

AGENTS = frozenset(
    "official officials forces troops soldiers army military navy government governments president "
    "premier minister ministers ministry leaders leader authorities diplomats diplomat warplanes jets "
    "drones missiles warships commanders intelligence police parliament lawmakers negotiators envoy "
    "envoys delegation regime administration chancellor ambassador representatives fighters "
    "paratroopers airstrikes artillery".split()
)
"""What a state acts by, behind its name or adjective: "Russian forces", "US officials"."""

BELONGINGS = frozenset(
    "capital city cities territory population people civilians infrastructure port ports ship ships vessel "
    "vessels tanker tankers positions airbase airbases base bases grid war campaign economy banks targets "
    "facilities villages towns military-industrial refineries".split()
)
"""What is a state's own, so that an attack on it is one on the state; it never acts."""

_BETWEEN = frozenset(
    "foreign defence defense armed prime security government military air special naval senior army navy "
    "interior finance trade state border ground intelligence central national federal occupation".split()
)
"""Between an adjective of state and what it acts by; "an Iraqi tribal leader" is not Iraq."""

_BEFORE = frozenset("the a an both all some several many senior top elite pro its".split())


@dataclass(frozen=True, slots=True)
class Token:
    """``span`` lies in the sentence; ``word`` is folded."""

    word: str
    span: Span
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A party's noun phrase, tokens ``first`` to ``last`` (half-open), with what stands before it ("the").

    ``acts``: it can be a subject. ``alone``: no noun of ours follows the name. ``plural``: its verb is.
    """

    party: Party
    first: int
    last: int
    acts: bool
    alone: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Owner:
    """A party before something of its own: "Russia’s", "Russian"; ``loose`` when only the order of words says
    so ("US sanctions"). ``last``: the token behind it.
    """

    party: Party
    first: int
    last: int
    loose: bool = False


def tokens(text: str) -> list[Token]:
    return [
        Token(fold(match.group()), Span(*match.span()), match.group()[0].isupper())
        for match in _TOKEN.finditer(text)
    ]


def actors(
    text: str,
    words: Sequence[Token],
    named: Sequence[tuple[Span, Party]],
    countries: CountryTable,
) -> tuple[list[Actor], list[Owner]]:
    """All noun phrases of parties in a sentence, in order. ``named`` are its mentions, spans within it.

    Places that are no states can neither act nor be acted on.
    """
    at = {index: party for span, party in named for index in _covered(words, span)[:1]}
    found: list[Actor] = []
    owners: list[Owner] = []
    for span, party in named:
        if party.kind == "place" and not party.country:
            continue
        covered = _covered(words, span)
        if not covered:
            continue
        first, last = covered[0], covered[-1] + 1
        tail = text[span.end : words[last - 1].span.end]
        if not tail and last < len(words) and words[last].word == "'" and words[last].span.start == span.end:
            last, tail = last + 1, "'"  # "the United States’ army"
        adjective = countries.form(span.of(text)) == "demonym"
        if tail.startswith("-"):
            continue  # "US-led"
        start = _start(words, first, at, person=party.kind == "person")
        if tail or adjective:
            owners.append(Owner(party, start, last))
            actor = _by_noun(party, words, start, last, at)
            if actor is not None:
                found.append(actor)
        elif last < len(words) and words[last].word in AGENTS and party.kind != "person":
            end = _through(words, last)
            found.append(
                Actor(party, start, end, acts=True, alone=False, plural=_plural(words[end - 1].word))
            )
        else:
            found.append(Actor(party, start, last, acts=True, alone=True, plural=False))
            owners.append(Owner(party, start, last, loose=True))
    return found, owners


def _covered(words: Sequence[Token], span: Span) -> list[int]:
    return [index for index, token in enumerate(words) if token.span.overlaps(span)]


def _start(words: Sequence[Token], first: int, at: dict[int, Party], *, person: bool) -> int:
    while first > 0:
        word = words[first - 1].word
        adjective = person and (first - 1 in at or (first - 2 in at and word in TITLES))
        if not (word in _BEFORE or (person and word in TITLES) or adjective):
            break
        first -= 1
    return first


def _by_noun(
    party: Party, words: Sequence[Token], start: int, last: int, at: dict[int, Party]
) -> Actor | None:
    """Up to two words further on: "Russian armed forces", "Ukraine’s energy infrastructure"."""
    for index in range(last, min(last + 3, len(words))):
        word = words[index].word
        if index in at or not word[0].isalpha() or word in _SMALL:
            return None
        acts = word in AGENTS and all(token.word in _BETWEEN for token in words[last:index])
        if acts or word in BELONGINGS:
            end = _through(words, index) if acts else index + 1
            if end in at and at[end].kind == "person":
                return None  # the person is the actor
            return Actor(party, start, end, acts=acts, alone=False, plural=_plural(words[end - 1].word))
    return None


_SMALL = (
    reporting.PREPOSITIONS | reporting.CONJUNCTIONS | reporting.BEFORE_VERB | reporting.CLAUSE
    | reporting.THAT | {"or", "not"}
)  # fmt: skip


def _through(words: Sequence[Token], index: int) -> int:
    while index < len(words) and words[index].word in AGENTS:
        index += 1
    return index


def _plural(word: str) -> bool:
    return word.endswith("s") or word in {"police", "military", "troops"}
