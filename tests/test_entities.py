"""The tagged newswire: text with natural spacing, and every word where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring_data import DATA
from truthlens.errors import ServiceError
from truthlens.heads import words
from truthlens.names import OUTPUTS
from truthlens.training.entities import FILE, Tagged, sentences, split, tags_of

ROWS = '''Sentence #,Word,POS,Tag
Sentence: 1,Britain,NNP,B-gpe
,'s,POS,O
,Lee,NNP,I-per
,said,VBD,O
,",",",",O
,"""",``,O
,Is,VBZ,O
,n't,RB,O
,it,PRP,O
,?,.,O
,"""",``,O
Sentence: 2,The,DT,O
,U.N.,NNP,B-org
,Security,NNP,I-org
,Council,NNP,I-org
,(,LRB,O
,Monday,NNP,B-tim
,),RRB,O
,paid,VBD,O
,$,$,O
,5,CD,O
,.,.,O
'''


def write(folder: Path, content: bytes) -> Path:
    path = folder / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return folder


def test_sentences(tmp_path: Path) -> None:
    first, second = sentences(write(tmp_path, ROWS.encode()))
    assert first.text == "Britain's Lee said, \"Isn't it?\""
    assert [word.of(first.text) for word in first.words][:4] == ["Britain", "'s", "Lee", "said"]
    assert first.tags[:4] == ("place_first", "none", "person_first", "none")  # a stray I- opens a name
    assert second.text == "The U.N. Security Council (Monday) paid $5."
    assert second.tags[1:4] == ("organisation_first", "organisation", "organisation")
    assert second.tags[5] == "none"  # times are no names


def test_the_older_edition_is_not_utf8(tmp_path: Path) -> None:
    content = "Sentence #,Word,POS,Tag\nSentence: 1,Besançon,NNP,B-geo\n,fell\x85,VBD,O\n".encode("latin-1")
    (row,) = sentences(write(tmp_path, content))
    assert row.words[0].of(row.text) == "Besançon"


def test_tags_follow_another_division_of_the_text(tmp_path: Path) -> None:
    first, second = sentences(write(tmp_path, ROWS.encode()))
    assert words(first.text)[0].of(first.text) == "Britain's"
    assert tags_of(first, words(first.text))[:3] == ["place_first", "person_first", "none"]
    assert tags_of(second, words(second.text))[:5] == [
        "none",
        "organisation_first",  # U
        "organisation",  # N
        "organisation",
        "organisation",
    ]


def test_the_last_rows_are_held_out() -> None:
    rows = [Tagged(str(number), (), ()) for number in range(20)]
    train, held_out = split(rows)
    assert ([row.text for row in held_out], len(train)) == (["17", "18", "19"], 17)


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="gmb_8300"):
        sentences(tmp_path)


@pytest.mark.skipif(not (DATA / FILE).exists(), reason="the training data is not part of the repository")
def test_the_real_file() -> None:
    rows = sentences(DATA)
    assert len(rows) > 8000
    assert {tag for row in rows for tag in row.tags} == set(OUTPUTS)
    assert all(word.of(row.text).strip() for row in rows for word in row.words)
