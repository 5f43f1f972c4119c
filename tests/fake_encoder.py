"""An encoder and heads without a model: quick, the same everywhere, and they count their calls."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from truthlens import names
from truthlens.analyse import Analyser
from truthlens.encode import Encoded, MiniLM, Progress
from truthlens.heads import SHAPES, WORD, Head
from truthlens.indicator import indicators
from truthlens.model_file import DIM, LAYERS
from truthlens.reading import SeedBank
from truthlens.seeds import load_families

if TYPE_CHECKING:
    from truthlens.bert import Bert

WORD_DIM = len(LAYERS) * DIM
NAME_DIM = WORD_DIM + 3 * len(SHAPES) + 3
SENTENCE_DIM = 2 * WORD_DIM

OUTPUTS = ("loaded_language", "name_calling", "exaggeration_minimisation", "vague_sourcing")
TELLING = {
    "stunning": 0, "massive": 0, "terrorize": 0, "slammed": 0, "disastrous": 0, "shameful": 0,
    "overwhelming": 0, "cronies": 1, "mob": 1, "ever": 2, "everyone": 2, "critics": 3, "some": 3,
}  # fmt: skip
"""Words to which the test's word head answers, and by which output."""

SENTENCE_OUTPUTS = {
    "loaded": ("loaded",),
    "mode": ("fact", "opinion", "forecast", "other"),
    "check_worthy": ("check_worthy",),
    "emotion": ("none", "fear", "anger", "sadness", "disgust", "joy", "hope", "sympathy"),
    "frame": (
        "econ", "capacity", "moral", "fair", "legal", "policy", "crime", "security", "health", "quality",
        "culture", "opinion", "political", "external",
    ),
    "value": ("care", "fairness", "loyalty", "authority", "sanctity", "liberty"),
    "clickbait": ("clickbait",),
}  # fmt: skip
"""Of every sentence head; a test holds them to what training gives."""

EXCLUSIVE = ("entity", "mode", "emotion")


class BagOfWordsEncoder:
    """One token a word; its state is drawn from the word's hash, so that equal words are equal everywhere."""

    digest = "bag-of-words"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded:
        self.calls.append(list(sentences))
        states, spans = [], []
        for sentence in sentences:
            found = list(WORD.finditer(sentence))
            rows = [_state(match.group().lower()) for match in found]
            layer = np.stack(rows) if rows else np.zeros((0, DIM), np.float32)
            states.append(np.stack([layer] * len(LAYERS)))
            spans.append(np.asarray([match.span() for match in found], np.int64).reshape(-1, 2))
        sums = np.stack([s[-1].sum(axis=0) for s in states]) if states else np.zeros((0, DIM), np.float32)
        vectors = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        for array in (vectors, *states, *spans):
            array.flags.writeable = False
        if progress is not None:
            progress(1.0)
        return Encoded(vectors=vectors, states=tuple(states), token_spans=tuple(spans))


@cache
def _state(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    state = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
    state[: len(OUTPUTS)] = 0.0
    if word in TELLING:
        state[TELLING[word]] = 10.0
    state.flags.writeable = False
    return state


def telling_head(outputs: tuple[str, ...], features: int) -> Head:
    """Answers .99 to a telling word of an output and .01 to all others."""
    count = len(outputs)
    w1 = np.zeros((features, count), np.float32)
    w1[np.arange(count), np.arange(count)] = 1.0
    return Head(
        outputs=outputs,
        w1=w1,
        b1=np.zeros(count, np.float32),
        w2=np.eye(count, dtype=np.float32),
        b2=np.full(count, -5.0, np.float32),
        slope=np.ones(count, np.float32),
        shift=np.zeros(count, np.float32),
    )


def silent_head(outputs: tuple[str, ...], features: int, *, exclusive: bool = False) -> Head:
    """Answers .01 for every output, and .99 for the first of outputs that exclude one another."""
    count = len(outputs)
    b2 = np.full(count, -5.0, np.float32)
    if exclusive:
        b2[0] = 5.0
    return Head(
        outputs=outputs,
        w1=np.zeros((features, 1), np.float32),
        b1=np.zeros(1, np.float32),
        w2=np.zeros((1, count), np.float32),
        b2=b2,
        slope=np.ones(count, np.float32),
        shift=np.zeros(count, np.float32),
        exclusive=exclusive,
    )


def fake_heads() -> dict[str, Head]:
    """Every head there is. Those for phrases and loaded sentences answer to telling words, the others stay
    silent: no name, a plain fact, no feeling.
    """
    return {
        "phrase": telling_head(OUTPUTS, WORD_DIM),
        "entity": silent_head(names.OUTPUTS, NAME_DIM, exclusive=True),
        **{
            name: silent_head(outputs, SENTENCE_DIM, exclusive=name in EXCLUSIVE)
            for name, outputs in SENTENCE_OUTPUTS.items()
        },
        "loaded": telling_head(SENTENCE_OUTPUTS["loaded"], SENTENCE_DIM),
    }


def fake_thresholds() -> dict[str, dict[str, float]]:
    return {name: dict.fromkeys(head.outputs, 0.5) for name, head in fake_heads().items()}


@cache
def fake_bank() -> SeedBank:
    """The seeds of the indicators, whole: no other family is ever asked for its nearest phrase."""
    families = load_families()
    return SeedBank.build(BagOfWordsEncoder(), {key: families[key] for key in indicators()})


def fake_analyser(kind: type[Analyser] = Analyser, encoder: BagOfWordsEncoder | None = None) -> Analyser:
    """An analyser of all these parts."""
    return kind(
        encoder=encoder or BagOfWordsEncoder(),
        heads=fake_heads(),
        thresholds=fake_thresholds(),
        digest="telling",
        bank=fake_bank(),
    )


def tiny_bert() -> Bert:
    """An encoder with the shape that an adapter expects and little inside; the same weights at each call."""
    import torch
    from truthlens.bert import Bert

    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = Bert(vocabulary=len(_vocabulary()), longest=256, inner=32)
        for module in model.modules():
            if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)):
                torch.nn.init.normal_(module.weight, std=0.1)  # at the usual .02 all states are alike
        return model.eval()


def tiny_minilm(folder: Path) -> MiniLM:
    """The real encoder's code over `tiny_bert`, with a tokenizer that knows few words."""
    from tokenizers import Tokenizer
    from tokenizers.implementations import BertWordPieceTokenizer

    known = {word: number for number, word in enumerate(_vocabulary())}
    path = folder / "tokenizer.json"
    BertWordPieceTokenizer(known).save(str(path))
    return MiniLM(tiny_bert(), Tokenizer.from_file(str(path)), "tiny")


def _vocabulary() -> list[str]:
    """A few words whole, a few in pieces; all others are one unknown token."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = "the of day vote was held stunning shameful council met said critics on is democrats ann mali"
    pieces = "n ##o so ##me ##body hour ##s mob ##ster 3 5 12 ##3"
    return [*special, *".,:;!?'’\"“”-—()", *words.split(), *pieces.split()]
