"""The encoder's arithmetic: as wished, or by what the processor has."""

from __future__ import annotations

import pytest
from truthlens.errors import ServiceError
from truthlens.precision import AUTO, choose

FEATURES = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One that has nothing of its own for bfloat16."""
    import torch

    for name in FEATURES:
        monkeypatch.setattr(torch.cpu, name, lambda: False, raising=False)
    return monkeypatch


@pytest.mark.parametrize("wanted", ["float32", "bfloat16"])
def test_a_wish_is_granted(wanted: str, processor: pytest.MonkeyPatch) -> None:
    assert choose(wanted) == wanted


def test_a_processor_without_it_computes_in_full(processor: pytest.MonkeyPatch) -> None:
    assert choose(AUTO) == "float32"


@pytest.mark.parametrize("name", FEATURES)
def test_a_processor_that_has_it_uses_it(name: str, processor: pytest.MonkeyPatch) -> None:
    import torch

    processor.setattr(torch.cpu, name, lambda: True)
    assert choose(AUTO) == "bfloat16"
    assert choose("float32") == "float32"


def test_a_torch_that_cannot_tell_computes_in_full(processor: pytest.MonkeyPatch) -> None:
    import torch

    for name in FEATURES:
        processor.delattr(torch.cpu, name)
    assert choose(AUTO) == "float32"


def test_the_answer_stays_the_same() -> None:
    assert choose(AUTO) == choose(AUTO)


@pytest.mark.parametrize("wanted", ["", "float16", "BFLOAT16", "int8"])
def test_anything_else_is_refused_with_what_may_be_said(wanted: str) -> None:
    with pytest.raises(ServiceError, match="TRUTHLENS_PRECISION") as caught:
        choose(wanted)
    assert caught.value.code == "bad_settings"
    assert all(name in str(caught.value) for name in ("auto", "float32", "bfloat16", repr(wanted)))
