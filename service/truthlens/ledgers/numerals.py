"""The numbers of a sentence that say how many or how much, in digits or words.

No dates, times, years, ages, ordinals, nor numbers that are part of a name ("Resolution 1718").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from truthlens.domain import Span
from truthlens.ledgers.figures import ONES, SPELLED, spelled_value
from truthlens.ledgers.periods import MONTH

Kind = Literal["plain", "range", "ratio", "vague"]

_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
_VAGUE = {
    "dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 10**3, "millions": 10**6,
    "billions": 10**9, "trillions": 10**12,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:[\s-]?(?i:thousand|million|billion|trillion|bn|tn)\b|[mk]\b)?"
_DIGITS = re.compile(
    rf"(?<![\w.,:/–—-])(?P<money>(?:US|C|A|HK|NZ)?[$€£¥])?(?P<low>{_NUMBER})(?P<scale>{_SCALE})"
    rf"(?:\s?[–-]\s?[$€£¥]?(?P<high>{_NUMBER})(?P<upscale>{_SCALE}))?"
    r"(?P<percent>\s?%|[\s-]per\s?cent\b)?(?!\w|[:/]\d)"
)
_PERCENT = re.compile(r"[\s-]per\s?cent\b", re.IGNORECASE)
_INDEFINITE = re.compile(
    rf"(?<![\w-])(?P<first>{'|'.join(_VAGUE)})(?:\sof\s(?P<second>thousands|millions))?\b"
    r"|\b(?:several|a few|many)\s(?P<some>dozen|hundred|thousand|million|billion|trillion)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?P<few>an?|one|two|three|four)[- ])?(?P<part>half|third|quarter|fifth|tenth)s?\b"
    r"(?=\s(?:of|the|its|their|his|her|all)\b)",
    re.IGNORECASE,
)
_ONES = "|".join(ONES)
_NO_NUMBER = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{MONTH}(?:,?\s\d{{4}}\b)?"
    rf"|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s\d{{4}}\b)?"
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b"
    r"|\b\d{1,2}:\d{2}(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?"
    rf"|\b(?:\d{{1,2}}|{_ONES})\s(?:o[’']clock|in\sthe\s(?:morning|afternoon|evening))"
    r"|(?<![$€£¥,.\d–-])\b(?:1[5-9]|20)\d\ds?\b(?:[–/-]\d{2}\b)?(?![,.]\d|\s?%|\s(?:million|billion|per\s?cent)\b)"
    r"|’\d\ds?\b|^\d{1,2}(?:[.)](?=\s|$)|$)|\b\d+-\d/\d\b"
    r"|\b(?:S&P|FTSE|Nasdaq|NASDAQ|CAC|STOXX|Stoxx|Nikkei|DAX|Russell)\s\d+\b"
    r"|\baged?\s\d{1,3}\b|(?<=[a-z]),\s\d{1,3}(?=,)"
    rf"|\b(?:\d{{1,3}}|(?:{_ONES}))[- ](?:year|month|week|day)s?[- ]old\b"
    r"|\b(?:No\.|Number|Article|Section|Chapter|Rule|Title|Route|Highway|Interstate|Channel|Flight|Boeing|Airbus"
    r"|Group|Room|Gate|Resolution|Page|Figure|Table|Step|Phase|Level|Category|Formula|Area|Unit|Day|Part)\s\d+\b"
)
_NEVER_YEAR = frozenset("least most than about around some nearly almost roughly approximately over".split())
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)
_OF = re.compile(r"\s(?P<by>in|out\sof|of)\s(?:every\s|the\s|its\s|their\s)?")
_WHOLES = frozenset({5.0, 10.0, 20.0, 50.0, 100.0, 1000.0})
"""Of how many "nine in ten" speaks; "two in three attacks" may be two people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """``span`` covers currency sign, scale and percent sign. ``upper`` is the other end of a range or the
    whole of a ratio ("six of the seven"); it equals ``value`` otherwise. A vague one ("millions") has the
    value of its word, which says no more than the order of size.
    """

    span: Span
    value: float
    upper: float
    kind: Kind = "plain"
    money: str = ""
    percent: bool = False
    spelled: bool = False


def numerals(text: str) -> tuple[Numeral, ...]:
    """In order, none overlapping."""
    plain = _NO_NUMBER.sub(lambda match: _hidden(text, match), text)
    found: list[Numeral] = []
    for numeral in sorted([*_in_digits(plain), *_in_words(plain)], key=lambda n: (n.span.start, -n.span.end)):
        if found and numeral.span.start < found[-1].span.end:
            continue
        joined = _joined(plain, found[-1], numeral) if found else None
        if joined is None:
            found.append(numeral)
        else:
            found[-1] = joined
    return tuple(found)


def _hidden(text: str, match: re.Match[str]) -> str:
    """Four digits behind "at least" or "about" are no year."""
    written = match.group()
    before = _LETTERS.findall(text[max(0, match.start() - 16) : match.start()])
    if written.isdigit() and before and before[-1].lower() in _NEVER_YEAR:
        return written
    return "\ufffc" * len(written)


def _in_digits(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        scale, upscale = _scale(match["scale"]), _scale(match["upscale"])
        low = _value(match["low"]) * 10 ** (scale or (upscale if match["high"] else 0))
        high = _value(match["high"]) * 10 ** (upscale or scale) if match["high"] else low
        yield Numeral(
            span=Span(*match.span()),
            value=low,
            upper=high,
            # "5–4" is a vote or a score, "4–5" is a range.
            kind="plain" if not match["high"] else "range" if high > low else "ratio",
            money=match["money"] or "",
            percent=bool(match["percent"]),
        )


def _in_words(text: str) -> Iterator[Numeral]:
    for match in _PART.finditer(text):
        few = (match["few"] or "a").lower()
        value = ONES.get(few, 1) / _PARTS[match["part"].lower()]
        yield Numeral(span=Span(*match.span()), value=value, upper=1.0, kind="ratio", spelled=True)
    for match in SPELLED.finditer(text):
        value = spelled_value(match.group())
        percent = _PERCENT.match(text, match.end())
        span = Span(match.start(), percent.end() if percent else match.end())
        yield Numeral(span=span, value=value, upper=value, percent=bool(percent), spelled=True)
    for match in _INDEFINITE.finditer(text):
        first = (match["first"] or f"{match['some']}s").lower()
        value = float(_VAGUE[first] * _VAGUE.get((match["second"] or "").lower(), 1))
        yield Numeral(span=Span(*match.span()), value=value, upper=value, kind="vague", spelled=True)


def _joined(text: str, one: Numeral, other: Numeral) -> Numeral | None:
    """ "6 to 11 percent", "between 6 and 11", "one in five", "six of the seven" as one; else None."""
    if "plain" not in (one.kind, other.kind) or one.kind != other.kind:
        return None
    gap, before = text[one.span.end : other.span.start], text[: one.span.start].lower().split()[-1:]
    span = Span(one.span.start, other.span.end)
    whole = replace(one, span=span, upper=other.value, percent=one.percent or other.percent)
    if gap in (" to ", " and ", " or ") and one.value < other.value:
        if gap == " to " and before not in (["from"], ["by"]):
            return replace(whole, kind="range")
        if (gap == " and " and before == ["between"]) or (gap == " or " and other.value <= 2 * one.value):
            return replace(whole, kind="range")
    part = _OF.fullmatch(gap)
    if part is None or one.value > other.value or one.money or other.money or other.percent:
        return None
    if part["by"] == "in" and not (one.value == 1 or other.value in _WHOLES):
        return None
    return replace(whole, kind="ratio")


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _scale(word: str | None) -> int:
    return _SCALES.get((word or "").strip(" -\u00a0").lower(), 0)
