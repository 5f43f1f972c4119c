"""What stands inside quotation marks, and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from truthlens.voices.quotation import quotations


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and left.", ["“no”"]),
        ('He said "no" and left.', ['"no"']),
        ("He said 'no' and left.", ["'no'"]),
        ("She called it ‘a win’.", ["‘a win’"]),
        ("“He told me ‘go’ twice,” she said.", ["“He told me ‘go’ twice,”"]),
        ("‘He said “go” twice,’ she said.", ["‘He said “go” twice,’"]),
        ("Don’t touch the workers’ rights or the ’90s.", []),
        ("It’s John O'Neil's dogs' bowl.", []),
        ("the ‘workers’ rights’ bill", ["‘workers’ rights’"]),
        ("«Non», dit-il.", ["«Non»"]),
        ("„Nein“, sagte er.", ["„Nein“"]),
        ('A 6" pipe and a 5\'10" man.', []),
        ("“One. Two.” “Three.”", ["“One. Two.”", "“Three.”"]),
        ("(“inside”)", ["“inside”"]),
        ("", []),
        ("“He said ‘go,'” she said.", ["“He said ‘go,'”"]),
        ("“He never closed ‘this one,” she said.", ["“He never closed ‘this one,”"]),
        ("Talk ‘bout the ‘em and the ‘til.", []),
        ("The ‘D is a letter.", []),
        ('“He said "go" twice,” she said.', ['“He said "go" twice,”']),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "“The first one is left open.\n“The second one closes,” she said."
    assert quoted(text) == ["“The first one is left open.", "“The second one closes,”"]


def test_a_forgotten_mark_costs_one_sentence_only() -> None:
    assert quoted("He said “it is so. Then he left.\nNothing followed.") == ["“it is so."]


@given(st.text(st.sampled_from("a b.’‘“”\"'\n«»90s"), max_size=60))
def test_spans_are_ordered_and_never_overlap(text: str) -> None:
    spans = quotations(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for one, other in pairwise(spans):
        assert one.end <= other.start
