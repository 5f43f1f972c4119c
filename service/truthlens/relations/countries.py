"""Names of states and of bodies made of states, found in a text: by name, adjective, seat or house. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from truthlens.domain import Span
from truthlens.relations.action_verbs import FORMS
from truthlens.rewording.wording import fold
from truthlens.seed_file import SeedTable
from truthlens.voices import reporting

Form = Literal["name", "demonym", "seat", "house", "body", "none"]

_WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'-]\w+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_AFFIX = re.compile(r"-(?:based|born|made|style|area|wide)$", re.IGNORECASE)
_COMMA_NAME = re.compile(r",\s+[A-Z]|\s*\(|\s+[–—-]\s")

_LOCAL = frozenset(
    "in at near outside around across through throughout over above inside beyond beneath central downtown "
    "northern southern eastern western greater the a an his her their its our my of via".split()
)
"""Before a seat: the city, not the government ("in Moscow", "the Moscow court", "the mayor of London")."""

_TOWARDS = frozenset("to from for into towards toward".split())
_MOTION = frozenset(
    "flew fly flies flying flown flight flights travel travels travelled traveled travelling "
    "traveling trip trips visit visits visited visiting visitor went go goes going gone arrive "
    "arrives arrived arriving moved move moves moving drove drive drives driving return returns "
    "returned returning journey came come comes coming fled flee flees fleeing marched march marching "
    "landed toured tour train trains bus road roads left leave leaves leaving reached reach".split()
)
"""Before a seat, or up to three words before "to" and a seat: somebody goes there."""

_ONE_OF = frozenset("capital city cities town towns areas capitals including mayor streets".split())
"""Up to two words before a seat: one city among others."""

_CITY = frozenset(
    "streets street mayor metro subway airport airports suburb suburbs residents resident skyline "
    "centre center square police court courts hospital hospitals hotel hotels museum university "
    "school schools theatre region area oblast district bureau stadium embassy restaurant restaurants "
    "apartment neighbourhood neighborhood summit marathon market stock exchange".split()
)
"""After a seat or its possessive: the city's own things."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One mention. ``key`` is a state's ISO code, or the first form of a body; "" for form "none"."""

    span: Span
    key: str
    form: Form


@dataclass(frozen=True, slots=True)
class CountryTable:
    """``forms``: folded words, joined by single spaces, to (key, form). ``longest`` counts words of a form.

    ``names[key]`` is a state's or body's own name, for a report on an article that uses an adjective only.
    """

    forms: Mapping[str, tuple[str, Form]]
    names: Mapping[str, str]
    doubtful: frozenset[str]
    longest: int

    def form(self, text: str) -> Form | None:
        """What kind of form a mention is; None when it is none."""
        found = self.forms.get(_folded(text))
        return found[1] if found else None

    def sightings(self, text: str) -> list[Sighting]:
        """All mentions in one sentence, the longest at each place, without overlap; form "none" included, so
        that callers see what a longer name covers.

        A seat counts where it stands for the government. Doubtful names are given too: see `settled`.
        """
        words = [match.span() for match in _WORD.finditer(text)]
        found: list[Sighting] = []
        index = 0
        while index < len(words):
            sighting, taken = self._at(text, words, index)
            if sighting is not None:
                found.append(sighting)
            index += taken
        return found

    def settled(self, texts: Sequence[str]) -> list[list[Sighting]]:
        """`sightings` per sentence of one article. A doubtful form ("Georgia") stays only where the article
        names the same state by another form as well.
        """
        rows = [self.sightings(text) for text in texts]
        sure = {
            sighting.key
            for text, row in zip(texts, rows, strict=True)
            for sighting in row
            if _folded(sighting.span.of(text)) not in self.doubtful
        }
        return [
            [s for s in row if s.key in sure or _folded(s.span.of(text)) not in self.doubtful]
            for text, row in zip(texts, rows, strict=True)
        ]

    def _at(self, text: str, words: Sequence[tuple[int, int]], index: int) -> tuple[Sighting | None, int]:
        start = words[index][0]
        if not text[start].isupper():
            return None, 1
        for last in range(min(index + self.longest, len(words)) - 1, index - 1, -1):
            end = words[last][1]
            form, cut = self._known(text[start:end])
            if form is None:
                continue
            span = Span(start, end - cut)
            if form[1] == "seat" and not _acts_as_state(text, span, words, index, last):
                return None, last - index + 1
            return Sighting(span, *form), last - index + 1
        return None, 1

    def _known(self, written: str) -> tuple[tuple[str, Form] | None, int]:
        """A form and how many characters behind the name are no part of it ("’s", "-led")."""
        found = self._exactly(written)
        if found:
            return found, 0
        possessive = _POSSESSIVE.search(written)
        if possessive:
            return self._exactly(written[: possessive.start()]), len(possessive.group())
        hyphen = written.rfind("-")
        if hyphen > 0 and " " not in written[hyphen:] and not _AFFIX.search(written):
            return self._exactly(written[:hyphen]), len(written) - hyphen
        return None, 0

    def _exactly(self, written: str) -> tuple[str, Form] | None:
        folded = _folded(written)
        if len(folded) <= 3 and not written.isupper():
            return None  # "us", "un"
        return self.forms.get(folded)


def country_table(document: SeedTable, territories: Mapping[str, str]) -> CountryTable:
    """The table of ``countries.toml`` with CLDR's English names of ``territories`` by code.

    Raises SeedError for a code that CLDR lacks and for a form that stands for two.
    """
    document.check({"left_out", "none", "doubtful", "states", "bodies"})
    left_out = {code.upper() for code in document.strings("left_out")}
    forms: dict[str, tuple[str, Form]] = {}
    names: dict[str, str] = {}
    for code, name in territories.items():
        if len(code) == 2 and code.isalpha() and code not in left_out:
            names[code] = re.sub(r" \(.*\)", "", name).replace(" - ", "-")
            for written in (name, name.replace("&", "and"), name.replace("St.", "Saint")):
                forms[_folded(written)] = (code, "name")
    kinds: tuple[tuple[str, Form], ...] = (
        ("names", "name"), ("demonyms", "demonym"), ("seats", "seat"), ("houses", "house"),
    )  # fmt: skip
    for state in document.tables("states"):
        state.check({"code"}, optional={key for key, _ in kinds})
        code = state.string("code")
        if code not in names:
            raise state.wrong(f"code {code!r} is no state of CLDR's", "code")
        for key, form in kinds:
            for written in state.strings(key):
                _add(forms, state, key, written, (code, form))
                if form == "demonym" and written[-1] in "ni":
                    forms.setdefault(written + "s", (code, form))
    for body in document.tables("bodies"):
        body.check({"forms"})
        first = body.strings("forms")[0]
        names[first] = first.upper() if len(first) <= 5 else first.title()
        for written in body.strings("forms"):
            _add(forms, body, "forms", written, (first, "body"))
    for written in document.strings("none"):
        forms[_folded(written)] = ("", "none")
    longest = max(len(_WORD.findall(form)) for form in forms)
    return CountryTable(forms, names, frozenset(document.strings("doubtful")), longest)


def _add(
    forms: dict[str, tuple[str, Form]], table: SeedTable, key: str, written: str, value: tuple[str, Form]
) -> None:
    folded = _folded(written)
    if forms.get(folded, value)[0] != value[0]:
        raise table.wrong(f"{written!r} stands for {forms[folded][0]} already; keep one", key)
    forms.setdefault(folded, value)


def _folded(written: str) -> str:
    if written.endswith(".") and written.replace(".", "").isupper():
        written = written.replace(".", "")  # "U.S."
    return " ".join(fold(written).split())


def _acts_as_state(text: str, span: Span, words: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """Whether a seat of government stands for it. By the words beside it, in doubt for the city."""
    before = [fold(text[a:b]) for a, b in words[max(0, first - 4) : first]]
    # Capitals are a dateline; a mark and a name behind it make "Paris, Texas".
    if _is_city(before) or span.of(text).isupper() or _COMMA_NAME.match(text, span.end):
        return False
    if last + 1 == len(words):
        return True
    start, end = words[last + 1]
    if text[words[last][1] : start].strip():
        return True
    after = text[start:end]
    possessive = words[last][1] > span.end and text[span.end] in "’'"
    if after[0].isupper() or fold(after) in _CITY:
        return possessive and after[0].isupper()
    return possessive or bool(_TAKES_STATE.intersection(before[-1:])) or _may_follow(fold(after))


def _is_city(before: Sequence[str]) -> bool:
    """By the up to four words before a seat."""
    near = before[-1] if before else ""
    if near in _LOCAL or near in _MOTION or list(before[-2:]) == ["such", "as"]:
        return True
    return bool(_ONE_OF.intersection(before[-2:])) or (
        near in _TOWARDS and bool(_MOTION.intersection(before))
    )


_TAKES_STATE = frozenset(
    "helped help helps helping gave give gives giving sent send supplied supplying provided providing "
    "let made urged warned told accused sanctioned".split()
)
_FOLLOWS = (
    reporting.CLAUSE | reporting.THAT | reporting.BEFORE_VERB | reporting.PREPOSITIONS
    | reporting.CONJUNCTIONS | reporting.BREAKS | frozenset("or would must can cannot too nor than".split())
)  # fmt: skip


def _may_follow(word: str) -> bool:
    """A verb or a small word: what stands behind a whole subject or object, not behind half a compound."""
    return word in _FOLLOWS or word in FORMS or word.endswith(("ed", "ly"))
