"""The figures that the tasks share, on rows small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from truthlens.domain import Span
from truthlens.evaluation.bootstrap import measured
from truthlens.evaluation.macro_f1 import macro_f1
from truthlens.evaluation.ranking import auc, average_precision
from truthlens.evaluation.repetition import is_repeated, stems
from truthlens.evaluation.runs import runs
from truthlens.evaluation.span_overlap import counts, f1, merged

YES, NO = True, False


def test_macro_f1_counts_both_classes_alike() -> None:
    guesses, labels = np.asarray([YES, YES, NO, NO, NO]), np.asarray([YES, NO, NO, NO, NO])
    assert macro_f1(guesses, labels) == pytest.approx((2 / 3 + 6 / 7) / 2)
    assert macro_f1(guesses, labels, np.asarray([1.0, 0, 1, 1, 1])) == 1.0
    assert macro_f1(labels[1:], labels[1:]) == 1.0  # one class alone


def test_a_tie_counts_half_in_auc() -> None:
    labels = np.asarray([YES, NO, YES, NO])
    assert auc(np.asarray([0.9, 0.1, 0.8, 0.2], np.float32), labels) == 1.0
    assert auc(np.asarray([0.9, 0.9, 0.1, 0.1], np.float32), labels) == 0.5
    assert auc(np.asarray([0.3, 0.3, 0.9, 0.1], np.float32), labels) == pytest.approx(3.5 / 4)
    assert auc(np.ones(2, np.float32), np.asarray([YES, YES])) == 0.5


def test_weights_are_the_same_as_rows_repeated() -> None:
    draw = np.random.default_rng(1)
    scores = draw.random(60).astype(np.float32).round(1)
    labels = draw.random(60) < 0.3
    weights = draw.integers(0, 4, 60)
    for figure in (auc, average_precision):
        repeated = figure(np.repeat(scores, weights), np.repeat(labels, weights))
        assert figure(scores, labels, weights.astype(float)) == pytest.approx(repeated)


def test_average_precision_does_not_rest_on_the_order_of_ties() -> None:
    labels = np.asarray([NO, YES, NO, YES])
    assert average_precision(np.asarray([4, 3, 2, 1], np.float32), labels) == pytest.approx(
        (1 / 2 + 2 / 4) / 2
    )
    assert average_precision(np.asarray([1, 9, 1, 1], np.float32), labels) == pytest.approx((1 + 2 / 4) / 2)
    assert average_precision(np.zeros(4, np.float32), labels) == pytest.approx(0.5)
    assert average_precision(np.ones(4, np.float32), np.zeros(4, bool)) == 0.0


def test_the_interval_holds_the_score() -> None:
    values = np.arange(20.0)
    score, low, high = measured(lambda weights: float(weights @ values / weights.sum()), 20)
    assert score == pytest.approx(9.5)
    assert low < score < high


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ([], []),
        ([0.1, 0.9, 0.1], [(1, 2)]),
        ([0.3, 0.9, 0.6, 0.1, 0.3], [(0, 3)]),  # weaker neighbours join, on their own they do not
        ([0.9, 0.2, 0.9], [(0, 3)]),
        ([0.9, 0.1, 0.9], [(0, 1), (2, 3)]),
        ([0.9, 0.2, 0.2, 0.9], [(0, 4)]),
    ],
)
def test_runs(scores: list[float], found: list[tuple[int, int]]) -> None:
    assert runs(np.asarray(scores, np.float32), 0.6) == found


def test_overlap_counts_in_part() -> None:
    assert merged([Span(5, 9), Span(0, 3), Span(2, 4)]) == [Span(0, 4), Span(5, 9)]
    table = counts([[Span(0, 10)], [Span(0, 4)]], [[Span(5, 25)], []])
    assert table.tolist() == [[0.5, 1, 0.25, 1], [0, 1, 0, 0]]
    assert f1(table, np.ones(2)) == pytest.approx(2 * 0.25 * 0.25 / 0.5)
    assert f1(counts([[]], [[]]), np.ones(1)) == 0.0


def test_repetition_is_a_short_span_that_recurs() -> None:
    text = "Build walls. The wall was built; a wall’s cost. Once only here."
    whole = stems(text)
    assert is_repeated(Span(6, 11), text, whole)
    assert not is_repeated(Span(0, 5), text, whole)
    assert not is_repeated(Span(0, len(text)), text, whole)
    assert not is_repeated(Span(11, 12), text, whole)  # a full stop alone
