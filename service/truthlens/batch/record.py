"""What passes between the stages of a batch: a record as it stood in an input, and a fixed range of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from truthlens.errors import ServiceError

Stage = Literal["read", "fetch", "extract", "admit", "analyse"]
"""Where a record was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a record has no article: ``code`` is stable, ``message`` is for people."""

    stage: Stage
    code: str
    message: str

    @classmethod
    def of(cls, stage: Stage, error: ServiceError) -> Refusal:
        return cls(stage=stage, code=error.code, message=error.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``html`` or ``text`` holds the article; with ``fetch`` it is still to be had from ``url``. A record
    that could not be read has a ``refusal`` instead.

    ``name`` is what the input itself calls it (the id of a row, a file's name). ``outlet``, ``byline`` and
    ``published`` are what the input says; where it does, it outranks the page. ``captured`` is when an
    archive took the page.
    """

    source: int = 0
    number: int = 0
    name: str = ""
    url: str = ""
    html: str = ""
    text: str = ""
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    captured: str = ""
    fetch: bool = False
    refusal: Refusal | None = None

    @property
    def id(self) -> str:
        """Unique in a run, and the same in every run over the same inputs."""
        return f"{self.source:04d}-{self.number:08d}"

    def refused(self, refusal: Refusal) -> Record:
        """The same record without its content."""
        return replace(self, html="", text="", fetch=False, refusal=refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A fixed range of the records of one source; ``last`` when it ends it. ``weight`` is the share of the
    source's bytes that it covers, for the progress bar alone.
    """

    source: int
    index: int
    last: bool
    weight: int
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        return f"{self.source:04d}-{self.index:06d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What the journal keeps of a part whose tables are written. ``written`` counts bytes of Parquet."""

    source: int
    index: int
    last: bool
    weight: int
    records: int
    articles: int
    errors: int
    words: int
    written: int

    @property
    def name(self) -> str:
        return f"{self.source:04d}-{self.index:06d}"
