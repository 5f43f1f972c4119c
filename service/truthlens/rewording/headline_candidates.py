"""What could be changed in a headline: loaded wording, and figures that lost the qualifier of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from truthlens.domain import Finding, Span
from truthlens.ledgers.amounts import Amount, amounts
from truthlens.ledgers.number_ledger import stated
from truthlens.reading import Reading
from truthlens.rewording.change import Candidate, Change, candidate
from truthlens.rewording.modifiers import MODIFIED, without
from truthlens.rewording.spelling import american, is_american
from truthlens.rewording.wording import WORD

MOST = 8  # candidates of one headline

BOUNDS = frozenset(
    (
        "at least", "at most", "as many as", "as much as", "more than", "fewer than", "less than",
        "no more than", "no fewer than", "no less than", "up to", "upwards of", "close to", "an estimated",
        "estimated", "about", "around", "roughly", "approximately", "nearly", "almost", "over", "under",
        "just over", "just under", "well over", "well under",
    )
)  # fmt: skip
"""Qualifiers that say how exact a figure is, and can stand before it in a headline."""

_SMALL = frozenset("a an and as at but by for from in of on or over than the to up with".split())
_CLOSED = frozenset(
    "the these those its their his her our my your first last next no near nears nearing top tops topping "
    "exceed exceeds pass passes passing past beyond early late reach reaches hit hits and".split()
)
"""Behind these no qualifier fits: "the at least 12", "near nearly 84,000"."""


def candidates(reading: Reading, findings: Sequence[Finding]) -> tuple[Candidate, ...]:
    """At most `MOST`: all changes together first, then with fewer of those to the wording.

    Qualifiers are put back in each. () when there is nothing to change, or no headline.
    """
    headline = reading.article.headline
    if headline is None:
        return ()
    wording, qualifiers = list(_wording(reading, findings, headline)), list(_qualifiers(reading, headline))
    chosen = [subset for size in range(len(wording), 0, -1) for subset in combinations(wording, size)]
    # Of many changes: all, all but one, each alone.
    chosen.sort(key=lambda subset: min(len(wording) - len(subset), len(subset) - 0.5))
    subsets = [*chosen[: MOST - 1], ()] if qualifiers else chosen[:MOST]
    return tuple(candidate(reading.article.text, headline, [*subset, *qualifiers]) for subset in subsets)


def _wording(reading: Reading, findings: Sequence[Finding], headline: Span) -> Iterator[Change]:
    """Changes to the outlet's own words in the headline, none overlapping another."""
    text, titled = reading.article.text, is_titled(headline.of(reading.article.text))
    taken: list[Span] = []
    abroad = is_american(text)
    for piece in reading.voices_in(headline):
        if piece.voice != "headline":
            continue
        before, after = text[headline.start : piece.span.start], text[piece.span.end : headline.end]
        for local, wording in reading.wording.replacements(before, piece.span.of(text), after):
            span = Span(piece.span.start + local.start, piece.span.start + local.end)
            taken.append(span)
            plainer = _cased(span.of(text), wording.plainer, titled)
            yield Change(span=span, plainer=american(plainer) if abroad else plainer, lost=wording.lost)
    for finding in findings:
        span = finding.span
        if finding.voice != "headline" or finding.indicator not in MODIFIED:
            continue
        if not headline.contains(span) or any(span.overlaps(other) for other in taken):
            continue
        left = without(text[headline.start : span.start], span.of(text), text[span.end : headline.end])
        if left is not None:
            yield Change(span=span, plainer="", lost=left.lost)


def _qualifiers(reading: Reading, headline: Span) -> Iterator[Change]:
    """Figures of the headline that stand in the text with a qualifier, and never without."""
    text = reading.article.text
    bare = [amount for amount in amounts(headline.of(text)) if _takes_qualifier(headline.of(text), amount)]
    if not bare:
        return
    for amount in bare:
        same = [(each.sentence.span, each.amount) for each in stated(reading) if _same(amount, each.amount)]
        if not same or not all(other.qualifier.lower() in BOUNDS for _, other in same):
            continue
        source, other = same[0]
        start = headline.start + amount.numeral.span.start
        if reading.voice_of(Span(start, start + 1)).voice != "headline":
            continue
        qualifier = other.qualifier.lower()
        if is_titled(headline.of(text)):
            qualifier = " ".join(word.capitalize() for word in qualifier.split())
        yield Change(span=Span(start, start), plainer=qualifier, source=source, figure=amount.figure)


def _takes_qualifier(headline: str, amount: Amount) -> bool:
    before = WORD.findall(headline[: amount.numeral.span.start].lower())
    return (
        not amount.qualifier
        and amount.numeral.kind == "plain"
        and headline[amount.numeral.span.end : amount.numeral.span.end + 1] != "-"
        and not (before and before[-1] in _CLOSED)
    )


def _same(one: Amount, other: Amount) -> bool:
    """The same figure of the same thing; a headline often leaves the thing to be guessed: "kills 12"."""
    first, second = one.numeral, other.numeral
    kind = (first.value, first.upper, first.percent, bool(first.money))
    if kind != (second.value, second.upper, second.percent, bool(second.money)):
        return False
    return first.percent or bool(first.money) or not one.head or one.head == other.head


def is_titled(headline: str) -> bool:
    """Whether it is set in Title Case: nearly all of its longer words begin with a capital."""
    long = [word for word in WORD.findall(headline) if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _cased(loaded: str, plainer: str, titled: bool) -> str:
    if not titled or not loaded[:1].isupper() or plainer.isupper():
        return plainer
    return " ".join(
        word if index and word in _SMALL else word[:1].upper() + word[1:]
        for index, word in enumerate(plainer.split())
    )
