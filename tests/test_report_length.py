"""A report is shorter than its article, and its tables fit the panel: held on the demo articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from test_report_evidence import SEED, SLUGS, article_of
from truthlens.analyse import Analyser
from truthlens.domain import Block, Report
from truthlens.voices.quotation import quotations

LEAST = 480
"""Words that a report may have however short its article: each of some twenty sections answers in a line even
where it has nothing to tell, and whoever speaks is named.
"""
REPEATED = 5  # words of a quotation that stands in two places
COLUMNS, HEADING = 4, 24
"""Of a table in a panel that is 360 px wide; characters of a column's name."""


def printed(block: Block) -> Iterator[str]:
    """What a reader reads of a block, without headings, formulae and inputs.

    Not the article's own sentences, which the summary prints as they stand: it may have a quarter of them.
    """
    match block.kind:
        case "text":
            yield block.statement.text
        case "list":
            yield from (statement.text for statement in block.statements)
        case "note" | "nothing":
            yield block.text
        case "table":
            yield from (cell.text for row in block.rows for cell in row)
        case "meter":
            yield block.line
        case "bars":
            yield from (bar.label for bar in block.bars)
        case "graph":
            yield from (f"{edge.source} {edge.label} {edge.target}" for edge in block.edges)
        case "links":
            yield from (link.text for link in block.links)


def length(report: Report) -> int:
    """Words printed. What is quoted in two sections counts once."""
    blocks = [block for section in report.sections for block in section.blocks]
    seen, total = "", 0
    for text in (text for block in blocks for text in printed(block)):
        quoted = [span.of(text).strip(" “”.,") for span in quotations(text)]
        again = [said for said in quoted if len(said.split()) >= REPEATED and said in seen]
        total += len(text.split()) - sum(len(said.split()) for said in again)
        seen += f" {text}"
    return total


def is_shorter(report: Report) -> bool:
    return length(report) < max(LEAST, len(report.article.text.split()))


@pytest.fixture(scope="module")
def real(real_analyser: Analyser) -> Callable[[str], Report]:
    return cache(lambda slug: real_analyser.analyse(article_of(slug)))


@pytest.mark.parametrize("slug", [*SLUGS, SEED])
def test_by_rules_alone_a_report_is_shorter_than_its_article(
    slug: str, fake: tuple[object, Analyser]
) -> None:
    assert is_shorter(fake[1].analyse(article_of(slug)))


@pytest.mark.model
@pytest.mark.parametrize("slug", [*SLUGS, SEED])
def test_a_report_is_shorter_than_its_article(slug: str, real: Callable[[str], Report]) -> None:
    assert is_shorter(real(slug))


@pytest.mark.model
@pytest.mark.parametrize("slug", [*SLUGS, SEED])
def test_tables_fit_a_narrow_panel(slug: str, real: Callable[[str], Report]) -> None:
    for section in real(slug).sections:
        for block in section.blocks:
            if block.kind == "table":
                assert len(block.columns) <= COLUMNS, section.key
                assert max(map(len, block.columns)) <= HEADING, section.key
