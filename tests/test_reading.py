"""What is worked out of a reading is worked out once."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.reading import Reading, once


def test_work_is_done_once_per_reading(analyser: Analyser) -> None:
    asked: list[str] = []

    @once
    def length(reading: Reading) -> int:
        """How long it is."""
        asked.append(reading.article.text)
        return len(reading.article.text)

    one, other = (analyser.reading(Article(text=text)) for text in ("It rained.", "It rained again."))
    assert [length(each) for each in (one, other, one, other)] == [10, 16, 10, 16]
    assert asked == ["It rained.", "It rained again."]
    assert length.__doc__ == "How long it is."


def test_what_was_worked_out_goes_with_its_reading(analyser: Analyser) -> None:
    length = once(lambda reading: len(reading.article.text))
    reading = analyser.reading(Article(text="It rained."))
    assert length(reading) == 10
    kept = weakref.ref(reading)
    del reading
    gc.collect()
    assert kept() is None


def test_rewordings_change_nothing_of_it_and_other_changes_forget_it(analyser: Analyser) -> None:
    done = []

    @once
    def words(reading: Reading) -> int:
        done.append(reading)
        return reading.word_count()

    reading = analyser.reading(Article(text="It rained."))
    words(reading)
    words(reading.with_rewordings(()))
    assert len(done) == 1
    words(replace(reading, parties=()))
    assert len(done) == 2
