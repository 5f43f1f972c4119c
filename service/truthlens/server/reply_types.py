"""The shapes of all replies, as types for /v1/openapi.json and for the tests that hold replies to them.

Nothing is built from these: `wire.py`, `job.py` and the routes write plain JSON, and no field may be missing
here or there.
"""

from __future__ import annotations

from typing import Literal

from truthlens.render.exports import Form
from truthlens.server.result_types import Annotation, Count, Fields, Share


class Model(Fields):
    state: Literal["loading", "ready", "failed"]
    detail: str


class Status(Fields):
    """``notice`` tells the reader what befell the library, or is ""."""

    name: Literal["truthlens"]
    version: str
    api: int
    model: Model
    pairing_open: bool
    notice: str


class Paired(Fields):
    token: str
    origin: str


class Asking(Fields):
    """The terminal that showed the code asks whether this extension may have a token."""

    state: Literal["asking"]
    origin: str


class Error(Fields):
    code: str
    message: str
    remedy: str


class Refusal(Fields):
    error: Error


class Progress(Fields):
    """``annotations`` are what has been found so far, of an article's first sentences before all others."""

    id: str
    state: Literal["queued", "working", "cancelled"]
    stage: str
    stage_title: str
    progress: Share
    annotations: list[Annotation]


class Failed(Fields):
    id: str
    state: Literal["failed"]
    stage: str
    stage_title: str
    progress: Share
    annotations: list[Annotation]
    error: Error


class Ended(Fields):
    id: str
    state: Literal["queued", "working", "cancelled", "forgotten"]


class ExportedFile(Fields):
    """An analysis as a file, with what it is."""

    form: Form
    mimetype: str
    content: str


class CatalogueIndicator(Fields):
    key: str
    title: str
    describes: str
    colour: str


class CatalogueSection(Fields):
    key: str
    title: str
    order: int
    placement: Literal["strip", "report"]


class Titled(Fields):
    key: str
    title: str


class Catalogue(Fields):
    indicators: list[CatalogueIndicator]
    sections: list[CatalogueSection]
    voices: list[Titled]
    stages: list[Titled]


class Departure(Fields):
    """A site that the service asked, "" for all beyond those that are named, and how often."""

    host: str
    requests: Count


class Departures(Fields):
    """What left this computer since the service began."""

    since: str
    hosts: list[Departure]
