"""The stored vectors of the seeds: near the fresh ones, and dropped when what they rest on changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import BagOfWordsEncoder
from truthlens import manifests, stored_bank, weights
from truthlens.domain import Span
from truthlens.errors import ServiceError
from truthlens.reading import SeedBank
from truthlens.seeds import SeedExample, SeedFamily

DELTAS = {"encoder.layer.2.output.dense": (np.ones((1, 2), np.float32), np.ones((2, 1), np.float32))}


def example(text: str, *marked: str, note: str = "") -> SeedExample:
    spans = tuple(Span(text.index(mark), text.index(mark) + len(mark)) for mark in marked)
    return SeedExample(text, spans, "one", note)


FAMILIES = {
    "one": SeedFamily(
        key="one",
        message="",
        notes={},
        phrases=(
            example("A stunning, shameful win.", "stunning", "shameful", note="kind"),
            example("They were utterly crushed on Monday.", "utterly crushed"),
            example("A mark on … alone.", "…"),  # no token of its own: a row of zeros
        ),
        passes=(example("It rained."),),
    ),
    "two": SeedFamily(
        key="two", message="", notes={}, phrases=(example("The mob came.", "mob came"),), passes=()
    ),
}


@pytest.fixture
def bank(encoder: BagOfWordsEncoder) -> SeedBank:
    return SeedBank.build(encoder, FAMILIES)


@pytest.fixture
def folder(bank: SeedBank, tmp_path: Path) -> Path:
    weights.save_adapter(DELTAS, {}, tmp_path)
    stored_bank.save(bank, FAMILIES, tmp_path)
    return tmp_path


def loaded(folder: Path) -> SeedBank:
    bank = stored_bank.load(FAMILIES, folder)
    assert bank is not None
    return bank


def test_a_stored_bank_is_near_the_fresh_one(bank: SeedBank, folder: Path) -> None:
    stored = loaded(folder)
    assert (stored.families, stored.phrases, stored.notes) == (bank.families, bank.phrases, bank.notes)
    assert stored.vectors.dtype == np.float32
    rng = np.random.default_rng(0)
    asked = np.concatenate([bank.vectors, rng.normal(0, 1, (50, bank.vectors.shape[1]))])
    asked = asked / np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-9)
    assert np.abs(asked @ bank.vectors.T - asked @ stored.vectors.T).max() < 0.005
    assert np.linalg.norm(stored.vectors, axis=1) == pytest.approx([1, 1, 1, 0, 1], abs=1e-5)


def test_the_nearest_seed_stays_the_nearest(bank: SeedBank, folder: Path) -> None:
    stored = loaded(folder)
    for vector in bank.vectors[:3]:
        similar, note = stored.nearest(vector, "one", "something else")
        expected, expected_note = bank.nearest(vector, "one", "something else")
        assert [each.phrase for each in similar] == [each.phrase for each in expected]
        assert similar[0].closeness == pytest.approx(expected[0].closeness, abs=0.01)
        assert note == expected_note


def test_the_manifest_names_seeds_and_adapter(folder: Path) -> None:
    manifest = manifests.manifest(stored_bank.NAME, folder)
    assert manifest["rows"] == 5
    assert manifest["adapter"] == manifests.adapter_digest(folder)


def changed_text(family: SeedFamily) -> SeedFamily:
    first, *rest = family.phrases
    return replace(family, phrases=(replace(first, text=first.text + "!"), *rest))


def changed_span(family: SeedFamily) -> SeedFamily:
    first, *rest = family.phrases
    return replace(family, phrases=(replace(first, spans=first.spans[:1]), *rest))


def without_one(family: SeedFamily) -> SeedFamily:
    return replace(family, phrases=family.phrases[1:])


def in_another_order(family: SeedFamily) -> SeedFamily:
    return replace(family, phrases=family.phrases[::-1])


@pytest.mark.parametrize("change", [changed_text, changed_span, without_one, in_another_order])
def test_other_seeds_drop_it(folder: Path, change: object) -> None:
    families = FAMILIES | {"one": change(FAMILIES["one"])}  # type: ignore[operator]
    assert stored_bank.load(families, folder) is None


def test_a_message_that_changes_does_not(folder: Path) -> None:
    families = FAMILIES | {"one": replace(FAMILIES["one"], message="other")}
    assert stored_bank.load(families, folder) is not None


def test_another_adapter_drops_it(folder: Path) -> None:
    weights.save_adapter({name: (a, b + 1) for name, (a, b) in DELTAS.items()}, {}, folder)
    assert stored_bank.load(FAMILIES, folder) is None


def test_an_altered_file_is_refused(folder: Path) -> None:
    path = folder / "bank.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ServiceError, match="weights_sha256") as caught:
        stored_bank.load(FAMILIES, folder)
    assert caught.value.code == "model_failed"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        stored_bank.load(FAMILIES, tmp_path)


def test_a_bank_of_nothing(encoder: BagOfWordsEncoder, tmp_path: Path) -> None:
    stored_bank.save(SeedBank.build(encoder, {}), {}, tmp_path)
    bank = stored_bank.load({}, tmp_path)
    assert bank is not None
    assert bank.nearest(np.ones(bank.vectors.shape[1], np.float32), "one", "x") == ((), "")
