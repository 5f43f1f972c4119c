"""A sentence's figures with what belongs to them in its own words: qualifier, what is counted, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.ledgers.numerals import Numeral, numerals
from truthlens.ledgers.periods import periods
from truthlens.voices import reporting

QUALIFIERS = (
    "at least", "at most", "as many as", "as much as", "as few as", "as little as", "more than", "fewer than",
    "less than", "no more than", "no fewer than", "no less than", "not more than", "up to", "upwards of",
    "just over", "just under", "well over", "well under", "close to", "an estimated", "estimated", "about",
    "around", "roughly", "approximately", "nearly", "almost", "over", "under", "above", "below", "some",
    "only", "just", "another", "a further", "an additional", "additional", "a total of", "a record",
    "exactly", "a maximum of", "a minimum of", "an average of", "between",
)  # fmt: skip
_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(QUALIFIERS, key=len, reverse=True))})\s)+(?:the\s|an?\s)?$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\+|\s(?:or\s(?:more|so|fewer|less|thereabouts)|at\s(?:least|most))\b|-plus\b", re.IGNORECASE
)
_REACH = 40  # characters before a figure in which its qualifier stands
_WORD = re.compile(r"[\s\u00a0-](?P<word>(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'.-][^\W\d_]+)*)")
_OF = re.compile(
    r"\sof\s(?!(?:the|its|their|his|her|our|an?|it|them|us|which|whom|those|these)\b)[a-z]+(?:-[a-z]+)?(?:\s[a-z]+s)?(?:\sand\s[a-z]+)?(?=[\s,.;:)]|$)"
)
_PER = re.compile(
    r"\s(?:a|an|per|each|every)\s(?:year|month|week|day|hour|person|head|barrel|litre|liter|ton)\b"
)
_TAIL = re.compile(r"\s(?:of|an?|per|each|every)\s")
_JOINED = re.compile(r"-[a-z]+")
_POINTS = re.compile(r"\s(?:percentage|basis)\spoints?\b")
_LASTING = re.compile(r"[\s-](?:second|minute|hour|day|week|month|year|decade)s?\b")
_OPENING = 3  # words of a clause before a period that opens it
_WORDS = 5  # behind a figure, among which the noun that it counts is looked for
_PLURALS = frozenset(
    "people men women children police troops staff personnel percent aircraft cattle sheep fish dead "
    "feet euros media data degrees crew".split()
)
_NOT_PLURAL = frozenset(
    "is was has its his this us as does yes less plus across towards says across sometimes always "
    "perhaps".split()
)
_STOP = frozenset(
    "in on at to from for with by of and or but as than that which who whom whose when where while if "
    "because since until after before during over under into out up down off about between through the "
    "a an his her its their our my your this these those he she it they we you i is are was were be "
    "been being has have had do does did will would can could may might must should said says told not "
    "no also each every per last next more less fewer were killed died injured wounded remain remained "
    "rose fell".split()
)
_ANAPHORIC = frozenset("the these those its their his her our my your that this other first no".split())
"""Before a small number in words, these point back to something counted before: "the two countries"."""
_SMALL = 12  # up to here a bare number word is a pronoun or points back more often than it counts
_ANOTHER_ACT = reporting.CLAUSE | set(
    "added told wrote reported testified replied than who which whose when recently".split()
)
_PEOPLE = frozenset("person man woman child boy girl soldier officer civilian passenger death".split())
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """All spans count within the sentence. ``span`` runs from the qualifier to the end of what is counted.

    ``qualifier``, ``unit`` and ``period`` are the sentence's own words, "" for what it does not say.
    """

    numeral: Numeral
    span: Span
    figure: str
    qualifier: str
    unit: str
    period: str
    period_span: Span | None

    @property
    def head(self) -> str:
        """The noun that is counted, in lower case without a plural s: "troop", "missile"."""
        first = _TAIL.split(self.unit, maxsplit=1)[0].split() or self.unit.split()
        return singular(first[-1]) if first else ""

    @property
    def words(self) -> str:
        """Qualifier and figure: "at least 100"."""
        behind = (
            self.qualifier.startswith(("+", "-", "or ", "at "))
            and not self.span.start < self.numeral.span.start
        )
        parts = (self.figure, self.qualifier) if behind else (self.qualifier, self.figure)
        return " ".join(part for part in parts if part)


def amounts(text: str) -> tuple[Amount, ...]:
    """In order. A small number in words without a noun or qualifier, or that points back, is none."""
    found, when = numerals(text), periods(text)
    # A number inside "in the past five years" says when, not how many.
    found = tuple(n for n in found if not any(span.overlaps(n.span) for span in when))
    result = []
    for index, numeral in enumerate(found):
        end = found[index + 1].span.start if index + 1 < len(found) else len(text)
        amount = _amount(text, numeral, end)
        if _counts(text, amount):
            period = _period(text, found, index, amount.span.end, when)
            result.append(
                amount
                if period is None
                else Amount(
                    numeral=numeral,
                    span=amount.span,
                    figure=amount.figure,
                    qualifier=amount.qualifier,
                    unit=amount.unit,
                    period=period.of(text),
                    period_span=period,
                )
            )
    return tuple(result)


def singular(word: str) -> str:
    lower = word.lower()
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    return lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else lower


def _amount(text: str, numeral: Numeral, end: int) -> Amount:
    span = numeral.span
    before = _BEFORE.search(text, max(0, span.start - _REACH), span.start)
    qualifier = re.sub(r"\s(?:the|an?)$", "", before.group().strip()) if before else ""
    lasting = _LASTING.match(text, span.end) is not None  # "over three years of war" says how long
    if (qualifier.lower() == "between" and numeral.kind != "range") or (
        qualifier.lower() == "over" and lasting
    ):
        before, qualifier = None, ""
    behind = _BEHIND.match(text, span.end) if not before else None
    if behind is not None:
        qualifier, span = behind.group().strip(), Span(span.start, behind.end())
    unit_end = _unit_end(text, numeral, span.end, end)
    joined = _JOINED.match(text, span.end)  # "three-year war": figure and "year" are one word
    noun_start = joined.end() if joined and joined.end() < unit_end else span.end
    return Amount(
        numeral=numeral,
        span=Span(before.start() if before else span.start, unit_end),
        figure=text[numeral.span.start : noun_start if noun_start > span.end else numeral.span.end],
        qualifier=qualifier,
        unit=text[noun_start:unit_end].strip(" -\u00a0").removeprefix("of "),
        period="",
        period_span=None,
    )


def _unit_end(text: str, numeral: Numeral, start: int, end: int) -> int:
    """End of what is counted: its first plural noun, with "of …" and "a month" behind it."""
    points = _POINTS.match(text, start)
    if points:
        return points.end()
    if numeral.percent or numeral.money:
        per = _PER.match(text, start)
        return per.end() if per else start
    position, noun_end, hyphened = start, start, text[start : start + 1] == "-"
    for count in range(_WORDS):
        match = _WORD.match(text, position)
        if match is None or match.end() > end:
            break
        word = match["word"]
        if word.lower() in _STOP and not (count == 0 and word.lower() == "of" and numeral.kind != "plain"):
            break
        position = match.end()
        if _plural(word) or (numeral.value == 1 and word.lower() in _PEOPLE):
            noun_end = position
            following = _WORD.match(text, position)
            if not (word[0].isupper() and following and _plural(following["word"])):
                break
        elif hyphened and count == 1:
            noun_end = position  # "three-year war": its noun is singular
    if noun_end == start:
        return start
    for tail in (_OF, _PER):
        match = tail.match(text, noun_end)
        if match is not None and match.end() <= end:
            noun_end = match.end()
    return noun_end


def _plural(word: str) -> bool:
    lower = word.lower()
    if lower in _PLURALS:
        return True
    return (
        len(lower) > 3
        and lower.endswith("s")
        and not lower.endswith(("ss", "us", "is"))
        and lower not in _NOT_PLURAL
    )


def _counts(text: str, amount: Amount) -> bool:
    numeral = amount.numeral
    if not numeral.spelled or numeral.percent or numeral.kind in ("ratio", "vague"):
        return True
    if numeral.value > _SMALL:
        return bool(amount.unit or amount.qualifier)
    if not amount.unit or amount.unit.split()[0].lower() in ("other", "others"):
        return False
    if text[numeral.span.end : numeral.span.end + 1] == "-":
        return True  # "its three-year war"
    before = _LETTERS.findall(text[max(0, amount.span.start - 20) : amount.span.start])
    return bool(amount.qualifier) or not (before and before[-1].lower() in _ANAPHORIC)


def _period(text: str, found: Sequence[Numeral], index: int, start: int, when: Sequence[Span]) -> Span | None:
    """The period behind a figure and before the next one; else the one that opens its clause. Whatever stands
    behind an earlier figure is that figure's own.
    """
    numeral = found[index]
    clause_start = text.rfind(";", 0, numeral.span.start) + 1
    clause_end = text.find(";", numeral.span.end)
    end = clause_end if clause_end >= 0 else len(text)
    if index + 1 < len(found):
        end = min(end, found[index + 1].span.start)
    first = bisect_left(when, start, key=lambda span: span.start)
    if first < len(when) and when[first].end <= end:
        between = text[start : when[first].start]
        # "By 5 votes to 4, members on Wednesday agreed"
        elsewhere = start == numeral.span.end and between.startswith(",") and between.strip(" ,")
        if not _parted(between) and not elsewhere:
            return when[first]
    if _LASTING.match(text, numeral.span.end):
        return None
    opening = min(n.span.start for n in found if n.span.start >= clause_start)
    for span in when:
        if clause_start <= span.start and span.end <= opening:
            return span if len(text[clause_start : span.start].split()) < _OPENING else None
    return None


def _parted(between: str) -> bool:
    """Whether the period behind these words is that of another act: "…, the office said on Tuesday"."""
    words = {match.group().lower() for match in _LETTERS.finditer(between)}
    return bool(words & _ANOTHER_ACT)
