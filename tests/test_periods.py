"""When something was, in the words of the text: relative stays relative."""

from __future__ import annotations

import pytest
from truthlens.ledgers.periods import periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "sent last year and in the early months of this year",
            ["last year", "in the early months of this year"],
        ),
        ("in 2019; since at least November", ["in 2019", "since at least November"]),
        ("over the past two years, in recent weeks", ["over the past two years", "in recent weeks"]),
        ("up in the year to March, on Tuesday", ["in the year to March", "on Tuesday"]),
        ("three weeks ago, since then, yesterday", ["three weeks ago", "since then", "yesterday"]),
        (
            "between 2011 and 2014, by the end of next year",
            ["between 2011 and 2014", "by the end of next year"],
        ),
        ("on 4 December, not May 30, 2025", ["on 4 December"]),
        ("the marches may end", []),
    ],
)
def test_periods(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in periods(text)] == expected
