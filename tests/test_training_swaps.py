"""Twins of training sentences: another group, the same wording, the same labels."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from truthlens import symmetry
from truthlens.domain import Span
from truthlens.heads import words
from truthlens.training.swaps import Swaps
from truthlens.training.task import Example
from truthlens.training.twins import twins

KINDS = {
    "party": (("Reds", "Red"), ("Blues", "Blue")),
    "country": (("Russia", "Moscow"), ("India", "New Delhi")),
}
FORMS = {form: other for pair in KINDS.values() for form, other in zip(pair[0], pair[1], strict=True)}
FORMS |= {other: form for form, other in FORMS.items()}
SWAPS = Swaps(KINDS)


def twin(text: str, *marks: str) -> tuple[str, list[str]]:
    """The twin of a text and what then stands in the spans of ``marks``."""
    found = SWAPS.twin(text, [(Span(text.index(m), text.index(m) + len(m)), m) for m in marks])
    assert found is not None
    return found[0], [span.of(found[0]) for span, _ in found[1]]


def test_with_two_members_the_other_one_takes_the_place() -> None:
    assert twin("The Reds lost.") == ("The Blues lost.", [])
    assert twin("One Blue voter.") == ("One Red voter.", [])


def test_all_forms_of_the_kind_are_swapped() -> None:
    assert twin("Reds say a Red is a Blue.")[0] == "Blues say a Blue is a Red."


def test_one_kind_at_a_time_is_swapped() -> None:
    text = "The Reds left Moscow for Russia."
    assert twin(text)[0] in ("The Blues left Moscow for Russia.", "The Reds left New Delhi for India.")


def test_the_draw_falls_on_each_kind() -> None:
    swapped = {("Blues" in twin(f"The Reds left Moscow on day {day}.")[0]) for day in range(20)}
    assert swapped == {True, False}


@pytest.mark.parametrize("text", ["", "It rained.", "The Redshank, infrared, Bluest.", "Moscowite"])
def test_who_names_nobody_has_no_twin(text: str) -> None:
    assert SWAPS.twin(text, []) is None


def test_forms_keep_their_capital_and_marks_around_them() -> None:
    assert twin("“moscow’s (Moscow), MOSCOW-based”")[0] == "“New Delhi’s (New Delhi), New Delhi-based”"
    swaps = Swaps({"gender": (("he", "his"), ("she", "her"))})
    found = swaps.twin("He and his dog: HE", [])
    assert found is not None
    assert found[0] == "She and her dog: She"


def test_spans_move_along() -> None:
    assert twin("A vile Moscow mob, vile.", "vile", "mob") == ("A vile New Delhi mob, vile.", ["vile", "mob"])
    assert twin("New Delhi and a mob", "mob") == ("Moscow and a mob", ["mob"])


def test_a_span_that_holds_a_form_holds_its_twin() -> None:
    assert twin("A vile Moscow mob.", "vile Moscow mob") == ("A vile New Delhi mob.", ["vile New Delhi mob"])
    assert twin("A vile Moscow mob.", "Moscow") == ("A vile New Delhi mob.", ["New Delhi"])


def test_an_edge_inside_a_form_goes_to_the_forms_edge() -> None:
    assert twin("The New Delhi mob.", "Delhi mob") == ("The Moscow mob.", ["Moscow mob"])
    assert twin("The New Delhi mob.", "The New") == ("The Moscow mob.", ["The Moscow"])


def test_spans_keep_their_names_and_order() -> None:
    spans = [(Span(9, 12), "b"), (Span(0, 4), "a"), (Span(9, 12), "c")]
    found = SWAPS.twin("Reds are mob", spans)
    assert found is not None
    assert [name for _, name in found[1]] == ["b", "a", "c"]


def test_a_sentence_has_one_twin_always() -> None:
    text = "The Reds left Moscow for Russia."
    assert Swaps(KINDS).twin(text, []) == Swaps(KINDS).twin(text, [])


def test_longer_forms_go_before_shorter_ones_within_them() -> None:
    swaps = Swaps(
        {"country": (("China", "Chinese people"), ("Iran", "Iranians")), "x": (("people",), ("folk",))}
    )
    for day in range(8):
        found = swaps.twin(f"Chinese people {day}", [])
        assert found is not None
        assert found[0] == f"Iranians {day}"


plain = st.text("ab é’-.,", max_size=8)
sentences = st.lists(st.tuples(plain, st.sampled_from(sorted(FORMS))), min_size=1, max_size=5)


@given(sentences, plain, st.data())
def test_nothing_outside_the_forms_changes(
    pieces: list[tuple[str, str]], end: str, data: st.DataObject
) -> None:
    text = "".join(f"{gap} {form} " for gap, form in pieces) + end
    inside = {
        index
        for match in re.finditer(rf"\b(?:{'|'.join(FORMS)})\b", text)
        for index in range(match.start(), match.end())
    }
    cut = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(cut, cut), max_size=5))
    places = [sorted(pair) for pair in drawn if pair[0] != pair[1]]
    found = SWAPS.twin(text, [(Span(start, end_), str(i)) for i, (start, end_) in enumerate(places)])
    assert found is not None
    other, moved = found
    assert other != text
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(FORMS, key=len, reverse=True))})\b")
    assert pattern.split(other) == pattern.split(text)
    for mine, twins_ in zip(pattern.findall(text), pattern.findall(other), strict=True):
        assert twins_ in (mine, FORMS[mine])
    assert [name for _, name in moved] == [str(i) for i in range(len(places))]
    for (start, end_), (span, _) in zip(places, moved, strict=True):
        assert 0 <= span.start <= span.end <= len(other)
        if not inside & set(range(start, end_)):
            assert span.of(other) == text[start:end_]


@pytest.mark.parametrize(
    "text", ["The Democrats met.", "Russian troops left.", "His father is a priest.", "Islam"]
)
def test_the_forms_of_the_seeds_have_twins(text: str) -> None:
    found = Swaps(symmetry.load().swaps).twin(text, [])
    assert found is not None
    assert found[0] != text
    assert len(words(found[0])) >= len(words(text))


# --- twins of examples


def labelled(text: str, *rows: int) -> Example:
    targets = np.asarray(rows, np.float32)[:, None]
    return Example(text, targets, 1 - targets)


def test_twins_of_sentences_have_the_labels_of_the_original() -> None:
    examples = [
        Example("It rained.", np.zeros(2, np.float32), np.ones(2, np.float32)),
        Example("Reds lost.", np.array([0, 1], np.float32), np.array([1, 0], np.float32)),
    ]
    (found,) = twins(examples, SWAPS)
    assert (found.text, found.targets.tolist(), found.mask.tolist()) == ("Blues lost.", [0, 1], [1, 0])


def test_twins_of_words_have_one_row_a_word() -> None:
    text = "A vile Moscow mob."
    (found,) = twins([labelled(text, 0, 1, 1, 0)], SWAPS)
    assert found.text == "A vile New Delhi mob."
    assert found.targets[:, 0].tolist() == [0, 1, 1, 1, 0]
    assert found.mask[:, 0].tolist() == [1, 0, 0, 0, 1]
    (back,) = twins([found], SWAPS)
    assert (back.text, back.targets[:, 0].tolist()) == (text, [0, 1, 1, 0])


def test_a_form_within_a_longer_word_keeps_its_row() -> None:
    (found,) = twins([labelled("New Delhi-backed mob", 0, 1, 0)], SWAPS)
    assert found.text == "Moscow-backed mob"
    assert len(found.targets) == len(words(found.text))
    (found,) = twins([labelled("Moscow-backed mob", 1, 0)], SWAPS)
    assert (found.text, found.targets[:, 0].tolist()) == ("New Delhi-backed mob", [1, 1, 0])


@given(sentences, plain, st.integers(0, 2**32 - 1))
def test_a_twin_of_any_example_fits_its_text(pieces: list[tuple[str, str]], end: str, seed: int) -> None:
    text = "".join(f"{gap} {form} " for gap, form in pieces) + end
    rng = np.random.default_rng(seed)
    example = labelled(text, *rng.integers(0, 2, len(words(text))))
    for found in twins([example], SWAPS):
        assert found.targets.shape == found.mask.shape == (len(words(found.text)), 1)
        assert found.targets.dtype == np.float32
        if not {"New Delhi", "Moscow"} & {form for _, form in pieces}:
            assert found.targets.tolist() == example.targets.tolist()  # word for word


def test_the_examples_themselves_are_left_alone() -> None:
    example = labelled("Reds lost.", 1, 0)
    (found,) = twins([example], SWAPS)
    found.targets[:] = 5
    assert example.targets[:, 0].tolist() == [1, 0]
