"""Which findings survive where spans collide."""

from __future__ import annotations

from truthlens.domain import Finding, Span
from truthlens.overlap import resolve


def finding(indicator: str, start: int, end: int, score: float = 0.5) -> Finding:
    return Finding(indicator=indicator, span=Span(start, end), score=score, sentence=0, message="")


def test_the_more_specific_claim_stays() -> None:
    loaded, name = finding("loaded_language", 0, 10, 0.9), finding("name_calling", 5, 8, 0.4)
    assert resolve([loaded, name]) == (name,)


def test_among_equals_the_surer_then_the_earlier_stays() -> None:
    weak, sure = finding("doubt", 0, 6, 0.5), finding("doubt", 3, 9, 0.8)
    assert resolve([weak, sure]) == (sure,)
    first, second = finding("doubt", 0, 6), finding("doubt", 3, 9)
    assert resolve([second, first]) == (first,)


def test_an_unknown_indicator_goes_before_the_most_general_one() -> None:
    new, loaded = finding("new_one", 0, 5, 0.1), finding("loaded_language", 2, 6, 0.9)
    assert resolve([loaded, new]) == (new,)


def test_neighbours_stay_and_come_in_the_order_of_the_text() -> None:
    later, earlier = finding("loaded_language", 5, 9), finding("loaded_language", 0, 5)
    assert resolve([later, earlier]) == (earlier, later)
