"""Positions survive the way to JavaScript and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from truthlens.offsets import Offsets

ODD = st.text(st.sampled_from("a é\u0301\u200d😀👩🏽‍🚀𝕏\n“"), max_size=40)


@given(ODD)
def test_utf16_agrees_with_the_encoding_itself(text: str) -> None:
    offsets = Offsets(text)
    for position in range(len(text) + 1):
        assert offsets.utf16(position) == len(text[:position].encode("utf-16-le")) // 2


@given(ODD)
def test_round_trip(text: str) -> None:
    offsets = Offsets(text)
    for position in range(len(text) + 1):
        assert offsets.code_points(offsets.utf16(position)) == position


def test_inside_a_surrogate_pair_counts_as_its_start() -> None:
    assert Offsets("a😀b").code_points(2) == 1


@pytest.mark.parametrize("position", [-1, 4])
def test_outside_the_text_is_an_error(position: int) -> None:
    with pytest.raises(ValueError, match=r"expected 0\.\."):
        Offsets("abc").utf16(position)
    with pytest.raises(ValueError, match=r"expected 0\.\."):
        Offsets("abc").code_points(position)
