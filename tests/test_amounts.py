"""A figure keeps its qualifier, what it counts and when, in the sentence's own words."""

from __future__ import annotations

import pytest
from truthlens.ledgers.amounts import amounts


def read(text: str) -> list[tuple[str, str, str]]:
    return [(amount.words, amount.unit, amount.period) for amount in amounts(text)]


def test_figures_of_one_sentence_keep_apart() -> None:
    text = (
        "They sent as many as 4 million bags of rice and barley in 2021; more than 2,000 boats last year, "
        "and another 300 boats in the first weeks of this year; and at least 12 spare engines."
    )
    assert read(text) == [
        ("as many as 4 million", "bags of rice and barley", "in 2021"),
        ("more than 2,000", "boats", "last year"),
        ("another 300", "boats", "in the first weeks of this year"),
        ("at least 12", "spare engines", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2021 came up to 40 boats and 6 barges.",
            [("up to 40", "boats", "In 2021"), ("6", "barges", "In 2021")],
        ),
        ("Prices rose 2.6 percent, the office said on Tuesday.", [("2.6 percent", "", "")]),
        ("It pays 140 crowns a month more than in 2023.", [("140", "crowns a month", "")]),
        ("By 5 votes to 4, members on Monday agreed.", [("5", "votes", ""), ("4", "", "")]),
        ("its six-hour meeting", [("six-hour", "meeting", "")]),
        ("over three years of war", [("three", "years of war", "")]),
        ("20 or more ferries", [("20 or more", "ferries", "")]),
        ("11 United Cities members", [("11", "United Cities members", "")]),
        ("between 6 and 11 percent", [("between 6 and 11 percent", "", "")]),
        ("The two towns agreed, and the three had one plan.", []),
        ("None of them knew that in the past five years.", []),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected


def test_the_head_is_the_noun_that_is_counted() -> None:
    heads = [amount.head for amount in amounts("9 million rounds of shot, 4 crowns a month, 3 cities")]
    assert heads == ["round", "crown", "city"]
