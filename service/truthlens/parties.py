"""Who and what an article names: persons, organisations and places, each once with all of its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Sentence, Span
from truthlens.heads import Scores
from truthlens.names import Kind, names


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """``name`` is the fullest form that the article uses; ``mentions`` are spans of its text, in order.

    ``country`` is the ISO 3166 alpha-2 code of a state, "" for everybody else.
    """

    name: str
    kind: Kind
    mentions: tuple[Span, ...]
    country: str = ""


def parties(sentences: Sequence[Sentence], scores: Scores) -> tuple[Party, ...]:
    """All parties in the order of their first mention."""
    groups: dict[tuple[str, Kind], list[Span]] = {}
    for sentence in sentences:
        rows = scores.by_word["entity"][sentence.index]
        found = names(sentence.text, scores.words[sentence.index], rows, outputs=scores.outputs["entity"])
        for span, kind in found:
            place = Span(sentence.span.start + span.start, sentence.span.start + span.end)
            groups.setdefault((span.of(sentence.text), kind), []).append(place)
    return tuple(Party(name=name, kind=kind, mentions=tuple(spans)) for (name, kind), spans in groups.items())
