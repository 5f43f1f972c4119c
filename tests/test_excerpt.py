"""What is shown of a long sentence is a stretch of it, holds the place, and ends where a clause does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from truthlens.digest.excerpt import excerpt
from truthlens.domain import Span

LONG = (
    "The harbour board, which met twice in May, will close the north pier in June, "
    "while the ferries go on as before; nobody objected."
)


def shown(words: str, most: int) -> str:
    start = LONG.index(words)
    return excerpt(LONG, Span(start, start + len(words)), most).of(LONG)


def test_a_short_sentence_is_shown_whole() -> None:
    assert shown("will", 40) == LONG


def test_a_long_one_is_cut_at_its_clauses() -> None:
    assert shown("will", 8) == "will close the north pier in June"
    assert shown("nobody", 3) == "nobody objected."


def test_clauses_are_added_while_they_fit() -> None:
    assert shown("will", 14) == "will close the north pier in June, while the ferries go on as before"


def test_a_clause_without_a_break_is_cut_between_words() -> None:
    text = " ".join(f"word{number}" for number in range(50))
    place = Span(text.index("word30"), text.index("word30") + len("word30"))
    found = excerpt(text, place, 9).of(text)
    assert found.split()[0] == "word27"
    assert len(found.split()) == 9


@given(st.text(alphabet="ab ,;—-", min_size=1, max_size=80), st.data())
def test_the_place_is_always_in_it(text: str, data: st.DataObject) -> None:
    words = [index for index, character in enumerate(text) if character in "ab"]
    if not words:
        return
    at = data.draw(st.sampled_from(words))
    found = excerpt(text, Span(at, at + 1), 3)
    assert found.contains(Span(at, at + 1))
    assert found.end <= len(text)
