"""Saved articles on the event of one, found by their traces in the library."""

from __future__ import annotations

from dataclasses import dataclass

from truthlens.errors import ServiceError
from truthlens.events.event import SAME, closeness
from truthlens.events.event_trace import EventTrace
from truthlens.store.library import Library
from truthlens.store.library_entry import Saved
from truthlens.store.traces import kept_traces, model_of

MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """``score`` is the event score 0..1, at least `event.SAME`."""

    saved: Saved
    score: float


def siblings(library: Library, asked_id: str) -> tuple[Sibling, ...]:
    """Nearest first; versions of the article itself are none. Raises ServiceError ``unknown_analysis`` or
    ``not_traced``.
    """
    saved, trace = traced(library, asked_id)
    same = library.same_article(saved.url, saved.canonical_url)
    itself = {saved.id, *(version.id for version in same)}
    scores = {
        other: round(closeness(trace, found), 3)
        for other, found in kept_traces(library, model_of(library, saved.id)).items()
        if other not in itself
    }
    near = sorted((other for other in scores if scores[other] >= SAME), key=lambda o: (-scores[o], o))
    lines = ((library.saved(other), scores[other]) for other in near[:MOST])
    return tuple(Sibling(saved=line, score=score) for line, score in lines if line is not None)


def traced(library: Library, asked_id: str) -> tuple[Saved, EventTrace]:
    """A saved analysis by its id or a request's, with its trace. Raises ServiceError ``unknown_analysis`` or
    ``not_traced``.
    """
    saved = library.saved(asked_id)
    if saved is None:
        raise unknown_analysis()
    trace = kept_traces(library, model_of(library, saved.id), [saved.id]).get(saved.id)
    if trace is None:
        raise ServiceError(
            "not_traced",
            "The analysis was saved by an earlier version, which kept nothing to compare it by.",
            "Analyse the article again.",
            status=422,
        )
    return saved, trace


def unknown_analysis() -> ServiceError:
    return ServiceError(
        "unknown_analysis",
        "There is no saved analysis of that id.",
        "`truthlens library list` shows what is saved.",
        status=404,
    )
