"""All that is known of one article before anyone judges it: worked out once, read-only, shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

import numpy as np

from truthlens.domain import Article, Sentence, Similar, Span, Voiced
from truthlens.encode import Encoded, Encoder, Floats, Ints
from truthlens.heads import WORD, Scores
from truthlens.model_file import DIM, LAYERS
from truthlens.relations.countries import CountryTable
from truthlens.relations.markets import MarketTable
from truthlens.relations.parties import Party
from truthlens.rewording.change import Rewording
from truthlens.rewording.wording import WordingTable
from truthlens.seeds import SeedFamily
from truthlens.voices.voice import stretches_in, voice_at

Worth = TypeVar("Worth")

SIMILAR_LAYERS = tuple(LAYERS.index(layer) for layer in (4, 6))
"""Layers by which a marked phrase is compared with the seeds: the upper ones know its sense in context."""

CLOSE = 0.5
"""Cosine from which a seed is called similar. Among 20 findings read one by one, pairs below it shared a
topic or a part of speech rather than a way of wording."""


CHUNK = 256  # seed sentences encoded at a time: their states take about 40 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBank:
    """Marked spans of all seed families as unit rows of one matrix: ``vectors`` (m, 2 * 384). Rows of one
    family stand together.
    """

    vectors: Floats
    families: tuple[str, ...]
    phrases: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def build(cls, encoder: Encoder, families: Mapping[str, SeedFamily]) -> SeedBank:
        """Encode every seed sentence once and keep its marked spans."""
        examples = [example for family in families.values() for example in family.phrases]
        rows = []
        for start in range(0, len(examples), CHUNK):
            chunk = examples[start : start + CHUNK]
            encoded = encoder.encode([example.text for example in chunk])
            for example, states, token_spans in zip(chunk, encoded.states, encoded.token_spans, strict=True):
                rows += [span_vector(states, token_spans, span) for span in example.spans]
        return cls.of(
            np.stack(rows) if rows else np.zeros((0, len(SIMILAR_LAYERS) * DIM), np.float32), families
        )

    @classmethod
    def of(cls, vectors: Floats, families: Mapping[str, SeedFamily]) -> SeedBank:
        """A bank of vectors that were worked out before, in the order of the families' marked spans."""
        marked = [
            (example.family, span.of(example.text), example.note)
            for family in families.values()
            for example in family.phrases
            for span in example.spans
        ]
        keys, phrases, notes = zip(*marked, strict=True) if marked else ((), (), ())
        return cls(vectors=vectors, families=keys, phrases=phrases, notes=notes)

    def nearest(
        self, vector: Floats, family: str, phrase: str, most: int = 2
    ) -> tuple[tuple[Similar, ...], str]:
        """The closest seed phrases of one family, best first, each wording once, never ``phrase`` itself; and
        the note of the very closest, which names its kind of wording ("" when none is close).
        """
        count = self.families.count(family)
        first = self.families.index(family) if count else 0  # a family's rows stand together
        closeness = self.vectors[first : first + count] @ vector
        found: dict[str, Similar] = {}
        note: str | None = None
        close = np.flatnonzero(closeness >= CLOSE)
        for row in close[np.argsort(-closeness[close], kind="stable")]:
            if len(found) == most:
                break
            if note is None:
                note = self.notes[first + row]
            wording = self.phrases[first + row]
            if wording.lower() not in {*found, phrase.lower()}:
                found[wording.lower()] = Similar(phrase=wording, closeness=round(float(closeness[row]), 3))
        return tuple(found.values()), note or ""


def span_vector(states: Floats, token_spans: Ints, span: Span) -> Floats:
    """(2 * 384,), unit length: mean state of the tokens that the span touches, two layers side by side."""
    touched = (token_spans[:, 0] < span.end) & (token_spans[:, 1] > span.start)
    if not touched.any():
        return np.zeros(len(SIMILAR_LAYERS) * DIM, np.float32)
    layers = states[list(SIMILAR_LAYERS)][:, touched].mean(axis=1)
    layers /= np.maximum(np.linalg.norm(layers, axis=1, keepdims=True), 1e-9)
    return np.asarray(layers.reshape(-1) / np.sqrt(len(SIMILAR_LAYERS)), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Reading:
    """What indicators and sections see. Nothing here is written after it was made.

    ``thresholds[head][output]`` is the score from which an output counts; all come from the manifests.
    ``rewordings`` of the headline, best first, are worked out when the findings are known.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    voices: tuple[Voiced, ...]
    encoded: Encoded
    scores: Scores
    thresholds: Mapping[str, Mapping[str, float]]
    families: Mapping[str, SeedFamily]
    bank: SeedBank
    wording: WordingTable
    parties: tuple[Party, ...]
    countries: CountryTable
    markets: MarketTable
    rewordings: tuple[Rewording, ...] = ()
    worked_out: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False)
    """See `once`."""

    def with_rewordings(self, rewordings: tuple[Rewording, ...]) -> Reading:
        """What was worked out so far stays: none of it rests on rewordings."""
        made = replace(self, rewordings=rewordings)
        made.worked_out.update(self.worked_out)
        return made

    def voice_of(self, span: Span) -> Voiced:
        return voice_at(self.voices, span)

    def voices_in(self, span: Span) -> Sequence[Voiced]:
        """The stretches of voice that lie within a sentence, in order."""
        return stretches_in(self.voices, span)

    def word_count(self, span: Span | None = None) -> int:
        text = self.article.text if span is None else span.of(self.article.text)
        return len(WORD.findall(text))


def once(work: Callable[[Reading], Worth]) -> Callable[[Reading], Worth]:
    """Works something out once per reading, however many sections ask; forgotten with the reading."""

    @wraps(work)
    def known(reading: Reading) -> Worth:
        done = reading.worked_out
        if work not in done:
            done[work] = work(reading)
        worth: Worth = done[work]
        return worth

    return known
