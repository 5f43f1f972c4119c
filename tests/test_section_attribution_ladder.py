"""How firmly each speaker is reported, and who alone is kept at a distance."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Listing, Nothing, Table


def blocks_of(analyser: Analyser, text: str) -> tuple[Block, ...]:
    report = analyser.analyse(Article(text=text))
    return {section.key: section.blocks for section in report.sections}["attribution_ladder"]


def test_rungs_are_counted(analyser: Analyser) -> None:
    (table,) = blocks_of(analyser, "Jo Roe said it rained. Jo Roe admitted that it had snowed.")
    assert isinstance(table, Table)
    assert table.columns == ("Who", "Admitted", "Said")
    assert [[cell.text for cell in row] for row in table.rows] == [["Jo Roe", "1", "1"]]


def test_one_who_claims_where_others_say(analyser: Analyser) -> None:
    text = "Jo Roe claimed that it rained. Ann Dahl said it snowed. Bo Lund said it froze."
    listing, _ = blocks_of(analyser, text)
    assert isinstance(listing, Listing)
    assert [statement.text for statement in listing.statements] == [
        "Jo Roe “claimed”; Ann Dahl “said”, Bo Lund “said”."
    ]


def test_a_paper_may_allege(analyser: Analyser) -> None:
    text = "The report alleged that it rained. Ann Dahl said it snowed. Bo Lund said it froze."
    assert [block.kind for block in blocks_of(analyser, text)] == ["table"]


def test_nobody_is_reported(analyser: Analyser) -> None:
    assert blocks_of(analyser, "It rained.") == (Nothing(text="nobody is reported with a verb of speech"),)
