"""The answer of all that reads attribution within one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from truthlens.domain import Span
from truthlens.voices.noun_phrase import Mention


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, by which verb, and which clauses (offsets within the sentence) are theirs.

    ``content`` is empty when the sentence only names the speaker of a quotation beside it. ``cue`` runs from
    speaker to verb. ``source`` is where the speaker is named ("he"), None when nobody is.
    """

    speaker: str
    verb: str
    content: tuple[Span, ...]
    cue: Span
    source: Span | None = None


def attributed(mention: Mention | None, verb: str, content: Iterable[Span], cue: Span) -> Attribution:
    """Without empty clauses; nobody is named where there is no mention."""
    spans = tuple(span for span in content if len(span))
    if mention is None:
        return Attribution("", verb, spans, cue)
    return Attribution(mention.text, verb, spans, cue, mention.span)
