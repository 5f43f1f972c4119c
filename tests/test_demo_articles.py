"""The demo articles with the real model: what an editor would surely mark, and what nobody should."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Finding, Report
from truthlens.extract.article import extract
from truthlens.seeds import articles_dir
from truthlens.server.admit import admit

pytestmark = pytest.mark.model
ARTICLES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(articles_dir().glob("*.toml"))
}
FOUND = 0.5
"""Share of the phrases to be flagged that must be found, over all articles: 33 of 60 with the first heads."""


@pytest.fixture(scope="module")
def reports(real_analyser: Analyser) -> dict[str, Report]:
    return {
        slug: real_analyser.analyse(
            admit(extract((articles_dir() / f"{slug}.html").read_text("utf-8"), about["url"]))
        )
        for slug, about in ARTICLES.items()
    }


def plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def touching(report: Report, phrase: str) -> list[Finding]:
    """Findings within the phrase or round it."""
    spans = [(plain(finding.span.of(report.article.text)), finding) for finding in report.findings]
    return [finding for text, finding in spans if text in plain(phrase) or plain(phrase) in text]


@pytest.mark.parametrize("slug", ARTICLES)
def test_what_must_pass_is_not_marked(slug: str, reports: dict[str, Report]) -> None:
    for wanted in ARTICLES[slug].get("passes", []):
        assert touching(reports[slug], wanted["phrase"]) == [], wanted


def test_most_of_what_must_be_flagged_is_marked(reports: dict[str, Report]) -> None:
    wanted: list[tuple[str, dict[str, Any]]] = [
        (slug, flag) for slug, about in ARTICLES.items() for flag in about.get("flags", [])
    ]
    found = [flag for slug, flag in wanted if touching(reports[slug], flag["phrase"])]
    assert len(found) >= FOUND * len(wanted)


@pytest.mark.parametrize("slug", ["rate-decision", "pressing-analysis"])
def test_plain_reporting_gets_no_mark_at_all(slug: str, reports: dict[str, Report]) -> None:
    assert reports[slug].findings == ()
    report = {section.key: section.blocks for section in reports[slug].sections}
    assert [block.kind for block in report["manipulative_elements"]] == ["nothing"]


@pytest.mark.parametrize("slug", ARTICLES)
def test_nothing_goes_wrong(slug: str, reports: dict[str, Report]) -> None:
    assert reports[slug].problems == ()


def test_the_arms_story_is_marked_where_the_outlet_speaks(reports: dict[str, Report]) -> None:
    report = reports["arms-transfers"]
    voices = {finding.span.of(report.article.text): finding.voice for finding in report.findings}
    assert voices["massive"] == "own"
    assert any("stunning" in phrase and voice == "own" for phrase, voice in voices.items())
    assert any("overwhelming" in phrase and voice == "own" for phrase, voice in voices.items())
