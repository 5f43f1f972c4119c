"""The page's own label first; without one, counts and no verdict."""

from __future__ import annotations

import pytest
from planted import planted
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Note, Nothing, Table
from truthlens.sections.genre import SECTION

TEXT = "I met the crew. The pier closed. The ferry left. The rain came. The port slept."


def build(analyser: Analyser, article: Article, opinions: tuple[int, ...] = ()) -> list[Block]:
    reading = planted(analyser.reading(article), "mode", "opinion", dict.fromkeys(opinions, 0.9))
    return list(SECTION.build(reading, ()))


@pytest.mark.parametrize("label", ["opinion", "analysis", "interview", "live", "satire", "sponsored"])
def test_a_label_is_repeated_and_nothing_is_guessed(analyser: Analyser, label: str) -> None:
    found = build(analyser, Article(text=TEXT, labels=(label, "paywalled"), extracted_by="jsonld"))
    assert found == [Note(text=f"The page calls it: {label}.")]


def test_without_a_label_its_wording_is_counted_where_much_of_it_tells(analyser: Analyser) -> None:
    quiet, table = build(analyser, Article(text=TEXT, extracted_by="jsonld"), (1, 2))
    assert quiet == Nothing(text="the page carries no label")
    assert isinstance(table, Table)
    assert table.columns == ("Its own sentences", "Of 5")
    assert [[cell.text for cell in row] for row in table.rows] == [["read as opinion", "2 (40%)"]]
    assert [place.span.of(TEXT) for place in table.rows[0][0].evidence] == [
        "The pier closed.",
        "The ferry left.",
    ]


def test_plain_wording_is_one_line(analyser: Analyser) -> None:
    """One sentence of five is in the first person."""
    assert build(analyser, Article(text=TEXT)) == [Nothing(text="no label: plain text")]


def test_a_few_sentences_say_nothing(analyser: Analyser) -> None:
    assert build(analyser, Article(text="I met the crew.")) == [Nothing(text="no label: plain text")]


def test_quoted_sentences_are_not_its_own(analyser: Analyser) -> None:
    text = TEXT + " “I was there with my boat all night and I saw it,” Ann Mali said."
    table = build(analyser, Article(text=text), (1, 2))[1]
    assert isinstance(table, Table)
    assert table.columns[1] == "Of 5"
