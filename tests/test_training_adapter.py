"""Training the adapter, on an encoder with the real one's shape and little inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from fake_encoder import tiny_bert, tiny_minilm
from truthlens.adapter import FIRST, Adapter, adapted_layers
from truthlens.encode import MiniLM
from truthlens.heads import sentence_features, word_features, words
from truthlens.model_file import DIM, LAYERS
from truthlens.training import adapter, lower
from truthlens.training.adapter import train_adapter
from truthlens.training.lora import RANK
from truthlens.training.lower import averaged, prepare, run
from truthlens.training.task import Example, Parts, Task

SENTENCES = [
    "The council met on day 3, critics said.",
    "Stunning!",
    "",
    "…",
    "The vote of day 12 was held in 3.5 hours — isn’t it so-called “shameful”?",
]
Deltas = Mapping[str, tuple[np.ndarray, np.ndarray]]


def silent(_what: str, _share: float) -> None:
    """For runs that nobody watches."""


@pytest.fixture
def encoder(tmp_path: Path) -> MiniLM:
    return tiny_minilm(tmp_path)


# --- the lower layers


def test_running_the_layers_is_the_models_own_forward() -> None:
    model = tiny_bert()
    ids = torch.arange(5, 19).reshape(2, 7)
    mask = torch.tensor([[1.0] * 7, [1.0] * 4 + [0.0] * 3])
    with torch.no_grad():
        expected = model.hidden_states(
            [row[:length] for row, length in zip(ids.tolist(), (7, 4), strict=True)]
        )
        embedded = model.embeddings(ids, torch.arange(7))
        states = run(model, embedded, mask, 0, 6)
        upper = run(model, states[FIRST - 1], mask, FIRST, 6)
    real = mask > 0
    assert torch.allclose(embedded[real], expected[0], atol=1e-6)
    assert len(states) == 6
    for state, wanted in zip(states, expected[1:], strict=True):
        assert torch.allclose(state[real], wanted, atol=1e-4)
    for state, wanted in zip(upper, expected[FIRST + 1 :], strict=True):
        assert torch.allclose(state[real], wanted, atol=1e-4)


def test_padding_changes_nothing() -> None:
    model = tiny_bert()
    ids = torch.arange(5, 9)[None]
    wide = torch.cat([ids, torch.full((1, 5), 30)], dim=1)
    mask = torch.tensor([[1.0] * 4 + [0.0] * 5])
    with torch.no_grad():
        alone = run(model, model.embeddings(ids, torch.arange(4)), mask[:, :4], 0, 6)
        padded = run(model, model.embeddings(wide, torch.arange(9)), mask, 0, 6)
    assert torch.allclose(alone[-1], padded[-1][:, :4], atol=1e-4)


def test_a_prepared_sentence_is_what_serving_reads(encoder: MiniLM) -> None:
    told: list[tuple[str, float]] = []
    prepared = prepare(encoder, SENTENCES, lambda what, share: told.append((what, share)))
    encoded = encoder.encode(SENTENCES)
    for row, text, states, vector in zip(prepared, SENTENCES, encoded.states, encoded.vectors, strict=True):
        assert row.words == len(words(text))
        assert len(row) == states.shape[1] + 2
        assert row.embedded.dtype == row.lower.dtype == torch.float16
        assert np.allclose(row.embedded[1:-1].numpy(), states[LAYERS.index(0)], atol=1e-2)
        assert np.allclose(row.lower[1:-1].numpy(), states[LAYERS.index(FIRST)], atol=1e-2)
        assert np.allclose(row.vector.numpy(), vector, atol=1e-4)
    assert told == [("reading with the lower layers", 1.0)]


def test_each_token_knows_its_word(encoder: MiniLM) -> None:
    (row,) = prepare(encoder, ["Critics said: no"], silent)
    # [CLS] critics said : n ##o [SEP]
    assert row.word_of.tolist() == [-1, 0, 1, -1, 2, 2, -1]


def test_order_is_kept_when_batches_are_by_length(encoder: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lower, "BATCH", 2)
    shares: list[float] = []
    prepared = prepare(encoder, SENTENCES, lambda _, share: shares.append(share))
    assert [row.words for row in prepared] == [len(words(text)) for text in SENTENCES]
    assert shares == pytest.approx([0.4, 0.8, 1.0])
    assert prepare(encoder, [], silent) == []


def test_a_very_long_sentence_is_cut(encoder: MiniLM) -> None:
    (row,) = prepare(encoder, ["the " * 300], silent)
    assert len(row) == lower.LONGEST
    assert row.words == 300
    assert row.word_of.max() == lower.LONGEST - 3


def test_features_in_training_are_those_of_the_heads(encoder: MiniLM) -> None:
    texts = [text for text in SENTENCES if words(text)]
    encoded = encoder.encode(texts)
    prepared = prepare(encoder, texts, silent)
    width = max(len(row) for row in prepared)
    states = torch.full((len(texts), width, len(LAYERS) * DIM), 50.0)  # what pads must not be seen
    mask = torch.zeros(len(texts), width)
    for number, each in enumerate(encoded.states):
        rows = each.transpose(1, 0, 2).reshape(each.shape[1], -1)
        states[number, 1 : len(rows) + 1] = torch.tensor(rows)
        mask[number, : len(rows) + 2] = 1.0
    by_word = averaged(states, [row.word_of for row in prepared], [row.words for row in prepared])
    expected = [
        word_features(each, spans, words(text))
        for text, each, spans in zip(texts, encoded.states, encoded.token_spans, strict=True)
    ]
    assert np.allclose(by_word.numpy(), np.concatenate(expected), atol=1e-4)
    by_sentence = adapter._sentences(states, mask).numpy()
    assert np.allclose(by_sentence, [sentence_features(each) for each in encoded.states], atol=1e-4)


def test_words_without_tokens_are_rows_of_zeros() -> None:
    found = averaged(torch.ones(2, 3, 4), [np.array([-1, 1, -1]), np.array([-1, -1])], [2, 1])
    assert found.tolist() == [[0] * 4, [1] * 4, [0] * 4]


# --- the training


def nothing(_folder: Path) -> Parts:
    return Parts(train=(), calibrate=(), test=(), test_name="")


TASKS = {
    "phrase": Task(key="phrase", level="word", outputs=("loaded", "any"), read=nothing, data=()),
    "loaded": Task(key="loaded", level="sentence", outputs=("loaded",), read=nothing, data=()),
    "mode": Task(
        key="mode", level="sentence", outputs=("fact", "opinion"), read=nothing, data=(), exclusive=True
    ),
}


def examples() -> dict[str, dict[str, Example]]:
    """Every second sentence is loaded by one word. Not all tasks know all of them."""
    found: dict[str, dict[str, Example]] = {key: {} for key in TASKS}
    for number in range(24):
        loaded = number % 2
        text = f"The {'shameful' if loaded else 'council'} vote {'was held ' * (number % 3)}on day {number}"
        count = len(words(text))
        targets = np.zeros((count, 2), np.float32)
        targets[1] = loaded
        mask = np.ones_like(targets)
        mask[:, 1] = number % 3 > 0
        if number < 20:
            found["phrase"][text] = Example(text, targets, mask)
        if number % 4 < 2:
            label = np.asarray([loaded], np.float32)
            found["loaded"][text] = Example(text, label, np.ones(1, np.float32))
        if number > 15:
            found["mode"][text] = Example(text, np.eye(2, dtype=np.float32)[loaded], np.ones(2, np.float32))
    return found


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "BATCH", 8)
    monkeypatch.setattr(adapter, "EPOCHS", 3)


Train = Callable[..., Deltas]


@pytest.fixture
def train(tmp_path: Path) -> Train:
    """A run with an encoder of its own; runs with the same ``name`` share what was kept."""

    def trained(
        *, seed: int = 1, name: str = "one", tick: Callable[[str, float], None] = silent, **more: MiniLM
    ) -> Deltas:
        encoder = more.get("encoder") or tiny_minilm(tmp_path)
        partial = tmp_path / name / "state.safetensors"
        return train_adapter(encoder, TASKS, examples(), seed=seed, tick=tick, partial=partial)

    return trained


def same(one: Deltas, other: Deltas) -> bool:
    return list(one) == list(other) and all(
        np.array_equal(mine, theirs)
        for name in one
        for mine, theirs in zip(one[name], other[name], strict=True)
    )


def test_every_layer_learns_something(train: Train) -> None:
    deltas = train()
    assert list(deltas) == adapted_layers(6)
    for a, b in deltas.values():
        assert a.dtype == b.dtype == np.float32
        assert a.shape[0] == b.shape[1] == RANK
        assert np.isfinite(a).all()
        assert np.abs(b @ a).max() > 0


def test_the_loss_goes_down(train: Train, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "EPOCHS", 8)
    losses: list[float] = []
    plain = adapter._loss

    def watched(*given: object) -> torch.Tensor:
        loss = plain(*given)  # type: ignore[arg-type]
        losses.append(loss.item())
        return loss

    monkeypatch.setattr(adapter, "_loss", watched)
    train()
    assert len(losses) == 24
    assert np.mean(losses[-3:]) < 0.7 * np.mean(losses[:3])


def test_the_encoder_is_left_as_it_was(train: Train, encoder: MiniLM) -> None:
    before = {name: value.clone() for name, value in encoder.model.state_dict().items()}
    said = encoder.encode(SENTENCES).vectors
    train(encoder=encoder)
    after = encoder.model.state_dict()
    assert list(after) == list(before)
    assert all(torch.equal(after[name], value) for name, value in before.items())
    assert np.array_equal(encoder.encode(SENTENCES).vectors, said)


def test_the_same_seed_gives_the_same_adapter_and_another_another(train: Train) -> None:
    one = train(name="one")
    torch.manual_seed(99)  # what was drawn before must not matter
    assert same(one, train(name="two"))
    assert not same(one, train(name="three", seed=2))


def drift(deltas: Deltas, folder: Path) -> float:
    texts = sorted({text for task in examples().values() for text in task})
    before = tiny_minilm(folder).encode(texts).vectors
    changed = tiny_minilm(folder)
    Adapter(deltas=deltas, digest="d").merge(changed.model)
    return float(1 - (before * changed.encode(texts).vectors).sum(axis=1).mean())


def test_sentence_vectors_are_held_where_they_were(
    train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "RATE", 3e-3)
    monkeypatch.setattr(adapter, "KEEP", 0.0)
    free = drift(train(name="free"), tmp_path)
    monkeypatch.setattr(adapter, "KEEP", 100.0)
    assert drift(train(name="held"), tmp_path) < 0.5 * free


def test_training_tells_how_far_it_is(train: Train) -> None:
    told: list[tuple[str, float]] = []
    train(tick=lambda what, share: told.append((what, share)))
    assert list(dict.fromkeys(what for what, _ in told)) == [
        "reading with the lower layers",
        "training the adapter",
    ]
    assert [share for what, share in told if what == "training the adapter"] == pytest.approx(
        [1 / 3, 2 / 3, 1]
    )


class Interrupted(Exception):
    pass


def stop_after(share: float) -> Callable[[str, float], None]:
    def tick(what: str, done: float) -> None:
        if what == "training the adapter" and done > share + 1e-6:
            raise Interrupted

    return tick


@pytest.mark.parametrize("epochs", [1, 2])
def test_a_run_that_is_taken_up_again_ends_like_one_that_was_not(train: Train, epochs: int) -> None:
    whole = train(name="whole")
    with pytest.raises(Interrupted):
        train(name="halves", tick=stop_after(epochs / 3))
    shares: list[float] = []
    torch.manual_seed(99)
    again = train(name="halves", tick=lambda what, share: shares.append(share) if "adapter" in what else None)
    assert shares == pytest.approx([(number + 1) / 3 for number in range(epochs, 3)])
    assert same(whole, again)


def test_a_run_that_was_finished_is_not_done_again(train: Train) -> None:
    whole = train()
    shares: list[float] = []
    again = train(tick=lambda what, share: shares.append(share) if "adapter" in what else None)
    assert shares == []
    assert same(whole, again)


def test_a_run_that_ends_within_the_first_epoch_begins_anew(train: Train, tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        train(name="halves", tick=stop_after(0.0))
    assert not list((tmp_path / "halves").glob("*"))
    assert same(train(name="whole"), train(name="halves"))


def test_a_state_half_written_is_not_gone_on_with(train: Train, tmp_path: Path) -> None:
    whole = train(name="whole")
    with pytest.raises(Interrupted):
        train(name="halves", tick=stop_after(1 / 3))
    (tmp_path / "halves" / "state.new").write_bytes(b"half")
    assert same(whole, train(name="halves"))


def test_long_sentences_and_empty_ones_train_too(encoder: MiniLM, tmp_path: Path) -> None:
    given = examples()
    texts = ["the " * 300, "…", "Stunning"]
    for text in texts:
        shape = (len(words(text)), 2)
        given["phrase"][text] = Example(text, np.zeros(shape, np.float32), np.ones(shape, np.float32))
    deltas = train_adapter(encoder, TASKS, given, seed=1, tick=silent, partial=tmp_path / "state.safetensors")
    assert all(np.isfinite(b).all() for _, b in deltas.values())
