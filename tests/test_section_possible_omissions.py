"""Questions that a text leaves open: few, with their places, and none of plain wire copy."""

from __future__ import annotations

from dataclasses import replace

from truthlens.analyse import Analyser
from truthlens.domain import Article, Link, Listing, Nothing

PLAIN = (
    "The council adopted the budget on Tuesday. Mayor Jo Roe said taxes would stay. Ann Dahl, a teacher, "
    "said she had hoped for more. Economist Bo Lund said the plan was sound."
)


def questions(analyser: Analyser, article: Article) -> list[str]:
    report = analyser.analyse(article)
    (block,) = {section.key: section.blocks for section in report.sections}["possible_omissions"]
    return [statement.text for statement in block.statements] if isinstance(block, Listing) else []


def test_plain_copy_leaves_none(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text=PLAIN))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["possible_omissions"] == (Nothing(text="every question that can be checked is answered"),)


def test_an_accused_party_without_an_answer(analyser: Analyser) -> None:
    article = Article(text="France has violated the treaty, the report alleged.")
    assert questions(analyser, article)[0] == "How does France answer?"


def test_one_answer_for_two_is_asked_after(analyser: Analyser) -> None:
    text = "Both France and Peru violated the pact, the report alleged. Both countries denied that."
    assert "Where do France and Peru speak for themselves?" in questions(analyser, Article(text=text))


def test_a_figure_that_the_text_lacks(analyser: Analyser) -> None:
    article = Article(text="50 boats sold\nIt rained.", title="50 boats sold")
    assert questions(analyser, article) == ["Where does the headline have “50 boats” from?"]


def test_only_officials_speak(analyser: Analyser) -> None:
    text = "Mayor Jo Roe said it rained. Minister Bo Lund said it snowed. Senator Ann Dahl said it froze."
    assert questions(analyser, Article(text=text)) == [
        "Does any expert speak, or anybody affected, besides Mayor Jo Roe and Minister Bo Lund?"
    ]


def test_somebody_of_no_known_role_may_be_anybody(analyser: Analyser) -> None:
    text = "Mayor Jo Roe said it rained. Minister Bo Lund said it snowed. Ida Moe said it froze."
    assert questions(analyser, Article(text=text)) == []


def test_one_source_is_asked_after_but_not_in_an_interview(analyser: Analyser) -> None:
    text = "The report said it rained. The report said it snowed. The report said it froze."
    assert questions(analyser, Article(text=text)) == ["Who else bears out what the report says?"]
    assert questions(analyser, Article(text=text, labels=("interview",))) == []


def test_nobody_is_named_for_a_claim(analyser: Analyser) -> None:
    text = f"{PLAIN} The bridge is widely seen as unsafe by now."
    assert questions(analyser, Article(text=text)) == ["Who says it? “is widely seen as unsafe by now”"]


def test_a_paper_without_a_link(analyser: Analyser) -> None:
    article = Article(text=f"{PLAIN} The audit found that prices fell.", extracted_by="trafilatura")
    assert questions(analyser, article) == ["Where can the audit be read? It is not linked."]
    linked = replace(article, links=(Link("audit of the town", "https://example.test/audit"),))
    assert questions(analyser, linked) == []
    handed_in = replace(article, extracted_by="text")
    assert questions(analyser, handed_in) == []
