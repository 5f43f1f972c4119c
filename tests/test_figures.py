"""Numbers are compared by value, not by spelling."""

from __future__ import annotations

import pytest
from truthlens.ledgers.figures import figures, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14,000 troops, 100 missiles", [14000, 100]),
        ("9 million rounds, $4.2m, 3.25%", [9_000_000, 4_200_000, 3.25]),
        ("9m and 9 million", [9_000_000, 9_000_000]),
        ("in 2024, at 10.30", [2024, 10.3]),
        ("Covid19 and v2.0", []),
        ("none", []),
    ],
)
def test_figures(text: str, expected: list[float]) -> None:
    assert [figure.value for figure in figures(text)] == pytest.approx(expected)


def test_a_figure_knows_its_place() -> None:
    text = "some 9 million rounds"
    assert figures(text)[0].span.of(text) == "9 million"


def test_values_hold_plain_number_words_too() -> None:
    assert values("Eleven states and 3 more, a dozen at most") == {11.0, 3.0, 12.0}


def test_values_read_numbers_in_words_whole() -> None:
    text = "twenty-five boats, three hundred and ten thousand bags, half a million"
    assert values(text) == {25.0, 310_000.0, 500_000.0}
