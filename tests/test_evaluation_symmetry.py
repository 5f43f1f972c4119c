"""The seed file of swaps, the variants of its sentences, and what is measured on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_evaluation_tasks import Reader
from truthlens import symmetry
from truthlens.evaluation import symmetry as task
from truthlens.heads import words
from truthlens.seed_file import SeedError

FILE = """\
language = "en"
source = "written for a test"
[swaps]
country = [["Iran", "Iranian"], ["India", "Indian"], ["New Zealand", "Kiwi"]]
gender = [["he", "man"], ["she", "woman"]]

[[sentences]]
kind = "country"
text = "[[Iran]] sent an angry [[Iranian]]-made reply."

[[sentences]]
kind = "gender"
text = "[[He]] is an angry [[man]]."
"""


def load(folder: Path, content: str = FILE) -> symmetry.Symmetry:
    (folder / "symmetry.toml").write_text(content, "utf-8")
    return symmetry.load(folder)


def test_variants(tmp_path: Path) -> None:
    first, second = load(tmp_path).sentences
    assert [variant.text for variant in symmetry.variants(first)] == [
        "Iran sent an angry Iranian-made reply.",
        "India sent an angry Indian-made reply.",
        "New Zealand sent an angry Kiwi-made reply.",
    ]
    last = symmetry.variants(first)[-1]
    assert [slot.of(last.text) for slot in last.slots] == ["New Zealand", "Kiwi"]
    assert [variant.text for variant in symmetry.variants(second)] == [
        "He is an angry man.",
        "She is an angry woman.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Kiwi"', '"Kiwi", "Kiwis"', "equally many forms"),
        ("[[He]]", "[[They]]", "no form of the first member"),
        ("[[He]] is", "He]] is", "unbalanced"),
        ('kind = "gender"', 'kind = "age"', "expected one of country, gender"),
        ('["he", "man"]', '["he", "He"]', "twice"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SeedError, match=rf"^symmetry.toml:\d+: .*{said}"):
        load(tmp_path, FILE.replace(old, new))


def test_gap_and_marks(tmp_path: Path) -> None:
    told = {"angry": {"any": 0.6}, "zealand": {"any": 0.9}, "she": {"any": 0.2}}
    rows = {row.metric: row for row in task.evaluate(Reader(told), load(tmp_path))}
    country = rows["country: gap of loaded"]
    assert country.score == pytest.approx(0.3 * 2 / 3)  # two of three pairs differ by .9 − .6
    assert (country.n, country.baselines) == (1, {"constant": 0.0})
    assert country.note == "mean of loaded: New Zealand 0.900, Iran 0.600, India 0.600"
    assert rows["country: sentences whose marks change"].score == 0.0  # what is swapped does not count
    assert rows["gender: gap of loaded"].score == 0.0


def test_a_mark_outside_the_slots_that_changes_is_counted(tmp_path: Path) -> None:
    class Partial(Reader):
        def read(self, texts):  # type: ignore[no-untyped-def]
            encoded, scores = super().read(texts)
            for text, rows in zip(texts, scores.by_word["phrase"], strict=True):
                if text.startswith("She"):
                    rows[2, -1] = 0.8  # “an”
            return encoded, scores

    rows = {row.metric: row for row in task.evaluate(Partial(), load(tmp_path))}
    assert rows["gender: sentences whose marks change"].score == 1.0
    assert rows["country: sentences whose marks change"].score == 0.0


def test_the_projects_own_file() -> None:
    loaded = symmetry.load()
    assert {sentence.kind for sentence in loaded.sentences} == set(loaded.swaps)
    for sentence in loaded.sentences:
        found = symmetry.variants(sentence)
        assert found[0].text == sentence.text
        for variant in found:
            outside = [
                word.of(variant.text)
                for word in words(variant.text)
                if not any(word.overlaps(slot) for slot in variant.slots)
            ]
            assert len(outside) == len(
                [word for word in words(sentence.text) if not any(word.overlaps(s) for s in sentence.spans)]
            ), variant.text
