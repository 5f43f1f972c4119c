"""The types everything else speaks in. No I/O, no numpy, no Flask; offsets are code points, half-open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Voice = Literal["own", "quote", "attributed", "headline"]
"""Whose words: the outlet's, inside quotation marks, reported without marks, or the headline."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in ``Article.text``. Raises ValueError unless 0 <= start <= end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end}: expected 0 <= start <= end")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. ``text`` holds the headline first (when there is one), then the paragraphs, each on a
    line of its own ("\\n" between them), so that there is one offset space for everything.
    """

    text: str
    title: str = ""
    url: str = ""
    canonical_url: str = ""
    byline: str = ""
    published: str = ""  # ISO 8601 date or date-time as the page gives it, "" when it gives none
    modified: str = ""
    outlet: str = ""
    language: str = ""  # ISO 639-1
    extracted_by: str = "text"  # trafilatura · readability · jsonld · text (handed in as plain text)
    links: tuple[Link, ...] = ()  # links inside the article's own text
    labels: tuple[str, ...] = ()  # what the page says of itself: "opinion", "sponsored", "live", "ai", …

    @property
    def headline(self) -> Span | None:
        """Where the headline stands in ``text``; None when the article came without one."""
        if self.title and self.text.startswith(self.title):
            return Span(0, len(self.title))
        return None


@dataclass(frozen=True, slots=True)
class Sentence:
    """``article.text[span.start:span.end] == text``. ``paragraph`` counts lines from 0, the
    headline being one.
    """

    index: int
    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """A stretch of text with one voice. Together they cover every sentence without gap or overlap."""

    span: Span
    voice: Voice
    speaker: str = ""  # as the article names it; "" when it does not
    verb: str = ""  # the reporting verb the article uses
    speaker_span: Span | None = None  # where the speaker is named beside these words, perhaps as "he"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place in the article that a statement rests on.

    ``other`` is the id of a saved analysis when the place is in another article, "" for this one.
    """

    span: Span
    note: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A seed example that the finding is close to; ``closeness`` is a cosine, -1..1."""

    phrase: str
    closeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A plainer wording for a span: what to put there ("" deletes it) and what is lost by it."""

    plainer: str
    lost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One claim about wording. ``score`` is the probability 0..1 that an annotator would mark the span."""

    indicator: str
    span: Span
    score: float
    sentence: int
    message: str
    voice: Voice = "own"
    speaker: str = ""
    verb: str = ""
    similar: tuple[Similar, ...] = ()
    wording: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the report with the places it rests on. Raises ValueError without evidence."""

    text: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"statement without evidence: {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph of the report."""

    statement: Statement
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Statements under one another."""

    statements: tuple[Statement, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One part of the credibility summary.

    ``grade`` counts filled steps 0..4, None when the part cannot be judged; ``unsure`` hatches the last one.
    ``line`` is the reason in at most ten words; ``formula`` and ``inputs`` let a reader work it out again.
    """

    key: str
    title: str
    grade: int | None
    line: str
    formula: str
    inputs: tuple[tuple[str, str], ...]
    unsure: bool = False
    evidence: tuple[Evidence, ...] = ()
    kind: Literal["meter"] = "meter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    links: tuple[Link, ...]
    kind: Literal["links"] = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The article's own words, set in the reading face."""

    text: str
    evidence: tuple[Evidence, ...]
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words of ours that claim nothing about the article (what was not checked, how to read a table)."""

    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """An answer, not a gap: `nothing found`, `not discussed in the article`."""

    text: str
    kind: Literal["nothing"] = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart, split by whose words: ``amounts`` holds a count for each voice that has one."""

    label: str
    amounts: tuple[tuple[Voice, int], ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A small bar chart. ``unit`` says what is counted ("sentences"), ``whole`` of how many (0: no share)."""

    unit: str
    bars: tuple[Bar, ...]
    whole: int = 0
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``source`` does ``label`` to ``target``; both are labels of nodes."""

    source: str
    target: str
    label: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Who does what to whom, as a small picture; whoever cannot see it reads ``edges`` as a list."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    kind: Literal["graph"] = "graph"


Block = Text | Listing | Meter | Table | Links | Quote | Note | Nothing | Bars | Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionResult:
    """A section as built for one article. ``placement`` "strip" stands on top of the panel."""

    key: str
    title: str
    placement: Literal["strip", "report"]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be done, said in the report instead of ending the analysis."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    article: Article
    sentences: tuple[Sentence, ...]
    voices: tuple[Voiced, ...]
    findings: tuple[Finding, ...]
    sections: tuple[SectionResult, ...]
    problems: tuple[Problem, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)  # what computed it: digests by name
    timings_ms: dict[str, float] = field(default_factory=dict)  # milliseconds by stage
