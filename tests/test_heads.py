"""Features and the tiny scorers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from fake_encoder import (
    OUTPUTS,
    SENTENCE_DIM,
    WORD_DIM,
    BagOfWordsEncoder,
    fake_heads,
    fake_thresholds,
    silent_head,
    telling_head,
)
from hypothesis import given
from hypothesis import strategies as st
from truthlens.domain import Span
from truthlens.heads import (
    SENTENCE_HEADS,
    SHAPES,
    WORD_HEADS,
    Blend,
    Head,
    joint,
    loud,
    loudest,
    name_features,
    score,
    sentence_features,
    word_features,
    words,
)


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


@st.composite
def divided(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[Span]]:
    """States and places of a sentence's tokens, and words that need not begin or end where tokens do."""
    cuts = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=20)))
    # Now and then two tokens come from one character: "…" is three full stops to the tokenizer.
    pairs = [pair for pair in pairwise(cuts) for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2))))]
    token_spans = np.asarray(pairs, np.int64).reshape(-1, 2)
    edges = sorted(draw(st.sets(st.integers(0, 42), max_size=12)))
    spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(0, 3, (2, len(token_spans), 3)).astype(np.float32), token_spans, spans


@given(divided())
def test_word_features_are_plain_means_over_touched_tokens(
    given: tuple[np.ndarray, np.ndarray, list[Span]],
) -> None:
    states, token_spans, spans = given
    features = word_features(states, token_spans, spans)
    assert features.shape == (len(spans), 6)
    assert features.dtype == np.float32
    for row, span in zip(features, spans, strict=True):
        touched = [i for i, (start, end) in enumerate(token_spans) if start < span.end and end > span.start]
        plain = states[:, touched].mean(axis=1).reshape(-1) if touched else np.zeros(6)
        assert np.allclose(row, plain, atol=1e-5)


def test_name_features_tell_what_the_uncased_encoder_cannot_see() -> None:
    text = "Ann met the U.N. chief-of-staff, Bo’s “UNHCR” 3rd."
    found = words(text)
    own = np.arange(len(found), dtype=np.float32)[:, None]
    features = name_features(text, found, own)
    count = len(SHAPES)
    assert features.shape == (len(found), 1 + 3 * count + 3)
    assert features[:, 0].tolist() == own[:, 0].tolist()
    before, itself, after = (features[:, 1 + count * part : 1 + count * (part + 1)] for part in range(3))
    shapes = {span.of(text): tuple(row.astype(int)) for span, row in zip(found, itself, strict=True)}
    assert shapes == {
        "Ann": (1, 0, 0, 0, 0),
        "met": (0, 0, 0, 0, 0),
        "the": (0, 0, 0, 0, 0),
        "U": (1, 0, 0, 0, 0),
        "N": (1, 0, 0, 0, 0),
        "chief-of-staff": (0, 0, 0, 1, 0),
        "Bo’s": (1, 0, 0, 0, 1),
        "UNHCR": (1, 1, 0, 0, 0),
        "3rd": (0, 0, 1, 0, 0),
    }
    assert np.array_equal(before[1:], itself[:-1])
    assert np.array_equal(after[:-1], itself[1:])
    assert not before[0].any()
    assert not after[-1].any()
    opens, parted_before, parted_after = features[:, -3:].T
    assert opens.tolist() == [1] + [0] * 8
    assert [span.of(text) for span, parted in zip(found, parted_before, strict=True) if parted] == [
        "N", "chief-of-staff", "Bo’s", "UNHCR", "3rd",
    ]  # fmt: skip
    assert [span.of(text) for span, parted in zip(found, parted_after, strict=True) if parted] == [
        "U", "N", "chief-of-staff", "Bo’s", "UNHCR",
    ]  # fmt: skip


def test_name_features_of_nothing() -> None:
    assert name_features("—", (), np.zeros((0, 4), np.float32)).shape == (0, 4 + 3 * len(SHAPES) + 3)


def test_a_sentence_is_mean_and_maximum() -> None:
    states = np.array([[[1.0, 4.0], [3.0, 2.0]]], np.float32)
    assert sentence_features(states).tolist() == [2.0, 3.0, 3.0, 4.0]
    assert not sentence_features(np.zeros((1, 0, 2), np.float32)).any()


def random_head(*, exclusive: bool, large: float = 1.0) -> Head:
    rng = np.random.default_rng(1)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, large, shape).astype(np.float32)

    return Head(
        outputs=("one", "two", "three"),
        w1=drawn(5, 4), b1=drawn(4), w2=drawn(4, 3), b2=drawn(3), slope=drawn(3), shift=drawn(3),
        exclusive=exclusive,
    )  # fmt: skip


@pytest.mark.parametrize("large", [1.0, 1e4])
def test_exclusive_outputs_share_one_probability(large: float) -> None:
    features = np.random.default_rng(2).normal(0, 1, (7, 5)).astype(np.float32)
    shared = random_head(exclusive=True, large=large).probabilities(features)
    assert np.allclose(shared.sum(axis=1), 1.0, atol=1e-6)
    assert ((shared >= 0) & (shared <= 1)).all()
    single = random_head(exclusive=False, large=large).probabilities(features)
    assert not np.allclose(single.sum(axis=1), 1.0, atol=1e-2)
    assert ((single >= 0) & (single <= 1)).all()


@pytest.mark.parametrize("exclusive", [False, True])
def test_no_rows_no_probabilities(exclusive: bool) -> None:
    head = random_head(exclusive=exclusive)
    assert head.probabilities(np.zeros((0, 5), np.float32)).shape == (0, 3)


def test_the_fakes_are_all_the_heads_there_are() -> None:
    assert set(fake_heads()) == set(fake_thresholds()) == {*WORD_HEADS, *SENTENCE_HEADS}


def test_scores_have_the_shape_of_the_article(encoder: BagOfWordsEncoder) -> None:
    texts = ["A stunning mob.", "", "It rained."]
    heads = fake_heads()
    found = score(encoder.encode(texts), texts, heads)
    assert encoder.calls == [texts]
    assert found.words == tuple(words(text) for text in texts)
    assert found.outputs == {name: head.outputs for name, head in heads.items()}
    assert set(found.by_word) == set(WORD_HEADS)
    assert set(found.by_sentence) == set(SENTENCE_HEADS)
    for name, by_sentence in found.by_word.items():
        count = len(heads[name].outputs)
        assert [scores.shape for scores in by_sentence] == [(3, count), (0, count), (2, count)]
    for name, scores in found.by_sentence.items():
        assert scores.shape == (3, len(heads[name].outputs))


def test_scores_are_asked_by_name(encoder: BagOfWordsEncoder) -> None:
    texts = ["A stunning mob.", "", "Stunning."]
    found = score(encoder.encode(texts), texts, fake_heads())
    loaded, called = (found.of_words("phrase", key) for key in ("loaded_language", "name_calling"))
    assert [scores.round().tolist() for scores in loaded] == [[0, 1, 0], [], [1]]
    assert [scores.round().tolist() for scores in called] == [[0, 0, 1], [], [0]]
    assert found.of_sentences("loaded").round().tolist() == [0, 0, 1]
    assert np.array_equal(found.of_sentences("loaded"), found.of_sentences("loaded", "loaded"))
    assert (found.of_sentences("mode", "fact") > 0.9).all()
    assert (found.of_sentences("mode", "opinion") < 0.1).all()
    with pytest.raises(KeyError):
        found.of_sentences("phrase", "name_calling")
    with pytest.raises(ValueError, match="tuple"):
        found.of_words("phrase", "no_such")


def test_a_head_sees_each_sentence_as_it_would_alone(encoder: BagOfWordsEncoder) -> None:
    texts = ["Ann met Bo.", "A stunning mob.", "It rained in Mali."]
    heads = fake_heads()
    width = heads["entity"].w1.shape[0]
    rng = np.random.default_rng(3)
    heads["entity"] = Head(
        outputs=("name",),
        w1=rng.normal(0, 0.1, (width, 2)).astype(np.float32),
        b1=np.zeros(2, np.float32),
        w2=np.ones((2, 1), np.float32),
        b2=np.zeros(1, np.float32),
        slope=np.ones(1, np.float32),
        shift=np.zeros(1, np.float32),
    )
    together = score(encoder.encode(texts), texts, heads).by_word["entity"]
    for text, scores in zip(texts, together, strict=True):
        (alone,) = score(encoder.encode([text]), [text], heads).by_word["entity"]
        assert np.allclose(alone, scores, atol=1e-6)


def test_only_the_heads_that_are_given_answer(encoder: BagOfWordsEncoder) -> None:
    given = {
        "phrase": telling_head(OUTPUTS, WORD_DIM),
        "value": silent_head(("care",), SENTENCE_DIM),
    }
    found = score(encoder.encode(["It rained."]), ["It rained."], given)
    assert (set(found.by_word), set(found.by_sentence)) == ({"phrase"}, {"value"})


def test_an_article_of_nothing(encoder: BagOfWordsEncoder) -> None:
    found = score(encoder.encode([]), [], fake_heads())
    assert found.words == ()
    assert found.of_words("phrase", "loaded_language") == ()
    assert found.of_words("entity", "person") == ()
    assert found.of_sentences("loaded").shape == (0,)
    assert found.of_sentences("emotion", "fear").shape == (0,)


def test_an_article_of_marks_alone(encoder: BagOfWordsEncoder) -> None:
    found = score(encoder.encode(["…", "—"]), ["…", "—"], fake_heads())
    assert [scores.shape for scores in found.of_words("entity", "person")] == [(0,), (0,)]
    assert found.of_sentences("loaded").shape == (2,)


def test_the_loudest_word_by_hand() -> None:
    outputs = ("vague_sourcing", "name_calling", "loaded_language", "any")
    scores = np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 0.5, 0.2, 0.9]], np.float32)
    assert loud(outputs, scores) == pytest.approx([0.0, 1 - 0.5 * 0.8])
    tops = loudest(outputs, [scores, np.zeros((0, 4), np.float32), scores[:1]])
    assert tops == pytest.approx([0.6, 0.0, 0.0])
    assert loudest(outputs, []).shape == (0,)


def test_a_blend_rises_with_both_and_lies_between_0_and_1() -> None:
    blend = Blend(slope=0.8, shift=-0.5)
    chances = np.array([0.0, 0.2, 0.5, 0.9, 1.0], np.float32)
    for fixed in chances:
        same = np.full(5, fixed)
        for answers in (blend.probabilities(chances, same), blend.probabilities(same, chances)):
            assert ((answers > 0) & (answers < 1)).all()
            assert (np.diff(answers) > 0).all()


def test_a_blend_by_hand() -> None:
    def odds(chance: float) -> float:
        return float(np.log(chance / (1 - chance)))

    sentences, words_ = np.array([0.3], np.float32), np.array([0.8], np.float32)
    together = odds(0.8) + 0.4 * odds(0.3)
    assert joint(sentences, words_) == pytest.approx([together], abs=1e-5)
    expected = 1 / (1 + np.exp(-(2.0 * together + 0.1)))
    assert Blend(2.0, 0.1).probabilities(sentences, words_) == pytest.approx([expected], abs=1e-5)


def test_a_blend_changes_the_loaded_head_alone(encoder: BagOfWordsEncoder) -> None:
    texts = ["A stunning mob came to the old town.", "It rained.", ""]
    encoded = encoder.encode(texts)
    plain, blended = (score(encoded, texts, fake_heads(), blend) for blend in (None, Blend(1.0, 0.0)))
    assert plain.of_sentences("loaded").max() < 0.1
    assert blended.of_sentences("loaded")[0] > 0.5 > blended.of_sentences("loaded")[1:].max()
    assert blended.by_sentence["loaded"].shape == (3, 1)
    for name in set(SENTENCE_HEADS) - {"loaded"}:
        assert np.array_equal(plain.by_sentence[name], blended.by_sentence[name])
    assert score(encoder.encode([]), [], fake_heads(), Blend(1.0, 0.0)).of_sentences("loaded").shape == (0,)


def test_a_word_counts_more_in_a_loaded_sentence() -> None:
    outputs = ("doubt", "loaded_language")
    scores = np.array([[0.3, 0.3], [0.6, 0.6]], np.float32)
    blend = Blend(1.0, 0.0, {"loaded_language": (1.0, 0.0)})
    plain, loaded = (blend.of_words(outputs, scores, sentence) for sentence in (0.1, 0.9))
    assert np.array_equal(plain[:, 0], scores[:, 0])
    assert (plain[:, 1] < scores[:, 1]).all()
    assert (loaded[:, 1] > scores[:, 1]).all()
    assert scores[0, 1] == np.float32(0.3), "what it was given stays as it was"


def test_a_word_beside_its_sentence_by_hand() -> None:
    odds = np.log(0.3 / 0.7) + 0.15 * np.log(0.9 / 0.1)
    expected = 1 / (1 + np.exp(-(2.0 * odds - 0.5)))
    blend = Blend(1.0, 0.0, {"any": (2.0, -0.5)})
    assert blend.of_words(("any",), np.array([[0.3]], np.float32), 0.9) == pytest.approx(expected, abs=1e-5)
