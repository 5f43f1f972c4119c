"""The article that another system reported on: none of that system's errors stands in our report of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from measuring_data import DATA
from truthlens.analyse import Analyser
from truthlens.domain import Block, Meter, Report, Statement, Table
from truthlens.server.intake import article_of_text

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


def blocks(report: Report, key: str) -> tuple[Block, ...]:
    return next(section.blocks for section in report.sections if section.key == key)


def table(report: Report, key: str) -> list[list[str]]:
    found = next(block for block in blocks(report, key) if isinstance(block, Table))
    return [[cell.text for cell in row] for row in found.rows]


def statements(report: Report) -> Iterator[Statement]:
    for section in report.sections:
        for block in section.blocks:
            if block.kind == "text":
                yield block.statement
            elif block.kind == "list":
                yield from block.statements


def words_of_ours(report: Report) -> Iterator[str]:
    """Everything the report says, whether or not it is a statement."""
    yield from (statement.text for statement in statements(report))
    for section in report.sections:
        for block in section.blocks:
            if block.kind == "table":
                yield from (cell.text for row in block.rows for cell in row)
            elif block.kind == "meter":
                yield block.line
            elif block.kind in ("note", "nothing", "quote"):
                yield block.text
            elif block.kind == "bars":
                yield from (bar.label for bar in block.bars)
            elif block.kind == "graph":
                yield from (f"{edge.source} {edge.label} {edge.target}" for edge in block.edges)


def voices_of(report: Report, word: str) -> set[tuple[str, str]]:
    """Voice and speaker of each finding that holds the word."""
    return {
        (finding.voice, finding.speaker)
        for finding in report.findings
        if word in finding.span.of(report.article.text)
    }


def test_nothing_goes_wrong(report: Report) -> None:
    assert report.problems == ()


def test_no_date_is_invented(report: Report) -> None:
    """3,000 came in "the early months of this year"; 2024 is the year of the rounds of artillery."""
    quoted = {sentence.text for sentence in report.sentences}
    for said in words_of_ours(report):
        if not any(sentence in said for sentence in quoted):
            assert not ("2024" in said and "3,000" in said), said


@pytest.mark.parametrize("figure", ["9 million", "11,000", "100 ballistic missiles"])
def test_no_qualifier_is_lost(report: Report, figure: str) -> None:
    qualifier = {"9": "as many as", "11,000": "more than", "100": "at least"}[figure.partition(" ")[0]]
    for statement in statements(report):
        if figure in statement.text:
            assert f"{qualifier} {figure}" in statement.text, statement.text


@pytest.mark.parametrize(
    "word",
    [
        r"approximately",
        r"terrorist",
        r"civilian casualties",
        r"inten(?:t|tion|tions|ded)",
        r"agenda",
        r"manipulative",
        r"designed to",
        r"divert",
        r"narrative",
        r"investors",
        r"stock prices",
    ],
)
def test_what_that_system_invented_is_not_said(report: Report, word: str) -> None:
    for said in words_of_ours(report):
        assert not re.search(rf"\b{word}\b", said, re.IGNORECASE), said


def test_reports_say_no_may_or_might_of_their_own(report: Report) -> None:
    """18 of that system's 26 sentences hedge; ours hold a hedge only where the article has it."""
    for statement in statements(report):
        evidence = " ".join(item.span.of(report.article.text) for item in statement.evidence)
        for hedge in re.findall(r"\b(?:may|might|could|suggests?|appears?|seems?)\b", statement.text):
            assert hedge in evidence, statement.text


@pytest.mark.parametrize("word", ["stunning", "overwhelming", "massive"])
def test_the_outlets_own_wording_is_charged_to_it(report: Report, word: str) -> None:
    assert voices_of(report, word) == {("own", "")}


def test_a_quoted_word_is_not(report: Report) -> None:
    found = voices_of(report, "terrorize")
    assert found
    assert {voice for voice, _ in found} == {"quote"}
    assert all("report" in speaker for _, speaker in found)
    for statement in statements(report):
        if "terrorize" in statement.text:
            assert "in the outlet’s own words" not in statement.text


def test_the_number_ledger_keeps_every_figure_whole(report: Report) -> None:
    found = {row[0] for row in table(report, "numbers")}
    assert {
        "as many as 9 million rounds of artillery and ammunition, in 2024",
        "more than 11,000 troops, last year",
        "another 3,000 troops, in the early months of this year",
        "at least 100 ballistic missiles",
        "millions of munitions, over the past year",
        "11 United Nations members",
    } <= found


def test_a_list_that_ends_in_the_report_found_is_the_reports(report: Report) -> None:
    whose = {row[0]: row[1] for row in table(report, "numbers")}
    assert {name for figure, name in whose.items() if "11 United" not in figure} == {"a new report"}
    assert whose["11 United Nations members"] == ""


def test_the_headline_audit_sees_the_sum_and_the_dropped_qualifiers(report: Report) -> None:
    said = next(block for block in blocks(report, "headline_audit") if block.kind == "list")
    assert [statement.text for statement in said.statements] == [
        "14,000 troops: not stated; “more than 11,000 troops” and “another 3,000 troops” add up to it, "
        "without “more than”.",
        "100 ballistic missiles: the text says “at least 100 ballistic missiles”.",
    ]


def test_the_credibility_summary_says_so_in_a_line(report: Report) -> None:
    meters = {block.key: block for block in blocks(report, "conclusion") if isinstance(block, Meter)}
    assert meters["headline"].line == "14,000 is not stated in the text"
    assert meters["balance"].line.endswith("1 reply, worded against")
    assert meters["sourcing"].line.startswith("5 named sources; one carries")


def test_both_accused_states_answer_in_one_clause_that_is_undercut(report: Report) -> None:
    ((accused, charge, answer),) = table(report, "replies")
    assert accused == "Russia, North Korea"
    assert charge.startswith("“violating the UN arms embargo")
    assert answer == (
        "the same for both: “Both countries have denied that Pyongyang is supplying arms to Moscow”, beside "
        "“despite overwhelming evidence”"
    )


def test_one_source_carries_most(report: Report) -> None:
    name, role, sentences, _ = table(report, "sources")[0]
    assert (name, role) == ("a new report by an international watchdog", "document")
    assert int(sentences.split("(")[1].rstrip("%)")) > 50
    (block,) = blocks(report, "possible_omissions")
    assert block.kind == "list"
    assert "Who else bears out what a new report says?" in [each.text for each in block.statements]


def test_arrows_say_whose_words_they_are(report: Report) -> None:
    graph = next(block for block in blocks(report, "geopolitical_context") if block.kind == "graph")
    drawn = {(edge.source, edge.label, edge.target) for edge in graph.edges}
    assert {
        ("North Korea", "sent, according to a new report", "Russia"),
        ("North Korea", "helped, a new report details", "Russia"),
        ("Russia", "provided, the report said", "North Korea"),
        ("11 states", "urged", "North Korea"),
        ("Russia", "may be close to sharing, the US warned", "North Korea"),
    } <= drawn


def test_alleged_stays_alleged(report: Report) -> None:
    rows = {row[0]: row[1] for row in table(report, "attribution_ladder")}
    assert rows["alleged"] == "a new report “alleged”"
    for statement in statements(report):
        if "evade sanctions" in statement.text:
            assert "alleged" in statement.text


def test_the_questions_are_few(report: Report) -> None:
    (block,) = blocks(report, "possible_omissions")
    assert block.kind == "list"
    assert 3 <= len(block.statements) <= 8


def test_no_ai_use_is_claimed(report: Report) -> None:
    assert [block.kind for block in blocks(report, "use_of_ai")] == ["nothing", "note"]


def test_markets_are_not_mentioned(report: Report) -> None:
    (block,) = blocks(report, "market_effects")
    assert block.kind == "nothing"
    assert block.text == "The article does not mention markets."
