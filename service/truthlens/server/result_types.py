"""The shapes inside a finished analysis: article, annotations, report (see `reply_types.py`)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Fields(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON object in which no field is optional and no other field occurs."""


class Link(Fields):
    text: str
    url: str


class Article(Fields):
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


class TextQuoteSelector(Fields, tag_field="type"):
    exact: str
    prefix: Annotated[str, msgspec.Meta(max_length=32)]
    suffix: Annotated[str, msgspec.Meta(max_length=32)]


class TextPositionSelector(Fields, tag_field="type"):
    """Counts code points of the article's text."""

    start: Count
    end: Count


class Target(Fields):
    source: str
    selector: list[TextQuoteSelector | TextPositionSelector]


class Wording(Fields):
    plainer: str
    lost: str


class Similar(Fields):
    phrase: str
    closeness: Annotated[float, msgspec.Meta(ge=-1.001, le=1.001)]  # a cosine in float32


class Body(Fields, tag_field="type", tag="Dataset"):
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


class Annotation(Fields, tag_field="type"):
    """A W3C Web Annotation."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = msgspec.field(name="@context")
    id: str
    motivation: Literal["assessing"]
    target: Target
    body: Body


class Evidence(Fields):
    """``other`` is the id of a saved analysis when the place is in another article, "" for this one."""

    exact: str
    prefix: str
    suffix: str
    paragraph: Count
    start: Count
    end: Count
    utf16_start: Count
    utf16_end: Count
    note: str
    other: str


class Statement(Fields):
    text: str
    evidence: Annotated[list[Evidence], msgspec.Meta(min_length=1)]


class Cell(Fields):
    text: str
    evidence: list[Evidence]


class TextBlock(Fields, tag_field="kind", tag="text"):
    statement: Statement


class ListBlock(Fields, tag_field="kind", tag="list"):
    statements: list[Statement]


class MeterBlock(Fields, tag_field="kind", tag="meter"):
    key: str
    title: str
    grade: Annotated[int, msgspec.Meta(ge=0, le=4)] | None
    unsure: bool
    line: str
    formula: str
    inputs: list[tuple[str, str]]
    evidence: list[Evidence]


class TableBlock(Fields, tag_field="kind", tag="table"):
    columns: list[str]
    rows: list[list[Cell]]


class LinksBlock(Fields, tag_field="kind", tag="links"):
    links: list[Link]


class QuoteBlock(Fields, tag_field="kind", tag="quote"):
    text: str
    evidence: list[Evidence]


class NoteBlock(Fields, tag_field="kind", tag="note"):
    text: str


class NothingBlock(Fields, tag_field="kind", tag="nothing"):
    text: str


class Bar(Fields):
    label: str
    amounts: list[tuple[Literal["own", "quote", "attributed", "headline"], Count]]
    evidence: list[Evidence]


class BarsBlock(Fields, tag_field="kind", tag="bars"):
    """A bar chart; ``whole`` is what all bars are shares of, 0 when they are none."""

    unit: str
    whole: Count
    bars: list[Bar]


class Edge(Fields):
    source: str
    target: str
    label: str
    evidence: Annotated[list[Evidence], msgspec.Meta(min_length=1)]


class GraphBlock(Fields, tag_field="kind", tag="graph"):
    nodes: list[str]
    edges: list[Edge]


Block = (
    TextBlock
    | ListBlock
    | MeterBlock
    | TableBlock
    | LinksBlock
    | QuoteBlock
    | NoteBlock
    | NothingBlock
    | BarsBlock
    | GraphBlock
)


class SectionReply(Fields):
    key: str
    title: str
    placement: Literal["strip", "report"]
    blocks: list[Block]


class Counts(Fields):
    words: Count
    sentences: Count
    findings: Count
    by_indicator: dict[str, Count]
    by_voice: dict[str, Count]


class Problem(Fields):
    code: str
    message: str


class ReportReply(Fields):
    counts: Counts
    sections: list[SectionReply]
    problems: list[Problem]


class Result(Fields):
    """What an analysis says, without its state."""

    article: Article
    annotations: list[Annotation]
    report: ReportReply
    versions: dict[str, str]
    timings_ms: dict[str, float]


class Done(Result):
    """A finished analysis."""

    id: str
    state: Literal["done"]
    stage: str
    stage_title: str
    progress: Share
