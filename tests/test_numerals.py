"""Numbers that count something, and what only looks like one."""

from __future__ import annotations

import pytest
from truthlens.ledgers.numerals import numerals


def read(text: str) -> list[tuple[str, float, float]]:
    return [(n.span.of(text), n.value, n.upper) for n in numerals(text)]


@pytest.mark.parametrize(
    ("text", "words", "value", "upper"),
    [
        ("about 9 million rounds", "9 million", 9e6, 9e6),
        ("$139 Million in fees", "$139 Million", 139e6, 139e6),
        ("a 5–4 vote", "5–4", 5, 4),
        ("6-11 percent of it", "6-11 percent", 6, 11),
        ("between 6 and 11 percent", "6 and 11 percent", 6, 11),
        ("10 to 15 boats", "10 to 15", 10, 15),
        ("one in five voters", "one in five", 1, 5),
        ("Six of the seven members", "Six of the seven", 6, 7),
        ("twenty-five boats", "twenty-five", 25, 25),
        ("three hundred and ten thousand", "three hundred and ten thousand", 310_000, 310_000),
        ("half a million people", "half a million", 5e5, 5e5),
        ("half the town", "half", 0.5, 1),
        ("at least 2000 people", "2000", 2000, 2000),
        ("tens of thousands of letters", "tens of thousands", 1e4, 1e4),
    ],
)
def test_a_number_with_what_belongs_to_it(text: str, words: str, value: float, upper: float) -> None:
    assert read(text) == [(words, pytest.approx(value), pytest.approx(upper))]


@pytest.mark.parametrize(
    "text",
    [
        "on 9 Oct 2025 at 12:04 GMT",
        "June 11, 2025, 9:48 p.m.",
        "in 2024 and the 1990s",
        "at two in the morning, at ten o’clock",
        "Jo Roe, 58, said",
        "a 12-year-old boy aged 12",
        "the 21st, the third quarter",
        "we’d have lost her in ’94, like the under-tens",
        "an F-16, Covid-19, Resolution 1718, the G7",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text) == []


def test_two_ends_of_a_change_are_two_numbers() -> None:
    assert [value for _, value, _ in read("from 8 to 12 boats")] == [8, 12]


def test_two_in_three_attacks_may_be_two_people() -> None:
    assert [words for words, _, _ in read("hurt two in three attacks")] == ["two", "three"]
