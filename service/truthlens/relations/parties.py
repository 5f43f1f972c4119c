"""Who and what an article names: persons, organisations and places, each once with all of its mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from truthlens.domain import Sentence, Span
from truthlens.heads import WORD, Scores
from truthlens.names import Kind
from truthlens.relations.countries import CountryTable
from truthlens.relations.mentions import Mention, mentions
from truthlens.rewording.wording import fold

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier "
    "chancellor secretary senator sen representative rep congressman congresswoman governor gov mayor "
    "king queen prince princess emperor pope judge justice general gen colonel col captain admiral "
    "sergeant councillor councilman councilwoman chief director ambassador pastor rev reverend father "
    "deputy leader then-president former ex-president sheik sheikh ayatollah foreign defence defense "
    "interior finance".split()
)
"""Words before a name that are no part of it, with which papers introduce people."""

OFFICES = frozenset("president premier chancellor king queen emperor leader minister secretary ruler".split())
"""Of these, the ones that speak and act for a state."""

_ACRONYM = re.compile(r"[A-Z]{2,8}")
_PAST = frozenset("former ex late then-".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """``name`` is the fullest form that the article uses; of a state that it mentions by adjectives or seats
    alone, the state's name. ``mentions`` are spans of its text, in order.

    ``country`` is the ISO 3166 alpha-2 code of a state, "" for everybody else. ``body`` says that it is one
    made of states (the United Nations). ``leads`` is the code of the state whose office the article gives to
    a person ("Russian President …"), "" where it gives none.
    """

    name: str
    kind: Kind
    mentions: tuple[Span, ...]
    country: str = ""
    body: bool = False
    leads: str = ""


def parties(
    sentences: Sequence[Sentence], scores: Scores, *, countries: CountryTable | None = None
) -> tuple[Party, ...]:
    """All parties in the order of their first mention. Without ``countries`` states are plain places."""
    rows = mentions(sentences, scores, countries)
    every = [mention for row in rows for mention in row]
    keys = _keys(every, _bracketed(sentences, rows))
    groups: dict[str, list[Mention]] = {}
    for mention, key in zip(every, keys, strict=True):
        groups.setdefault(key, []).append(mention)
    offices = _offices(sentences, rows)
    return tuple(_party(group, countries, offices) for group in groups.values())


def _party(group: Sequence[Mention], countries: CountryTable | None, offices: Mapping[Span, str]) -> Party:
    key = group[0].key
    spans = tuple(mention.span for mention in group)
    if key and countries is not None:
        named = [m.text for m in group if countries.form(m.text) in ("name", "body")]
        body = countries.form(group[0].text) == "body"
        return Party(
            name=max(named, key=len) if named else countries.names[key],
            kind=group[0].kind,
            mentions=spans,
            country="" if body else key,
            body=body,
        )
    bare = [(_untitled(mention.text) or mention.text, mention) for mention in group]
    # Capitals alone are a dateline or an acronym, and must not pass for the fuller form.
    name, fullest = max(
        bare, key=lambda pair: (len(pair[0].split()), not pair[0].isupper(), len(pair[1].text))
    )
    leads = next((offices[span] for span in spans if span in offices), "")
    return Party(name=name, kind="person" if leads else fullest.kind, mentions=spans, leads=leads)


def _keys(every: Sequence[Mention], acronyms: Mapping[str, str]) -> list[str]:
    """One key per mention; mentions of one party share it. In doubt two names stay apart."""
    names = [mention for mention in every if not mention.key]
    full = {plain for m in names if m.kind == "person" and " " in (plain := _plain(m.text))}
    surnames = _by({_person_key(name) for name in full}, lambda name: name.split()[-1])
    bodies = {m.text for m in names if m.kind != "person" and " " in m.text}
    firsts = _by({_plain(text) for text in bodies}, lambda name: name.split()[0])
    initials = _by(bodies, _initials)
    keys = []
    for mention in every:
        plain = _plain(mention.text)
        if len(owners := surnames.get(plain, ())) == 1:
            keys.append(next(iter(owners)))  # "Jordan" is Michael Jordan where the article names him
        elif mention.key:
            keys.append(f"={mention.key}")
        elif mention.text in acronyms:
            keys.append(_plain(acronyms[mention.text]))
        elif plain in full:
            keys.append(_person_key(plain))
        elif _ACRONYM.fullmatch(mention.text) and len(longs := initials.get(mention.text, ())) == 1:
            keys.append(_plain(next(iter(longs))))
        elif mention.kind == "organisation" and len(longs := firsts.get(plain, ())) == 1:
            keys.append(next(iter(longs)))
        else:
            keys.append(plain)
    return keys


def _plain(text: str) -> str:
    """Folded, without "the" and titles: what two forms of one name share."""
    return fold(_untitled(text) or text).removeprefix("the ")


def _untitled(text: str) -> str:
    words = list(WORD.finditer(text))
    first = next((word for word in words if fold(word.group()) not in TITLES), None)
    return text[first.start() :] if first else ""


def _person_key(plain: str) -> str:
    """First and last name: middle names come and go."""
    words = plain.split()
    return f"{words[0]} {words[-1]}"


def _initials(name: str) -> str:
    return "".join(match.group()[0] for match in WORD.finditer(name) if match.group()[0].isupper())


def _by(names: Iterable[str], part: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(part(name), []).append(name)
    return found


def _bracketed(sentences: Sequence[Sentence], rows: Sequence[Sequence[Mention]]) -> dict[str, str]:
    """Acronyms to the long forms that they stand behind in brackets: "Open Source Centre (OSC)"."""
    found: dict[str, str] = {}
    for sentence, row in zip(sentences, rows, strict=True):
        for long, short in pairwise(row):
            between = sentence.text[
                long.span.end - sentence.span.start : short.span.start - sentence.span.start
            ]
            if between.strip() == "(" and not long.key and not short.key and " " in long.text:
                letters = iter(fold(long.text))
                if _ACRONYM.fullmatch(short.text) and all(c in letters for c in fold(short.text)):
                    found[short.text] = long.text
    return found


def _offices(sentences: Sequence[Sentence], rows: Sequence[Sequence[Mention]]) -> dict[Span, str]:
    """Persons' mentions to the state whose office stands beside: "Russian President Vladimir Putin"."""
    found: dict[Span, str] = {}
    for sentence, row in zip(sentences, rows, strict=True):
        start = sentence.span.start
        for left, right in pairwise(row):
            between = sentence.text[left.span.end - start : right.span.start - start]
            if right.kind == "person" and len(left.key) == 2 and _is_office(between + right.text):
                before = WORD.findall(
                    sentence.text[max(0, left.span.start - start - 20) : left.span.start - start]
                )
                if not before or fold(before[-1]) not in _PAST:
                    found[right.span] = left.key
            elif (
                left.kind == "person" and len(right.key) == 2 and between == " of " and _is_office(left.text)
            ):
                found[left.span] = right.key
    return found


def _is_office(text: str) -> bool:
    """Titles alone, one of an office among them, before a name."""
    words = [fold(match.group()) for match in WORD.finditer(text)]
    titles = list(takewhile(lambda word: word in TITLES or word in ("s", "of", "state"), words))
    return bool(OFFICES.intersection(titles)) and not _PAST.intersection(titles)
