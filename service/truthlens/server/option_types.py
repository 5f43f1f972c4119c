"""What the options ask of the service, and the shapes of its replies (see `reply_types.py`)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from truthlens.llm.endpoint import CHARACTERS
from truthlens.server.requests import URL_LENGTH
from truthlens.server.result_types import Count, Fields

_Address = Annotated[str, msgspec.Meta(min_length=1, max_length=URL_LENGTH)]


class FeedRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The address of one feed."""

    url: _Address


class LanguageModelRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a language model listens on this computer, and its name there; "" for both asks none."""

    url: Annotated[str, msgspec.Meta(max_length=URL_LENGTH)]
    model: Annotated[str, msgspec.Meta(max_length=CHARACTERS)]


class ReadersFeed(Fields):
    """A feed that the reader added. ``title`` is what it calls itself, or its address."""

    url: str
    title: str
    added_at: str


class ReadersFeeds(Fields):
    """In the order in which they were added; ``most`` is how many there may be."""

    feeds: list[ReadersFeed]
    most: Count


class LanguageModelReply(Fields):
    """``chosen_in`` says where it was named, "" when none is asked. ``reachable``: whether something listens
    there now; null when none is asked.
    """

    url: str
    model: str
    chosen_in: Literal["options", "environment", ""]
    reachable: bool | None


class Versions(Fields):
    """``truthlens`` is the program's, ``parts`` are digests and names of what computes a report."""

    truthlens: str
    parts: dict[str, str]


class Theme(Fields):
    """Sentences of one theme, and how many of them are in the outlet's own words."""

    label: str
    own: Count
    all: Count


class Figures(Fields):
    """Of one saved analysis. ``named``, ``unnamed``: its sources; both null where the report has no count."""

    id: str
    sentences: Count
    themes: list[Theme]
    named: Count | None
    unnamed: Count | None


class FiguresPage(Fields):
    """The newest first; ``total`` of them are saved."""

    figures: list[Figures]
    total: Count
