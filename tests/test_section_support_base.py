"""Words that appeal to a value count where the head hears that value in their sentence too."""

from __future__ import annotations

import pytest
from planted import planted
from truthlens.analyse import Analyser
from truthlens.digest.values import PHRASES, WORDS, appeals
from truthlens.domain import Article, Bars, Block, Note, Nothing
from truthlens.reading import Reading
from truthlens.sections.support_base import RESEARCH, SECTION

NOTHING = [Nothing(text="no value vocabulary found")]


def read(analyser: Analyser, text: str, value: str, score: float = 0.9) -> Reading:
    reading = analyser.reading(Article(text=text))
    return planted(reading, "value", value, {sentence.index: score for sentence in reading.sentences})


def build(reading: Reading) -> list[Block]:
    return list(SECTION.build(reading, ()))


def test_words_are_counted_by_voice_and_the_research_is_cited(analyser: Analyser) -> None:
    text = "It was a betrayal of the town. “We stand for loyalty,” Ann Mali said."
    bars, note = build(read(analyser, text, "loyalty"))
    assert isinstance(bars, Bars)
    (bar,) = bars.bars
    assert (bar.label, bar.amounts) == ("loyalty", (("own", 1), ("quote", 1)))
    assert [place.span.of(text) for place in bar.evidence] == ["betrayal", "loyalty"]
    assert note == Note(text=RESEARCH)
    assert "Graham, Haidt & Nosek 2009" in RESEARCH


def test_one_witness_is_not_enough(analyser: Analyser) -> None:
    assert build(read(analyser, "It was a betrayal of the town.", "loyalty", 0.1)) == NOTHING
    assert build(read(analyser, "The council met on Tuesday.", "loyalty")) == NOTHING
    assert build(read(analyser, "It was a betrayal of the town.", "care")) == NOTHING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Freedom is what they want.", ["Freedom"]),
        ("“Freedom is what we want,” Ann Mali said.", ["Freedom"]),
        ("The ferry Freedom left at noon.", []),
        ("Freedom House counted the votes.", []),
        ("They asked for free speech and for freedom-loving judges.", ["free speech"]),
        ("İn freedom we met.", ["freedom"]),
    ],
)
def test_names_are_no_appeals(analyser: Analyser, text: str, found: list[str]) -> None:
    assert [each.span.of(text) for each in appeals(read(analyser, text, "liberty"))] == found


def test_no_word_stands_for_two_values() -> None:
    every = [word for value in WORDS for word in (*WORDS[value].split(), *PHRASES.get(value, ()))]
    assert len(every) == len(set(every))


def test_nothing_found_is_said_without_the_research(analyser: Analyser) -> None:
    assert build(analyser.reading(Article(text="The council met on Tuesday."))) == NOTHING
