"""How whoever is accused answers, and what the section says of it."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Nothing, Table
from truthlens.ledgers.replies import answers

CHARGE = "A report said France has violated the treaty. "


def kinds(analyser: Analyser, text: str) -> list[str]:
    return [answer.kind for answer in answers(analyser.reading(Article(text=text)), ())]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("France said: “We kept to every word of it.”", "quoted"),
        ("France denied that it had broken any promise.", "denied"),
        ("Paris said its planes had stayed at home.", "paraphrased"),
        ("France declined to comment.", "declined"),
        ("France did not respond to questions.", "asked"),
        ("Peru denied that it rained.", "absent"),
        ("It rained.", "absent"),
    ],
)
def test_kinds_of_answer(analyser: Analyser, answer: str, kind: str) -> None:
    assert kinds(analyser, CHARGE + answer) == [kind]


def test_a_pronoun_answers_for_whoever_was_named_last(analyser: Analyser) -> None:
    text = "The panel accused Jo Roe of hiding the bill. She declined to comment."
    assert kinds(analyser, text) == ["declined"]


TOGETHER = (
    "Both France and Peru are violating the pact, the report alleged. Both countries have denied that boats "
    "were sold, despite clear evidence."
)


def test_one_answer_for_two_that_its_own_sentence_speaks_against(analyser: Analyser) -> None:
    found = answers(analyser.reading(Article(text=TOGETHER)), ())
    assert [(a.accused.name, a.kind, a.shared) for a in found] == [
        ("France", "denied", ("Peru",)),
        ("Peru", "denied", ("France",)),
    ]
    assert [span.of(TOGETHER) for a in found for span in a.undercut] == ["despite clear evidence"] * 2


def rows(analyser: Analyser, text: str) -> list[list[str]]:
    report = analyser.analyse(Article(text=text))
    (table,) = {section.key: section.blocks for section in report.sections}["replies"]
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.rows]


def test_the_section_says_it_once(analyser: Analyser) -> None:
    ((accused, charge, answer),) = rows(analyser, TOGETHER)
    assert (accused, charge) == ("France, Peru", "“violating the pact”")
    assert answer == (
        "the same for both: “Both countries have denied that boats were sold”, "
        "beside “despite clear evidence”"
    )


def test_who_answers_apart_stands_apart(analyser: Analyser) -> None:
    text = "Both France and Peru are violating the pact, the report alleged. France denied that. It rained."
    assert [(accused, answer) for accused, _, answer in rows(analyser, text)] == [
        ("France", "denied in one clause"),
        ("Peru", "no answer in the text"),
    ]


def test_nobody_accused_is_an_answer(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text="The council met. The mayor said it rained."))
    blocks = {section.key: section.blocks for section in report.sections}
    assert blocks["replies"] == (Nothing(text="no accusation against a named party was found"),)


def test_no_answer_names_the_charge(analyser: Analyser) -> None:
    text = "France has violated the treaty, the report alleged."
    assert rows(analyser, text) == [["France", "“violated the treaty”", "no answer in the text"]]
