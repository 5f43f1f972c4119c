"""What a headline holds against the text below it: figures, names, quoted words and strong words of claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, isclose, log10
from typing import Literal

from truthlens.domain import Span
from truthlens.heads import words
from truthlens.ledgers.number_ledger import Stated, in_headline, stated
from truthlens.ledgers.numerals import numerals
from truthlens.reading import Reading, once
from truthlens.voices.quotation import quotations

Element = Literal["figure", "name", "quotation", "claim"]
Result = Literal["found", "qualified", "rounded", "sum", "unquoted", "missing"]

LOOSE = frozenset(
    (
        "another",
        "a further",
        "an additional",
        "additional",
        "only",
        "just",
        "exactly",
        "a total of",
        "a record",
    )
)
"""Qualifiers that say nothing of how exact a figure is: without them it is the same figure."""

_FORMS = (
    "prove proves proved proven proving",
    "expose exposes exposed exposing",
    "reveal reveals revealed revealing",
    "confirm confirms confirmed confirming",
    "admit admits admitted admitting",
    "confess confesses confessed",
    "slam slams slammed slamming",
    "blast blasts blasted blasting",
    "destroy destroys destroyed destroying",
    "crush crushes crushed crushing",
    "gut guts gutted gutting",
    "betray betrays betrayed betraying",
    "ban bans banned banning",
    "collapse collapses collapsed collapsing",
    "cause causes caused causing",
    *"always never every all nobody everyone worst best biggest largest first only record".split(),
)
STRONG = {word: frozenset(forms.split()) for forms in _FORMS for word in forms.split()}
"""Words by which a headline claims more than that somebody said something, with their forms. English."""

_MORE = frozenset(("another", "a further", "an additional"))  # "and another 3,000": of what was just counted
_ACRONYM = 4  # letters of an abbreviation that the text may spell out: GOP, UN
_TELLING = 4  # letters of a word that is no "of"
_TITLE_CASE = 0.5  # share of capitals from which they say nothing about names
_MARKS = "“”\"‘’'«»„ ,.:;!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """``span`` is the element's place in the headline, ``places`` where the text has it (for "sum": the two
    parts). ``words`` are what the text says there, ``dropped`` a qualifier that the headline leaves out.
    """

    element: Element
    span: Span
    result: Result
    places: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@once
def headline_audit(reading: Reading) -> tuple[Check, ...]:
    """All elements of the headline, in order; none without a headline."""
    headline = reading.article.headline
    if headline is None:
        return ()
    body = stated(reading)
    found = [_figure(reading, figure, body) for figure in in_headline(reading)]
    for check in (*_quoted(reading, headline), *_names(reading, headline), *_claims(reading, headline)):
        if not any(check.span.overlaps(other.span) for other in found if other.element != "figure"):
            found.append(check)
    return tuple(sorted(found, key=lambda check: check.span.start))


def _figure(reading: Reading, figure: Stated, body: Sequence[Stated]) -> Check:
    amount = figure.amount
    same = [other for other in body if _equal(figure, other)]
    same = [other for other in same if other.amount.head == amount.head] or same
    plain = next((other for other in same if not _dropped(figure, other)), None)
    if plain is not None:
        return _check(figure, "found", [plain])
    if same:
        return _check(figure, "qualified", same[:1])
    if place := _bare(reading, figure):
        return Check(element="figure", span=figure.span, result="found", places=(place,))
    alike = [
        other for other in body if other.amount.head == amount.head and other.amount.numeral.kind == "plain"
    ]
    rounded = next(
        (other for other in alike if _rounds(amount.numeral.value, other.amount.numeral.value)), None
    )
    if rounded is not None:
        return _check(figure, "rounded", [rounded])
    more = [other for other in body if not other.amount.head and other.amount.qualifier.lower() in _MORE]
    parts = _sum(amount.numeral.value, [*alike, *more]) if amount.head else []
    return _check(figure, "sum" if parts else "missing", parts)


def _check(figure: Stated, result: Result, others: Sequence[Stated]) -> Check:
    return Check(
        element="figure",
        span=figure.span,
        result=result,
        places=tuple(other.span for other in others),
        words=tuple(other.words for other in others),
        dropped=tuple(dict.fromkeys(word for other in others if (word := _dropped(figure, other)))),
    )


def _equal(one: Stated, other: Stated) -> bool:
    mine, theirs = one.amount.numeral, other.amount.numeral
    if mine.kind == "vague":
        stated_so = (
            theirs.kind != "vague" and theirs.value >= mine.value and one.amount.head == other.amount.head
        )
        return stated_so or (theirs.kind == "vague" and theirs.value == mine.value)
    same_kind = mine.money == theirs.money and mine.percent == theirs.percent and theirs.kind != "vague"
    return same_kind and isclose(mine.value, theirs.value) and isclose(mine.upper, theirs.upper)


def _dropped(figure: Stated, other: Stated) -> str:
    """The qualifier that the text has and the headline has not, nor any of its own."""
    qualifier = other.amount.qualifier.lower()
    vague = figure.amount.numeral.kind == "vague"
    return "" if vague or figure.amount.qualifier or qualifier in LOOSE else qualifier


def _bare(reading: Reading, figure: Stated) -> Span | None:
    """The same number somewhere in the text, be it in "the nine"."""
    wanted = figure.amount.numeral.value
    if figure.amount.numeral.kind == "vague":
        return None
    for sentence in reading.sentences:
        if sentence.paragraph == figure.sentence.paragraph:
            continue
        for numeral in numerals(sentence.text):
            if isclose(wanted, numeral.value) or isclose(wanted, numeral.upper):
                start = sentence.span.start
                return Span(start + numeral.span.start, start + numeral.span.end)
    return None


def _rounds(value: float, exact: float) -> bool:
    """Whether ``value`` is ``exact`` rounded to as many digits as it shows."""
    digits = len(f"{value:.10g}".replace(".", "").strip("0"))
    if not digits or exact <= 0:
        return False
    step: float = 10.0 ** (floor(log10(value)) - digits + 1)
    return isclose(round(exact / step) * step, value)


def _sum(value: float, parts: Sequence[Stated]) -> list[Stated]:
    """Two figures of the text that count the same and add up to ``value``, in order; none when there are no
    such two.
    """
    seen: dict[float, Stated] = {}
    for part in parts:
        other = seen.get(value - part.amount.numeral.value)
        if other is not None:
            return [other, part]
        seen.setdefault(part.amount.numeral.value, part)
    return []


def _quoted(reading: Reading, headline: Span) -> Iterator[Check]:
    text, body = reading.article.text, _flat(reading.article.text)
    for quoted in quotations(headline.of(text)):
        span = Span(headline.start + quoted.start, headline.start + quoted.end)
        wanted = _flat(span.of(text)).strip(_MARKS)
        place = _find(body, wanted, headline.end)
        if place is None:
            yield Check(element="quotation", span=span, result="missing")
        else:
            outside = reading.voice_of(place).voice != "quote"
            result: Result = "unquoted" if outside else "found"
            yield Check(
                element="quotation", span=span, result=result, places=(place,), words=(place.of(text),)
            )


def _names(reading: Reading, headline: Span) -> Iterator[Check]:
    """Parties that the headline mentions, then other capitalised words where capitals tell."""
    text = reading.article.text
    taken: list[Span] = []
    for party in reading.parties:
        mine = [span for span in party.mentions if headline.contains(span)]
        theirs = [span for span in party.mentions if not headline.contains(span)]
        if mine:
            taken.append(mine[0])
            alike = next((span for span in theirs if span.of(text) == mine[0].of(text)), None)
            name = mine[0].of(text)
            place = (
                alike or _find(_flat(text), _flat(name), headline.end) or next(iter(theirs), None)
            ) or _one_word(text, name, headline.end)
            if place is not None or not _is_acronym(name.split(maxsplit=1)[0]):
                yield _held("name", text, mine[0], place)
    for span in _capitals(headline.of(text)):
        here = Span(headline.start + span.start, headline.start + span.end)
        acronym = _is_acronym(here.of(text))
        if here.of(text) in reading.article.outlet.split():
            continue  # "The Guardian view on …"
        if not acronym and not any(here.overlaps(other) for other in taken):
            name = _without_owning(here.of(text))
            place = _find(_flat(text), _flat(name), headline.end) or _longer(text, name, headline.end)
            yield _held("name", text, here, place or _both(text, name, headline.end))


def _without_owning(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _is_acronym(name: str) -> bool:
    """The text may spell it out, in words that nothing here knows for it."""
    return name.isupper() and len(name) <= _ACRONYM


def _one_word(text: str, name: str, start: int) -> Span | None:
    """Of a name in a headline where every word has a capital, the one that the text knows: "Chide Roe"."""
    words = [_without_owning(word) for word in name.split()] if " " in name else []
    places = (_find(_flat(text), _flat(word), start) for word in words if len(word) >= _TELLING)
    return next((place for place in places if place), None)


def _longer(text: str, name: str, start: int) -> Span | None:
    """ "Dem" in a headline is short for "Democrats"."""
    stem = name.removesuffix("s")
    match = re.compile(rf"\b{re.escape(stem)}\w+").search(text, start) if len(stem) >= 3 else None
    return Span(*match.span()) if match else None


def _both(text: str, name: str, start: int) -> Span | None:
    """Where the text first names one side of "US-China", if it names both."""
    sides = [_find(_flat(text), _flat(side), start) for side in name.replace("‑", "-").split("-")]
    return sides[0] if len(sides) > 1 and all(sides) else None


def _held(element: Element, text: str, span: Span, place: Span | None) -> Check:
    if place is None:
        return Check(element=element, span=span, result="missing")
    return Check(element=element, span=span, result="found", places=(place,), words=(place.of(text),))


def _capitals(headline: str) -> list[Span]:
    """Capitalised words of a headline that is not set in title case; there, capitals say nothing."""
    found = [span for span in words(headline) if span.start]
    capitals = [s for s in found if headline[s.start].isupper() and headline[s.start - 2 : s.start] != ": "]
    return capitals if len(capitals) <= len(found) * _TITLE_CASE else []


def _claims(reading: Reading, headline: Span) -> Iterator[Check]:
    text = reading.article.text
    body: dict[str, Span] = {}
    for sentence in reading.sentences:
        if not headline.contains(sentence.span):
            for span in reading.scores.words[sentence.index]:
                place = Span(sentence.span.start + span.start, sentence.span.start + span.end)
                body.setdefault(place.of(text).lower(), place)
    for span in words(headline.of(text)):
        here = Span(headline.start + span.start, headline.start + span.end)
        forms = STRONG.get(here.of(text).lower())
        if forms:
            found = min((body[form] for form in forms if form in body), key=lambda s: s.start, default=None)
            yield _held("claim", text, here, found)


def _flat(text: str) -> str:
    """Lower case with straight marks, letter for letter, so that places stay."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_STRAIGHT)


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-"})


def _find(flat: str, wanted: str, start: int) -> Span | None:
    """Where it stands as whole words; None when it does not, or is nothing."""
    if not wanted:
        return None
    match = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(flat, start)
    return Span(*match.span()) if match else None
