"""The trained change to the encoder: added once, refused when it does not fit; and its training form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from fake_encoder import tiny_bert, tiny_minilm
from truthlens.adapter import FIRST, LINEARS, Adapter, adapted_layers
from truthlens.bert import Bert
from truthlens.errors import ServiceError
from truthlens.model_file import DIM
from truthlens.training.lora import RANK, deltas, unwrap, wrap

NAME = "encoder.layer.3.attention.self.query"
IDS = torch.arange(5, 17).reshape(2, 6)


def pair(*, inside: int = DIM, out: int = DIM) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0, 0.1, (2, inside)), rng.normal(0, 0.1, (out, 2))
    return a.astype(np.float32), b.astype(np.float32)


def weights_of(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in model.state_dict().items()}


def hidden(model: Bert) -> torch.Tensor:
    with torch.no_grad():
        return torch.stack(model.hidden_states(IDS.tolist()))


def test_adapted_layers_are_linear_layers_of_the_upper_part() -> None:
    model = tiny_bert()
    names = adapted_layers(len(model.layers))
    assert len(names) == len(set(names)) == (6 - FIRST) * len(LINEARS)
    assert all(isinstance(model.get_submodule(name), torch.nn.Linear) for name in names)
    assert {int(name.split(".")[2]) for name in names} == set(range(FIRST, 6))


def test_merging_adds_the_product_to_one_weight_and_nothing_else() -> None:
    model = tiny_bert()
    before = weights_of(model)
    a, b = pair()
    Adapter(deltas={NAME: (a, b)}, digest="d").merge(model)
    after = weights_of(model)
    assert {name for name in before if not torch.equal(before[name], after[name])} == {f"{NAME}.weight"}
    change = (after[f"{NAME}.weight"] - before[f"{NAME}.weight"]).numpy()
    assert np.allclose(change, b @ a, atol=1e-6)


def test_merging_nothing_changes_nothing() -> None:
    model = tiny_bert()
    before = weights_of(model)
    Adapter(deltas={}, digest="d").merge(model)
    assert all(torch.equal(value, before[name]) for name, value in weights_of(model).items())


@pytest.mark.parametrize(
    ("name", "delta"),
    [
        (NAME, pair(inside=DIM + 1)),
        (NAME, pair(out=32)),
        ("encoder.layer.9.attention.self.query", pair()),
        ("encoder.layer.3.attention", pair()),
        ("encoder.layer.3.intermediate.dense", pair()),
    ],
)
def test_a_misfit_is_refused(name: str, delta: tuple[np.ndarray, np.ndarray]) -> None:
    with pytest.raises(ServiceError, match="does not fit") as caught:
        Adapter(deltas={name: delta}, digest="d").merge(tiny_bert())
    assert caught.value.code == "model_failed"
    assert name in str(caught.value)


def test_layers_below_the_first_say_what_they_said(tmp_path: Path) -> None:
    plain, changed = tiny_minilm(tmp_path), tiny_minilm(tmp_path)
    Adapter(deltas={f"encoder.layer.{FIRST}.output.dense": pair(inside=32)}, digest="d").merge(changed.model)
    one, other = (encoder.encode(["The council met."]) for encoder in (plain, changed))
    assert np.array_equal(one.states[0][:2], other.states[0][:2])  # hidden states 0 and 2
    assert np.abs(one.states[0][2] - other.states[0][2]).max() > 1e-3


def test_a_wrapped_model_starts_as_the_model_it_wraps() -> None:
    model = tiny_bert()
    before = hidden(model)
    wrapped = wrap(model)
    assert list(wrapped) == adapted_layers(6)
    assert torch.equal(hidden(model), before)


def test_only_the_low_rank_part_is_trained() -> None:
    model = tiny_bert()
    wrapped = wrap(model)
    trained = {name for name, each in model.named_parameters() if each.requires_grad}
    assert trained == {f"{name}.{part}" for name in wrapped for part in "ab"}
    for lora in wrapped.values():
        assert lora.a.shape == (RANK, lora.base.in_features)
        assert lora.b.shape == (lora.base.out_features, RANK)


def test_unwrapping_leaves_the_model_as_it_was() -> None:
    model = tiny_bert()
    before, said = weights_of(model), hidden(model)
    wrapped = wrap(model)
    for lora in wrapped.values():
        torch.nn.init.normal_(lora.b)
    assert not torch.allclose(hidden(model), said)
    unwrap(model, wrapped)
    after = weights_of(model)
    assert list(after) == list(before)
    assert all(torch.equal(after[name], value) for name, value in before.items())
    assert torch.equal(hidden(model), said)


def test_what_was_trained_is_what_is_merged() -> None:
    model = tiny_bert()
    wrapped = wrap(model)
    torch.manual_seed(0)
    for lora in wrapped.values():
        torch.nn.init.normal_(lora.b, std=0.02)
    expected, plain = hidden(model), hidden(tiny_bert())
    found = deltas(wrapped)
    assert {part.dtype for pair_ in found.values() for part in pair_} == {np.dtype(np.float32)}
    merged = tiny_bert()
    Adapter(deltas=found, digest="d").merge(merged)
    assert torch.allclose(hidden(merged), expected, atol=1e-4)
    assert not torch.allclose(plain, expected, atol=1e-2)
