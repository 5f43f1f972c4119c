"""Features and the tiny scorers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from fake_encoder import BagOfWordsEncoder, telling_head
from hypothesis import given
from hypothesis import strategies as st
from truthlens.domain import Span
from truthlens.encode import DIM, LAYERS
from truthlens.heads import score, sentence_features, word_features, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The so-called “reform” isn’t 3.5%.", ["The", "so-called", "reform", "isn’t", "3", "5"]),
        ("—…!", []),
        ("naïve café", ["naïve", "café"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in words(text)] == expected


@given(st.text(max_size=50))
def test_words_are_ordered_and_inside(text: str) -> None:
    found = words(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_word_is_the_mean_of_its_tokens() -> None:
    states = np.arange(2 * 3 * 2, dtype=np.float32).reshape(2, 3, 2)
    spans = np.array([[0, 3], [3, 6], [7, 9]])
    features = word_features(states, spans, [Span(0, 6), Span(7, 9), Span(10, 12)])
    assert features[0].tolist() == [1.0, 2.0, 7.0, 8.0]
    assert features[1].tolist() == [4.0, 5.0, 10.0, 11.0]
    assert not features[2].any()


def test_a_sentence_is_mean_and_maximum() -> None:
    states = np.array([[[1.0, 4.0], [3.0, 2.0]]], np.float32)
    assert sentence_features(states).tolist() == [2.0, 3.0, 3.0, 4.0]
    assert not sentence_features(np.zeros((1, 0, 2), np.float32)).any()


def test_scores_have_the_shape_of_the_article(encoder: BagOfWordsEncoder) -> None:
    texts = ["A stunning mob.", "", "It rained."]
    phrase = telling_head(("loaded_language", "name_calling"), len(LAYERS) * DIM)
    sentence = telling_head(("loaded",), 2 * len(LAYERS) * DIM)
    found = score(encoder.encode(texts), texts, phrase=phrase, sentence=sentence)
    assert [scores.shape for scores in found.word_scores] == [(3, 2), (0, 2), (2, 2)]
    assert found.word_scores[0][1, 0] > 0.9 > 0.1 > found.word_scores[0][1, 1]
    assert found.word_scores[0][2, 1] > 0.9
    assert found.sentences.shape == (3,)
