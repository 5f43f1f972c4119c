"""One bar of a chart from the places that it counts: how many in whose words, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from truthlens.domain import Bar, Evidence, Span, Voice


def bar(label: str, places: Sequence[tuple[Span, Voice]]) -> Bar:
    """Voices in the order of `Voice`, each with how many of the places are in it."""
    counts = Counter(voice for _, voice in places)
    order: tuple[Voice, ...] = get_args(Voice)
    return Bar(
        label=label,
        amounts=tuple((voice, counts[voice]) for voice in order if counts[voice]),
        evidence=tuple(Evidence(span=span) for span, _ in places),
    )
