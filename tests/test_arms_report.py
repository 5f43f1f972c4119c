"""The article that another system reported on: its own-voice wording and the quoted one are told apart."""

from __future__ import annotations

import pytest
from measuring_data import DATA
from truthlens.analyse import Analyser
from truthlens.domain import Meter, Report
from truthlens.intake import article_of_text

STORY = DATA.parent / "seed" / "north-korea-report.txt"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not STORY.exists(), reason="the article is not part of the repository; ../shared/seed holds it"
    ),
]


@pytest.fixture(scope="module")
def report(real_analyser: Analyser) -> Report:
    body, headline, *_ = STORY.read_text("utf-8").split("\n")
    return real_analyser.analyse(article_of_text(body, title=headline))


def voices_of(report: Report, word: str) -> set[tuple[str, str]]:
    """Voice and speaker of each finding that holds the word."""
    return {
        (finding.voice, finding.speaker)
        for finding in report.findings
        if word in finding.span.of(report.article.text)
    }


@pytest.mark.parametrize("word", ["stunning", "overwhelming", "massive"])
def test_the_outlets_own_wording_is_charged_to_it(report: Report, word: str) -> None:
    assert voices_of(report, word) == {("own", "")}


def test_a_quoted_word_is_not(report: Report) -> None:
    found = voices_of(report, "terrorize")
    assert found
    assert {voice for voice, _ in found} == {"quote"}
    assert all("report" in speaker for _, speaker in found)


def test_the_headline_audit_sees_the_sum(report: Report) -> None:
    meters = {block.key: block for block in report.sections[0].blocks if isinstance(block, Meter)}
    assert meters["headline"].line == "14,000 is not stated in the text"
    assert meters["balance"].line.endswith("1 reply, worded against")
    assert report.problems == ()
