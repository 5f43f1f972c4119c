"""The shapes of replies about the library (see `reply_types.py`)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from truthlens.server.result_types import Block, Count, Fields, Result

Cosine = Annotated[float, msgspec.Meta(ge=-1.001, le=1.001)]


class LibraryLine(Fields):
    """One saved analysis. ``own_findings`` are those in the outlet's own words, its headline among them.

    ``traced``: whether stories near it can be looked for. ``excerpt`` stands round the words that were looked
    for; ``closeness`` is null where nothing was compared.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    outlet: str
    published: str
    language: str
    saved_at: str
    words: Count
    findings: Count
    own_findings: Count
    traced: bool
    excerpt: str
    closeness: Cosine | None


class LibraryPage(Fields):
    """A page out of ``total`` lines; ``notice`` tells what could not be looked for and what befell the
    library, or is ""."""

    analyses: list[LibraryLine]
    total: Count
    notice: str


class PreferencesReply(Fields):
    keeping: bool
    retention_days: Count | None


class Emptied(Fields):
    """How many saved analyses were deleted."""

    forgotten: Count


class Revision(Fields):
    """What changed since one earlier version; evidence in it has the version's id as its ``other``."""

    id: str
    saved_at: str
    title: str
    blocks: list[Block]


class Revisions(Fields):
    """Earlier saved versions of an analysis's article, the latest first."""

    id: str
    earlier: list[Revision]


class Event(Fields):
    """What tells of an article's event; ``vector`` comes from the encoder that ``model`` names."""

    model: str
    vector: list[float]
    names: list[str]
    published: str


class Exported(Fields):
    id: str
    url: str
    saved_at: str
    event: Event | None
    result: Result


class Export(Fields):
    """Everything that is kept."""

    truthlens: str
    exported_at: str
    preferences: PreferencesReply
    analyses: list[Exported]
