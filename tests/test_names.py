"""Names out of the scores of words."""

from __future__ import annotations

import numpy as np
import pytest
from truthlens.heads import words
from truthlens.names import OUTPUTS, names, runs

P1, P, O1, O, L1, L, _ = ("person_first", "person", "organisation_first", "organisation", "place_first", "place", "none")  # fmt: skip  # noqa: E501, E741


def decoded(text: str, tags: list[str]) -> list[tuple[str, str]]:
    scores = np.full((len(tags), len(OUTPUTS)), 0.05, np.float32)
    for row, tag in enumerate(tags):
        scores[row, OUTPUTS.index(tag)] = 0.7
    return [(span.of(text), kind) for span, kind in names(text, words(text), scores)]


@pytest.mark.parametrize(
    ("text", "tags", "found"),
    [
        ("", [], []),
        ("Rain fell.", [_, _], []),
        ("Ann Lee left Mali.", [P1, P, _, L1], [("Ann Lee", "person"), ("Mali", "place")]),
        ("Ann Lee and Bo met", [P1, P1, _, P1, _], [("Ann", "person"), ("Lee", "person"), ("Bo", "person")]),
        (
            "Lee of Acme in Mali",
            [P1, _, O1, _, L1],
            [("Lee", "person"), ("Acme", "organisation"), ("Mali", "place")],
        ),
        ("The U.S. Navy", [_, O1, O, O], [("U.S. Navy", "organisation")]),
        ("Mali’s army and Britain's", [L1, _, _, L1], [("Mali", "place"), ("Britain", "place")]),
    ],
)
def test_names(text: str, tags: list[str], found: list[tuple[str, str]]) -> None:
    assert decoded(text, tags) == found


def test_a_series_is_judged_as_a_whole() -> None:
    """By themselves the words say: goes on with a person, person, place."""
    scores = np.full((3, len(OUTPUTS)), 0.01, np.float32)
    scores[0, [OUTPUTS.index(P), OUTPUTS.index(P1)]] = 0.5, 0.4
    scores[1, OUTPUTS.index(P)] = 0.9
    scores[2, [OUTPUTS.index(L), OUTPUTS.index(P)]] = 0.5, 0.4
    text = "Ann Lee Moor"
    assert [(span.of(text), kind) for span, kind in names(text, words(text), scores)] == [(text, "person")]


def test_columns_may_stand_in_another_order() -> None:
    order = tuple(reversed(OUTPUTS))
    scores = np.zeros((1, len(order)), np.float32)
    scores[0, order.index(L1)] = 1.0
    assert [kind for _span, kind in names("Mali", words("Mali"), scores, outputs=order)] == ["place"]


def test_runs_do_not_join_across_a_word_between() -> None:
    assert runs([P1, _, P]) == [(0, 1, "person"), (2, 3, "person")]
