"""Words of markets in an article: rates, prices, shares, currencies, commodities, tickers. Pure.

Single words are weak: "gold" is a medal, "shares" is a verb. They count only in an article that speaks of the
economy by surer words as well, and some of them only beside a word of trade.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from truthlens.domain import Sentence, Span
from truthlens.rewording.wording import fold
from truthlens.seed_file import SeedTable

ENOUGH = 2
"""Places of sure words, or tickers, that make an article one about the economy: a stray "inflation" in a
column does not. Eight of the nine demo articles have none; the rate decision has 11."""

_TOKEN = re.compile(r"\w+(?:[&’'-]\w+)*")
_LISTED = re.compile(
    r"\b(?:NYSE|NASDAQ|Nasdaq|LSE|LON|TSX|ASX|HKEX|HKG|TYO|FRA|ETR|EPA|AMEX|BSE|NSE)\s?:\s?([A-Z][A-Z0-9.]{0,5})\b"
)
_DOLLAR = re.compile(r"(?<![\w$])\$([A-Z]{2,5})\b(?![\d$.]\d)")
_CURRENCY_CODES = frozenset("US USD CAD AUD NZD HKD SGD TWD CA AU NZ HK".split())
TICKERS = "Tickers"


@dataclass(frozen=True, slots=True)
class Term:
    """One mention: ``span`` in the article, ``text`` as written, ``group`` the title of its kind."""

    sentence: int
    span: Span
    text: str
    group: str
    sure: bool


@dataclass(frozen=True, slots=True)
class MarketTable:
    """``forms``: folded words to (title, sure). ``beside[title]`` are forms of which one must be near.
    ``openers`` are the first words of all forms: most words of a text open none.
    """

    forms: Mapping[str, tuple[str, bool]]
    beside: Mapping[str, frozenset[str]]
    upper: frozenset[str]
    titles: tuple[str, ...]
    longest: int
    openers: frozenset[str]

    def terms(self, sentences: Sequence[Sentence]) -> tuple[Term, ...]:
        """All mentions in the order of the text; empty for an article that is not about the economy."""
        found = [term for sentence in sentences for term in self._in(sentence)]
        places = sum(term.sure for term in found)
        return tuple(found) if places >= ENOUGH else ()

    def _in(self, sentence: Sentence) -> list[Term]:
        words = [match.span() for match in _TOKEN.finditer(sentence.text)]
        folded = [fold(sentence.text[a:b]) for a, b in words]
        present = cache(lambda: self._present(folded))
        found = list(_tickers(sentence))
        index = 0
        while index < len(words):
            taken = 1
            reach = self.longest if folded[index] in self.openers else 0
            for last in range(min(index + reach, len(words)), index, -1):
                group = self.forms.get(" ".join(folded[index:last]))
                span = Span(words[index][0], words[last - 1][1])
                if group is None or not self._counts(group, span.of(sentence.text), present):
                    continue
                found.append(_term(sentence, span, *group))
                taken = last - index
                break
            index += taken
        return sorted(found, key=lambda term: term.span.start)

    def _present(self, folded: Sequence[str]) -> frozenset[str]:
        """All runs of a sentence's words that could be a form: asked for where a form wants company only."""
        return frozenset(
            " ".join(folded[i:j])
            for i in range(len(folded))
            for j in range(i + 1, min(i + self.longest, len(folded)) + 1)
        )

    def _counts(self, group: tuple[str, bool], written: str, present: Callable[[], frozenset[str]]) -> bool:
        title, sure = group
        if fold(written) in self.upper:
            return written.isupper()
        return sure or title not in self.beside or bool(self.beside[title] & present())


def market_table(document: SeedTable) -> MarketTable:
    """The table of ``markets.toml``. Raises SeedError for a form that stands in two groups."""
    document.check({"groups"})
    forms: dict[str, tuple[str, bool]] = {}
    beside: dict[str, frozenset[str]] = {}
    upper: set[str] = set()
    titles: list[str] = []
    for group in document.tables("groups"):
        group.check({"title"}, optional={"sure", "words", "beside", "upper"})
        title = group.string("title")
        titles.append(title)
        upper.update(group.strings("upper"))
        if group.strings("beside"):
            beside[title] = frozenset(group.strings("beside"))
        for key in ("sure", "words", "upper"):
            for written in group.strings(key):
                if forms.setdefault(written, (title, key != "words"))[0] != title:
                    raise group.wrong(f"{written!r} stands in {forms[written][0]!r} already; keep one", key)
    longest = max(
        len(_TOKEN.findall(form)) for form in (*forms, *(f for row in beside.values() for f in row))
    )
    openers = frozenset(form.partition(" ")[0] for form in forms)
    return MarketTable(forms, beside, frozenset(upper), (TICKERS, *titles), longest, openers)


def _tickers(sentence: Sentence) -> Iterator[Term]:
    for match in _LISTED.finditer(sentence.text):
        yield _term(sentence, Span(*match.span()), TICKERS, True)
    for match in _DOLLAR.finditer(sentence.text):
        if match[1] not in _CURRENCY_CODES:
            yield _term(sentence, Span(*match.span()), TICKERS, True)


def _term(sentence: Sentence, span: Span, title: str, sure: bool) -> Term:
    start = sentence.span.start
    return Term(
        sentence.index, Span(start + span.start, start + span.end), span.of(sentence.text), title, sure
    )
