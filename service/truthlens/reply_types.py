"""The shapes of all replies, as types for /v1/openapi.json and for the tests that hold replies to them.

Nothing is built from these: `wire.py`, `job.py` and the routes write plain JSON, and no field may be missing
here or there.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class _Reply(msgspec.Struct, forbid_unknown_fields=True):
    pass


class Model(_Reply):
    state: Literal["loading", "ready", "failed"]
    detail: str


class Status(_Reply):
    name: Literal["truthlens"]
    version: str
    api: int
    model: Model
    pairing_open: bool


class Paired(_Reply):
    token: str
    origin: str


class Error(_Reply):
    code: str
    message: str
    remedy: str


class Refusal(_Reply):
    error: Error


class Progress(_Reply):
    id: str
    state: Literal["queued", "working", "cancelled"]
    stage: str
    stage_title: str
    progress: Share


class Failed(_Reply):
    id: str
    state: Literal["failed"]
    stage: str
    stage_title: str
    progress: Share
    error: Error


class Ended(_Reply):
    id: str
    state: Literal["queued", "working", "cancelled", "forgotten"]


class Link(_Reply):
    text: str
    url: str


class Article(_Reply):
    title: str
    url: str
    canonical_url: str
    byline: str
    published: str
    modified: str
    outlet: str
    language: str
    extracted_by: str
    text: str
    words: Count
    paragraphs: Count
    links: list[Link]
    labels: list[str]


class TextQuoteSelector(_Reply, tag_field="type"):
    exact: str
    prefix: Annotated[str, msgspec.Meta(max_length=32)]
    suffix: Annotated[str, msgspec.Meta(max_length=32)]


class TextPositionSelector(_Reply, tag_field="type"):
    """Counts code points of the article's text."""

    start: Count
    end: Count


class Target(_Reply):
    source: str
    selector: list[TextQuoteSelector | TextPositionSelector]


class Wording(_Reply):
    plainer: str
    lost: str


class Similar(_Reply):
    phrase: str
    closeness: Annotated[float, msgspec.Meta(ge=-1.001, le=1.001)]  # a cosine in float32


class Body(_Reply, tag_field="type", tag="Dataset"):
    """``utf16_start`` and ``utf16_end`` count UTF-16 units of the article's text, as JavaScript does."""

    indicator: str
    indicator_title: str
    colour: str
    voice: Literal["own", "quote", "attributed", "headline"]
    speaker: str
    verb: str
    score: Share
    strength: Literal["strong", "clear", "slight"]
    message: str
    paragraph: Count
    sentence: Count
    utf16_start: Count
    utf16_end: Count
    wording: Wording | None
    similar: list[Similar]


class Annotation(_Reply, tag_field="type"):
    """A W3C Web Annotation."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = msgspec.field(name="@context")
    id: str
    motivation: Literal["assessing"]
    target: Target
    body: Body


class Evidence(_Reply):
    exact: str
    prefix: str
    suffix: str
    paragraph: Count
    start: Count
    end: Count
    utf16_start: Count
    utf16_end: Count
    note: str


class Statement(_Reply):
    text: str
    evidence: Annotated[list[Evidence], msgspec.Meta(min_length=1)]


class Cell(_Reply):
    text: str
    evidence: list[Evidence]


class TextBlock(_Reply, tag_field="kind", tag="text"):
    statement: Statement


class ListBlock(_Reply, tag_field="kind", tag="list"):
    statements: list[Statement]


class MeterBlock(_Reply, tag_field="kind", tag="meter"):
    key: str
    title: str
    grade: Annotated[int, msgspec.Meta(ge=0, le=4)] | None
    unsure: bool
    line: str
    formula: str
    inputs: list[tuple[str, str]]
    evidence: list[Evidence]


class TableBlock(_Reply, tag_field="kind", tag="table"):
    columns: list[str]
    rows: list[list[Cell]]


class LinksBlock(_Reply, tag_field="kind", tag="links"):
    links: list[Link]


class QuoteBlock(_Reply, tag_field="kind", tag="quote"):
    text: str
    evidence: list[Evidence]


class NoteBlock(_Reply, tag_field="kind", tag="note"):
    text: str


class NothingBlock(_Reply, tag_field="kind", tag="nothing"):
    text: str


Block = TextBlock | ListBlock | MeterBlock | TableBlock | LinksBlock | QuoteBlock | NoteBlock | NothingBlock


class SectionReply(_Reply):
    key: str
    title: str
    placement: Literal["strip", "report"]
    blocks: list[Block]


class Counts(_Reply):
    words: Count
    sentences: Count
    findings: Count
    by_indicator: dict[str, Count]
    by_voice: dict[str, Count]


class Problem(_Reply):
    code: str
    message: str


class ReportReply(_Reply):
    counts: Counts
    sections: list[SectionReply]
    problems: list[Problem]


class Done(_Reply):
    """A finished analysis."""

    id: str
    state: Literal["done"]
    stage: str
    stage_title: str
    progress: Share
    article: Article
    annotations: list[Annotation]
    report: ReportReply
    versions: dict[str, str]
    timings_ms: dict[str, float]


class CatalogueIndicator(_Reply):
    key: str
    title: str
    describes: str
    colour: str


class CatalogueSection(_Reply):
    key: str
    title: str
    order: int
    placement: Literal["strip", "report"]


class Titled(_Reply):
    key: str
    title: str


class Catalogue(_Reply):
    indicators: list[CatalogueIndicator]
    sections: list[CatalogueSection]
    voices: list[Titled]
    stages: list[Titled]
