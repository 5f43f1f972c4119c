"""Fitting a head, making its scores probabilities, and measuring it, on numbers checked by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from fake_encoder import NAME_DIM, SENTENCE_DIM, WORD_DIM, BagOfWordsEncoder
from training_data import few_seeds, write_news
from truthlens.heads import Head, name_features, sentence_features, word_features, words
from truthlens.training import features as features_module
from truthlens.training import fit as fit_module
from truthlens.training.calibrate import calibrated, platt
from truthlens.training.features import Features
from truthlens.training.fit import fit, loss_of
from truthlens.training.measure import (
    LEAST,
    at,
    average_precision,
    calibration_error,
    summary,
    threshold,
    thresholds,
)
from truthlens.training.task import Example, Net, Parts, Task, tasks


def nothing(_folder: Path) -> Parts:
    return Parts(train=(), calibrate=(), test=(), test_name="")


def task(*outputs: str, level: str = "word", exclusive: bool = False, precision: float = 0.75) -> Task:
    return Task(
        key="made_up",
        level=level,  # type: ignore[arg-type]
        outputs=outputs,
        read=nothing,
        data=(),
        exclusive=exclusive,
        hidden=16,
        precision=precision,
    )


def silent(_what: str, _share: float) -> None:
    """For runs that nobody watches."""


def floats(*values: float) -> np.ndarray:
    return np.asarray(values, np.float32)


# --- measures


def test_average_precision_by_hand() -> None:
    scores, labels = floats(0.9, 0.8, 0.7), floats(1, 0, 1)
    assert average_precision(scores, labels) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores, np.zeros(3, np.float32)) == 0.0


def test_calibration_error_by_hand() -> None:
    scores, labels = floats(0.05, 0.05, 0.95, 0.95), floats(0, 0, 1, 0)
    assert calibration_error(scores, labels) == pytest.approx((0.05 * 2 + 0.45 * 2) / 4, abs=1e-6)
    assert calibration_error(floats(0, 1), floats(0, 1)) == 0.0


def test_threshold_is_the_lowest_that_keeps_the_precision() -> None:
    scores, labels = floats(0.9, 0.8, 0.7, 0.6, 0.5), floats(1, 1, 0, 1, 0)
    reached = threshold(scores, labels, 0.75, least=1)
    assert reached == {"score": 0.6, "precision": 0.75, "recall": 1.0, "n": 4}
    assert threshold(scores, labels, 1.0, least=3)["n"] == 4  # never reached with three: the best there is
    assert threshold(scores, labels, 1.0, least=1)["n"] == 2


def test_a_threshold_of_fewer_rows_than_it_must_show_shows_them_all() -> None:
    assert threshold(floats(0.9, 0.2), floats(1, 0), 0.9, least=20)["n"] == 2


def test_a_threshold_without_positives_still_is_one() -> None:
    reached = threshold(floats(0.9, 0.2, 0.1), floats(0, 0, 0), 0.6, least=2)
    assert (reached["precision"], reached["recall"]) == (0.0, 0.0)
    assert reached["n"] >= 2


def test_at_shows_everything_from_a_score_on() -> None:
    scores, labels = floats(0.9, 0.5, 0.5, 0.1), floats(1, 1, 0, 1)
    assert at(scores, labels, 0.5) == {"score": 0.5, "precision": 0.667, "recall": 0.667, "n": 3}
    assert at(scores, labels, 0.95) == {"score": 0.95, "precision": 0.0, "recall": 0.0, "n": 0}


@pytest.mark.parametrize("score", np.linspace(0, 1, 37, dtype=np.float32))
def test_a_rounded_score_still_shows_its_own_row(score: np.float32) -> None:
    reached = at(floats(score), floats(1), float(score))
    assert reached["n"] == 1
    assert 0 <= float(score) - reached["score"] < 1.01e-4
    assert reached["score"] == round(reached["score"], 4)


def test_each_output_has_its_own_threshold() -> None:
    scores = np.stack([np.linspace(1, 0, 40), np.linspace(0, 1, 40)], axis=1).astype(np.float32)
    labels = np.zeros((40, 2), np.float32)
    labels[:30, 0] = 1
    chosen = thresholds(task("one", "two"), scores, labels)
    assert chosen["one"]["n"] == 40  # 30 of 40 are right: the precision that is asked for
    assert chosen["two"]["n"] >= LEAST["word"]
    assert chosen["two"]["recall"] == 0.0


def test_a_summary_measures_each_output_at_its_threshold() -> None:
    scores = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.7]], np.float32)
    labels = np.array([[1, 0], [0, 0], [0, 1]], np.float32)
    found = summary(("one", "two"), scores, labels, {"one": {"score": 0.85}, "two": {"score": 0.15}})
    assert found["one"]["average_precision"] == found["two"]["average_precision"] == 1.0
    assert found["one"]["shown"] == {"score": 0.85, "precision": 1.0, "recall": 1.0, "n": 1}
    assert found["two"]["shown"] == {"score": 0.15, "precision": 0.5, "recall": 1.0, "n": 2}
    assert [found[name]["positives"] for name in ("one", "two")] == [1, 1]
    assert found["two"]["calibration_error"] == pytest.approx((0.1 + 0.2 + 0.3) / 3, abs=1e-4)


# --- calibration


def straight(count: int, *, exclusive: bool = False) -> Head:
    """Hands its features through as logits: far above zero the hidden layer's bend is none."""
    eye = np.eye(count, dtype=np.float32)
    return Head(
        outputs=tuple(str(number) for number in range(count)),
        w1=eye,
        b1=np.full(count, 50.0, np.float32),
        w2=eye,
        b2=np.full(count, -50.0, np.float32),
        slope=np.ones(count, np.float32),
        shift=np.zeros(count, np.float32),
        exclusive=exclusive,
    )


def test_platt_tames_a_head_that_is_far_too_sure() -> None:
    # A full step of Newton's method overshoots here, and swings for ever when it is only clipped.
    logits = np.repeat([15.0, -15.0], 500)
    labels = np.concatenate([np.arange(500) % 20 != 0, np.arange(500) % 20 == 0]).astype(np.float32)
    slope, shift = platt(logits, labels)
    assert 1 / (1 + np.exp(-(slope * 15 + shift))) == pytest.approx(0.95, abs=0.01)
    assert 1 / (1 + np.exp(-(slope * -15 + shift))) == pytest.approx(0.05, abs=0.01)


def test_platt_finds_the_slope_and_shift_of_each_output() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (20000, 2)).astype(np.float32)
    chances = 1 / (1 + np.exp(-(logits * [0.5, 2.0] + [1.0, -1.5])))
    labels = (rng.random(logits.shape) < chances).astype(np.float32)
    head = calibrated(straight(2), logits, labels)
    assert head.slope == pytest.approx([0.5, 2.0], rel=0.05)
    assert head.shift == pytest.approx([1.0, -1.5], abs=0.12)
    assert np.abs(head.probabilities(logits) - chances).mean() < 0.01
    for column in range(2):
        assert calibration_error(head.probabilities(logits)[:, column], labels[:, column]) < 0.01


def test_calibration_moves_no_row_past_another() -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(0, 2, (200, 1)).astype(np.float32)
    labels = (rng.random((200, 1)) < 0.3).astype(np.float32)  # chance alone
    before = np.argsort(straight(1).logits(logits)[:, 0], kind="stable")
    scores = calibrated(straight(1), logits, labels).probabilities(logits)[:, 0]
    assert (np.diff(scores[before]) >= 0).all()


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 0, 1]])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0])
def test_platt_stays_finite_on_a_handful_of_rows(labels: list[int], scale: float) -> None:
    slope, shift = platt(np.array([-2.0, -1.0, 1.0, 2.0]) * scale, floats(*labels))
    assert 0.05 <= slope < 1e5
    assert abs(shift) < 50


def test_without_positives_everything_is_unlikely() -> None:
    logits = np.linspace(-3, 3, 100, dtype=np.float32)[:, None]
    scores = calibrated(straight(1), logits, np.zeros((100, 1), np.float32)).probabilities(logits)
    assert scores.max() < 0.1


@pytest.mark.parametrize("slope", [0.4, 1.0, 3.0])
def test_temperature_is_found_for_outputs_that_exclude_one_another(slope: float) -> None:
    rng = np.random.default_rng(2)
    logits = rng.normal(0, 2, (8000, 3)).astype(np.float32)
    # The largest of logits plus Gumbel noise is a draw from their softmax.
    drawn = (logits * slope + rng.gumbel(size=logits.shape)).argmax(axis=1)
    head = calibrated(straight(3, exclusive=True), logits, np.eye(3, dtype=np.float32)[drawn])
    assert head.slope == pytest.approx([slope] * 3, rel=0.08)
    assert np.abs(head.shift).max() < 0.1  # no output was commoner than its scores said
    assert np.allclose(head.probabilities(logits).sum(axis=1), 1, atol=1e-5)


def test_temperature_does_not_run_off_when_all_is_right() -> None:
    logits = np.eye(3, dtype=np.float32)
    assert calibrated(straight(3, exclusive=True), logits, logits).slope == pytest.approx([5.0] * 3, rel=1e-3)


# --- features


def test_features_are_those_of_serving_and_each_text_is_encoded_once(encoder: BagOfWordsEncoder) -> None:
    told: list[tuple[str, float]] = []
    features = Features(encoder, lambda what, share: told.append((what, share)))
    one, two = "A stunning win.", "Ann met Bo in Mali."
    features.add([one, one], name="phrase", level="word")
    features.add([one, two], name="value", level="sentence")
    features.add([two, one], name="entity", level="word")
    features.add([one], name="mode", level="sentence")
    assert encoder.calls == [[one], [two], [two]]
    assert told == [("encoding for phrase", 1.0), ("encoding for value", 1.0), ("encoding for entity", 1.0)]

    encoded = encoder.encode([one, two])
    by_word = [
        word_features(states, spans, words(text))
        for text, states, spans in zip((one, two), encoded.states, encoded.token_spans, strict=True)
    ]
    assert np.allclose(features.words_of(two), by_word[1], atol=1e-2)
    examples = [Example(text, *np.ones((2, len(words(text)), 7), np.float32)) for text in (one, two)]
    rows, targets, mask = features.rows(tasks()["phrase"], examples)
    assert (rows.shape, rows.dtype) == ((8, WORD_DIM), np.float16)
    assert np.allclose(rows, np.concatenate(by_word), atol=1e-2)
    assert targets.shape == mask.shape == (8, 7)
    named, _, _ = features.rows(tasks()["entity"], examples)
    assert named.shape == (8, NAME_DIM)
    assert np.allclose(named[3:], name_features(two, words(two), by_word[1]), atol=1e-2)

    examples = [Example(text, *np.ones((2, 3), np.float32)) for text in (two, one)]
    rows, targets, mask = features.rows(tasks()["value"], examples)
    assert (rows.shape, targets.shape, mask.shape) == ((2, SENTENCE_DIM), (2, 3), (2, 3))
    assert np.allclose(rows[0], sentence_features(encoded.states[1]), atol=1e-2)


def test_words_that_were_forgotten_are_encoded_anew(encoder: BagOfWordsEncoder) -> None:
    features = Features(encoder, silent)
    for _ in range(2):
        features.add(["It rained."], name="phrase", level="word")
        features.forget_words()
    features.add(["It rained."], name="mode", level="sentence")
    assert len(encoder.calls) == 2


def test_many_texts_are_encoded_a_chunk_at_a_time(
    encoder: BagOfWordsEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features_module, "CHUNK", 2)
    shares: list[float] = []
    features = Features(encoder, lambda _, share: shares.append(share))
    features.add(["a", "b", "c"], name="mode", level="sentence")
    assert encoder.calls == [["a", "b"], ["c"]]
    assert shares == pytest.approx([2 / 3, 1.0])


# --- fitting


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few hundred larger steps instead of thousands of small ones."""
    monkeypatch.setattr(fit_module, "RATE", 2e-2)
    monkeypatch.setattr(fit_module, "BATCH", {"word": 64, "sentence": 64})
    monkeypatch.setattr(fit_module, "LEAST_STEPS", 120)


def drawn(rows: int = 400) -> np.ndarray:
    """Features on a scale of their own, as the encoder's are."""
    return (np.random.default_rng(4).normal(3, 10, (rows, 6))).astype(np.float16)


def same(one: Head, other: Head) -> bool:
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(Head))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("level", ["word", "sentence"])
def test_a_head_learns_outputs_beside_one_another(level: str) -> None:
    x = drawn()
    y = np.stack([x[:, 0] > 3, x[:, 1] + x[:, 2] > 6], axis=1).astype(np.float32)
    head = fit(task("one", "two", level=level), x, y, np.ones_like(y), seed=1, tick=silent)
    assert head.outputs == ("one", "two")
    assert (head.w1.shape, head.w2.shape) == ((6, 16), (16, 2))
    assert (head.slope.tolist(), head.shift.tolist()) == ([1, 1], [0, 0])
    assert ((head.probabilities(x.astype(np.float32)) > 0.5) == (y > 0)).mean() > 0.93


@pytest.mark.usefixtures("quick")
def test_a_head_learns_outputs_that_exclude_one_another() -> None:
    x = drawn()
    y = np.eye(3, dtype=np.float32)[x[:, :3].argmax(axis=1)]
    head = fit(task("one", "two", "three", exclusive=True), x, y, np.ones_like(y), seed=1, tick=silent)
    assert head.exclusive
    scores = head.probabilities(x.astype(np.float32))
    assert (scores.argmax(axis=1) == y.argmax(axis=1)).mean() > 0.9
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-5)


@pytest.mark.usefixtures("quick")
def test_what_is_not_known_teaches_nothing() -> None:
    x = drawn()
    right = (x[:, :2] > 3).astype(np.float32)
    y, mask = right.copy(), np.ones_like(right)
    y[::2, 1], mask[::2, 1] = 1 - right[::2, 1], 0  # every second label of one output is wrong, and masked
    head = fit(task("one", "two"), x, y, mask, seed=1, tick=silent)
    assert ((head.probabilities(x.astype(np.float32)) > 0.5) == (right > 0)).mean() > 0.93
    y[::2, 1] = right[::2, 1]
    assert same(head, fit(task("one", "two"), x, y, mask, seed=1, tick=silent))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("exclusive", [False, True])
def test_the_same_seed_gives_the_same_head_and_another_another(exclusive: bool) -> None:
    x = drawn(100)
    y = np.eye(2, dtype=np.float32)[(x[:, 0] > 3).astype(int)]
    made_up = task("one", "two", exclusive=exclusive)
    one, two, other = (fit(made_up, x, y, np.ones_like(y), seed=s, tick=silent) for s in (1, 1, 2))
    assert same(one, two)
    assert not np.array_equal(one.w1, other.w1)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("exclusive", [False, True])
def test_several_members_answer_with_the_mean_of_their_logits(exclusive: bool) -> None:
    x = drawn(100)
    y = np.eye(2, dtype=np.float32)[(x[:, 0] > 3).astype(int)]
    alone = task("one", "two", exclusive=exclusive)
    members = [fit(alone, x, y, np.ones_like(y), seed=seed, tick=silent) for seed in (5, 6)]
    told: list[str] = []
    together = replace(alone, nets=(Net(), Net()))
    head = fit(together, x, y, np.ones_like(y), seed=5, tick=lambda what, _: told.append(what))
    rows = x.astype(np.float32)
    mean = (members[0].logits(rows) + members[1].logits(rows)) / 2
    assert np.allclose(head.logits(rows), mean, atol=1e-4)
    assert head.w1.shape == (6, 2 * alone.hidden)
    assert head.exclusive == exclusive
    assert list(dict.fromkeys(told)) == ["fitting made_up, 1 of 2", "fitting made_up, 2 of 2"]


@pytest.mark.usefixtures("quick")
def test_a_net_that_sees_fewer_layers_ignores_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_module, "DIM", 2)  # so that the six features are three layers
    x = drawn(100)
    y = (x[:, :1] > 3).astype(np.float32)
    head = fit(replace(task("one"), nets=(Net(), Net(2))), x, y, np.ones_like(y), seed=5, tick=silent)
    assert head.w1.shape == (6, 32)
    assert np.all(head.w1[4:, 16:] == 0)
    assert np.all(head.w1[4:, :16] != 0)


@pytest.mark.usefixtures("quick")
def test_nets_answer_for_their_own_outputs_alone() -> None:
    x = drawn(100)
    y = np.stack([x[:, 0] > 3, x[:, 1] > 3], axis=1).astype(np.float32)
    mask = np.ones_like(y)
    both = replace(task("one", "two"), nets=(Net(), Net(outputs=("two",))))
    head = fit(both, x, y, mask, seed=5, tick=silent)
    shared = fit(task("one", "two"), x, y, mask, seed=5, tick=silent)
    own = fit(task("two"), x, y[:, 1:], mask[:, 1:], seed=6, tick=silent)
    rows = x.astype(np.float32)
    assert np.allclose(head.logits(rows)[:, 0], shared.logits(rows)[:, 0], atol=1e-4)
    mean = (shared.logits(rows)[:, 1] + own.logits(rows)[:, 0]) / 2
    assert np.allclose(head.logits(rows)[:, 1], mean, atol=1e-4)


@pytest.mark.usefixtures("quick")
def test_rows_of_which_nothing_is_known_teach_nothing() -> None:
    x = drawn(100)
    y = (x[:, :1] > 3).astype(np.float32)
    mask = np.ones_like(y)
    mask[60:] = 0
    one = fit(task("one"), x, y, mask, seed=5, tick=silent)
    other = fit(task("one"), x[:60], y[:60], mask[:60], seed=5, tick=silent)
    assert same(one, other)


@pytest.mark.usefixtures("quick")
def test_a_feature_that_never_varies_does_no_harm() -> None:
    x = drawn()
    x[:, 5] = 7.0
    y = (x[:, :1] > 3).astype(np.float32)
    head = fit(task("one"), x, y, np.ones_like(y), seed=1, tick=silent)
    assert ((head.probabilities(x.astype(np.float32)) > 0.5) == (y > 0)).mean() > 0.93


@pytest.mark.usefixtures("quick")
def test_fitting_tells_how_far_it_is() -> None:
    told: list[tuple[str, float]] = []
    x = drawn(64)
    fit(task("one"), x, x[:, :1].astype(np.float32) * 0, np.ones((64, 1), np.float32), seed=1,
        tick=lambda what, share: told.append((what, share)))  # fmt: skip
    assert {what for what, _ in told} == {"fitting made_up"}
    assert [share for _, share in told] == pytest.approx([(n + 1) / 60 for n in range(60)])


@pytest.mark.usefixtures("quick")
def test_a_head_learns_what_is_marked_in_sentences(
    encoder: BagOfWordsEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_seeds(monkeypatch, 1)
    write_news(tmp_path)
    monkeypatch.setattr(fit_module, "RATE", 3e-3)
    monkeypatch.setattr(fit_module, "EPOCHS", 20)
    phrase = replace(tasks()["phrase"], hidden=16, nets=(Net(),), input_dropout=0.1, least_steps=0)
    parts = phrase.read(tmp_path)
    features = Features(encoder, silent)
    texts = [example.text for example in (*parts.train, *parts.calibrate)]
    features.add([*texts, "A stunning plan, critics said."], name="phrase", level="word")
    head = fit(phrase, *features.rows(phrase, parts.train), seed=1, tick=silent)
    held, targets, _ = features.rows(phrase, parts.calibrate)
    head = calibrated(head, held.astype(np.float32), targets)
    scores = head.probabilities(features.words_of("A stunning plan, critics said."))
    loaded, vague = (scores[:, head.outputs.index(key)] for key in ("loaded_language", "vague_sourcing"))
    assert (int(loaded.argmax()), int(vague.argmax())) == (1, 3)
    assert loaded[1] > 5 * np.delete(loaded, 1).max()


def test_a_loss_counts_what_is_known_and_each_output_alike() -> None:
    logits = torch.zeros(4, 2)
    targets, mask = torch.ones(4, 2), torch.tensor([[1.0, 0.0]] * 3 + [[1.0, 1.0]])
    chance = float(np.log(2))
    assert float(loss_of(logits, targets, mask, exclusive=False)) == pytest.approx(2 * chance)
    assert float(loss_of(logits, targets, mask * 0, exclusive=False)) == 0.0
    assert float(loss_of(logits[:1], targets[:1], mask[:1], exclusive=False)) == pytest.approx(chance)


def test_a_loss_of_outputs_that_exclude_one_another() -> None:
    logits = torch.tensor([[0.0, 0.0, 0.0], [9.0, 0.0, 0.0]], requires_grad=True)
    targets = torch.tensor([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    mask = torch.tensor([[1.0] * 3, [0.0] * 3])
    assert loss_of(logits, targets, mask, exclusive=True).item() == pytest.approx(np.log(3))
    unknown = loss_of(logits, targets, mask * 0, exclusive=True)
    unknown.backward()
    assert unknown.item() == 0.0
    assert logits.grad is not None
    assert not logits.grad.any()
