"""What a reading costs: ratios measured in one process, so that they mean the same on any machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.encode import MiniLM
from truthlens.segment import segment
from truthlens.settings import Settings

ROUNDS = 7  # of each; the median is shown, since another program may take the processor for one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` is in ``unit``; ``of`` says what it is measured against."""

    name: str
    value: float
    unit: str
    of: str


def measure(article: Article, settings: Settings) -> list[Figure]:
    """The encoder's pass over one article against the library's own, and both precisions of arithmetic."""
    texts = [sentence.text for sentence in segment(article)]
    analyser = Analyser.load(settings)
    plain = _library(settings)
    ours = MiniLM.load(settings.model_dir)
    return [
        _ratio("encoder pass", lambda: ours.encode(texts), plain, texts, "SentenceTransformer.encode"),
        _ratio(
            "pass and all heads", lambda: analyser.read(texts), plain, texts, "SentenceTransformer.encode"
        ),
        _ratio(
            "whole analysis", lambda: analyser.analyse(article), plain, texts, "SentenceTransformer.encode"
        ),
        *_precision(settings, texts),
    ]


def _ratio(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[Sequence[str]], object],
    texts: Sequence[str],
    of: str,
) -> Figure:
    """Rounds of both in turn, so that a slower minute of the machine hits both."""
    ours(), theirs(texts)
    pairs = [(_seconds(ours), _seconds(lambda: theirs(texts))) for _ in range(ROUNDS)]
    value = statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)
    return Figure(name=name, value=value, unit="×", of=of)


def _precision(settings: Settings, texts: Sequence[str]) -> list[Figure]:
    """How far bfloat16 moves scores, and what it gains here."""
    exact = Analyser.load(replace(settings, precision="float32"))
    rough = Analyser.load(replace(settings, precision="bfloat16"))
    one, other = exact.read(texts)[1], rough.read(texts)[1]
    words = np.abs(np.concatenate(one.by_word["phrase"]) - np.concatenate(other.by_word["phrase"]))
    whole = np.abs(one.by_sentence["loaded"] - other.by_sentence["loaded"])
    gain = _seconds(lambda: rough.read(texts)) / _seconds(lambda: exact.read(texts))
    of = "float32"
    return [
        Figure(name="bfloat16: time", value=gain, unit="×", of=of),
        Figure(name="bfloat16: word scores move at most", value=float(words.max()), unit="", of=of),
        Figure(name="bfloat16: word scores move on average", value=float(words.mean()), unit="", of=of),
        Figure(name="bfloat16: sentence scores move at most", value=float(whole.max()), unit="", of=of),
    ]


def _library(settings: Settings) -> Callable[[Sequence[str]], object]:
    from sentence_transformers import SentenceTransformer

    from truthlens.encode import verify

    model = SentenceTransformer(str(verify(settings.model_dir)), device="cpu", local_files_only=True)
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
