"""ROUGE on texts short enough to count by hand."""

from __future__ import annotations

import pytest
from truthlens.evaluation.rouge import rouge_l, rouge_n, tokens


def test_words_are_lower_case_and_keep_their_apostrophes() -> None:
    assert tokens("The mayor’s 3,000 well-known plans.") == [
        "the",
        "mayor's",
        "3",
        "000",
        "well-known",
        "plans",
    ]


def test_equal_texts_score_one_and_strange_ones_nothing() -> None:
    text = tokens("The council met on Tuesday")
    assert [rouge_n(text, text, 1), rouge_n(text, text, 2), rouge_l(text, text)] == [1.0, 1.0, 1.0]
    other = tokens("Rain fell")
    assert [rouge_n(text, other, 1), rouge_n(text, other, 2), rouge_l(text, other)] == [0.0, 0.0, 0.0]


def test_a_word_counts_as_often_as_both_have_it() -> None:
    assert rouge_n(tokens("the the the cat"), tokens("the cat sat"), 1) == pytest.approx(2 * 2 / (4 + 3))


def test_pairs_of_words() -> None:
    # "a b" is shared; "b c" and "b d" are not.
    assert rouge_n(tokens("a b c"), tokens("a b d"), 2) == pytest.approx(2 * 1 / (2 + 2))


def test_the_longest_common_subsequence_may_have_gaps() -> None:
    assert rouge_l(tokens("a x b y c"), tokens("a b c")) == pytest.approx(2 * 3 / (5 + 3))
    assert rouge_l(tokens("c b a"), tokens("a b c")) == pytest.approx(2 * 1 / (3 + 3))


def test_empty_texts() -> None:
    assert rouge_n([], tokens("a"), 1) == rouge_n(["a"], ["b"], 2) == rouge_l([], []) == 0.0
