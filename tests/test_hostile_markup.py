"""Bad markup of every kind does no harm: each case ends in time as an article or a refusal, and kills
no worker.

TRUTHLENS_HTML5LIB names a folder with html5lib's own cases, which are not ours to ship. They come with the
source of the package html5lib 1.1 (html5lib/tests/testdata), and as the repository html5lib-tests.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from markup_cases import generated, html5lib
from saved_page import PARAGRAPHS, page, paragraphs
from trust import tries
from truthlens.errors import ServiceError
from truthlens.extract.pool import ExtractionPool

HTML5LIB = os.environ.get("TRUTHLENS_HTML5LIB")
HARMLESS = {"an article", "no_article", "not_html"}


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=2) as given:
        yield given


def outcome(pool: ExtractionPool, html: str) -> str:
    try:
        pool.extract(html, "https://x.test/a")
    except ServiceError as error:
        return error.code
    return "an article"


def ended(pool: ExtractionPool, cases: Iterable[str]) -> tuple[Counter[str], list[str]]:
    """How the cases ended, each as a page of its own and within an article; and those that did harm."""
    pages = [
        made
        for case in cases
        for made in (case, page(paragraphs(*PARAGRAPHS[:3]) + case + paragraphs(*PARAGRAPHS[3:])))
    ]
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(lambda html: outcome(pool, html), pages))
    harm = [html for html, code in zip(pages, outcomes, strict=True) if code not in HARMLESS]
    return Counter(outcomes), harm


def test_no_state_of_the_parser_does_harm(
    pool: ExtractionPool, record_property: Callable[[str, object], None]
) -> None:
    cases = list(islice(generated(), 0, None, tries(37, 3)))  # no divisor of the rest: all states come up
    counts, harm = ended(pool, cases)
    assert harm == []
    assert counts["an article"] > len(cases) // 2
    record_property("tried", len(cases))


@pytest.mark.skipif(not HTML5LIB, reason="TRUTHLENS_HTML5LIB names no folder")
def test_no_case_of_html5lib_does_harm(
    pool: ExtractionPool, record_property: Callable[[str, object], None]
) -> None:
    cases = list(islice(html5lib(Path(str(HTML5LIB))), 0, None, tries(10, 1)))
    assert cases
    counts, harm = ended(pool, cases)
    assert harm == []
    assert counts["an article"]
    record_property("tried", len(cases))
