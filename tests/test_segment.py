"""Sentences have exact spans, and nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from truthlens.domain import Article
from truthlens.segment import segment


def texts(text: str, title: str = "") -> list[str]:
    return [sentence.text for sentence in segment(Article(text=text, title=title))]


PIECES = st.sampled_from(
    [
        "Dr. Roe said no. ",
        "It is 3.5 p.m. now. ",
        "“Why?” ",
        "😀 ",
        "U.S. ",
        "\n",
        "e.g. this, ",
        "’tis ",
        "x",
        "\u00a0",
        "…",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_spans_are_exact_and_cover_everything_but_white_space(text: str) -> None:
    sentences = segment(Article(text=text))
    for sentence in sentences:
        assert sentence.span.of(text) == sentence.text
        assert sentence.text == sentence.text.strip() != ""
    covered = "".join(sentence.text for sentence in sentences)
    assert "".join(covered.split()) == "".join(text.split())
    assert [sentence.index for sentence in sentences] == list(range(len(sentences)))


def test_headline_stays_one_sentence() -> None:
    assert texts("Who did it? Nobody knows\nIt rained.", "Who did it? Nobody knows") == [
        "Who did it? Nobody knows",
        "It rained.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Mark Roe met John F. Doe. They left.", ["Gen. Mark Roe met John F. Doe.", "They left."]),
        ("He came at 3.5 km. She ran.", ["He came at 3.5 km.", "She ran."]),
        ("“It is bad. It is worse.” She left.", ["“It is bad.", "It is worse.”", "She left."]),
        ('"Is it so?" he asked. "Yes."', ['"Is it so?" he asked.', '"Yes."']),
        ("One.\n\nTwo.", ["One.", "Two."]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_paragraphs_are_counted_without_empty_lines() -> None:
    sentences = segment(Article(text="One. Two.\n\n  \nThree."))
    assert [sentence.paragraph for sentence in sentences] == [0, 0, 1]
