"""How firmly each speaker is reported, and who alone is kept at a distance."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Listing, Nothing, Table


def blocks_of(analyser: Analyser, text: str) -> tuple[Block, ...]:
    report = analyser.analyse(Article(text=text))
    return {section.key: section.blocks for section in report.sections}["attribution_ladder"]


def rows(block: Block) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[cell.text for cell in row] for row in block.rows]


def test_a_row_for_each_rung_but_said(analyser: Analyser) -> None:
    text = "Jo Roe said it rained. Jo Roe admitted that it had snowed. Ann Dahl conceded that it froze."
    (table,) = blocks_of(analyser, text)
    assert rows(table) == [["admitted", "Jo Roe “admitted”, Ann Dahl “conceded”"]]
    assert isinstance(table, Table)
    assert "Jo Roe admitted that it had snowed." in [
        place.span.of(text) for place in table.rows[0][1].evidence
    ]


def test_plain_verbs_are_one_line(analyser: Analyser) -> None:
    text = "Jo Roe said it rained. Ann Dahl told reporters it snowed."
    assert blocks_of(analyser, text) == (Nothing(text="all are reported with “said” or its like"),)


def test_one_who_claims_where_others_say_is_told_once(analyser: Analyser) -> None:
    text = "Jo Roe claimed that it rained. Ann Dahl said it snowed. Bo Lund said it froze."
    (listing,) = blocks_of(analyser, text)
    assert isinstance(listing, Listing)
    assert [statement.text for statement in listing.statements] == [
        "Jo Roe “claimed” where Ann Dahl “said” and Bo Lund “said”."
    ]


def test_a_paper_may_allege(analyser: Analyser) -> None:
    text = "The report alleged that it rained. Ann Dahl said it snowed. Bo Lund said it froze."
    (table,) = blocks_of(analyser, text)
    assert rows(table) == [["alleged", "The report “alleged”"]]


def test_nobody_is_reported(analyser: Analyser) -> None:
    assert blocks_of(analyser, "It rained.") == (Nothing(text="nobody is reported with a verb of speech"),)
