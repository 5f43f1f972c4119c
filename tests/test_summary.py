"""Sentences of the article, unaltered, few, each able to stand where it is shown."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Nothing, Quote
from truthlens.heads import WORD
from truthlens.sections.summary import SECTION
from truthlens.summary import MOST, SHARE, chosen

WARDS = "northern southern eastern western central outer inner upper lower older newer coastal".split()
FILLER = [
    f"Councillors in the {ward} ward spent the evening with residents of all ages and their many questions."
    for ward in WARDS
]


def blocks(analyser: Analyser, *body: str, title: str = "Council closes the pier") -> list[Block]:
    article = Article(text="\n".join([title, *body]), title=title)
    return list(SECTION.build(analyser.reading(article), ()))


def texts(analyser: Analyser, *body: str) -> list[str]:
    return [block.text for block in blocks(analyser, *body) if isinstance(block, Quote)]


def test_it_quotes_the_article_in_order_and_opens_each_place(analyser: Analyser) -> None:
    title = "Council closes the pier"
    text = "\n".join([title, *FILLER])
    found = list(SECTION.build(analyser.reading(Article(text=text, title=title)), ()))
    assert 1 < len(found) <= MOST
    starts = []
    for block in found:
        assert isinstance(block, Quote)
        (place,) = block.evidence
        assert place.span.of(text) == block.text != title
        starts.append(place.span.start)
    assert starts == sorted(starts)


def test_it_takes_at_most_a_quarter_of_the_words(analyser: Analyser) -> None:
    found = " ".join(texts(analyser, *FILLER))
    assert len(WORD.findall(found)) <= SHARE * len(WORD.findall(" ".join(FILLER)))


@pytest.mark.parametrize("body", [FILLER[:5], ["It rained all day in the old port."] * 9])
def test_a_short_article_has_no_summary(analyser: Analyser, body: list[str]) -> None:
    assert blocks(analyser, *body) == [Nothing(text="the article is too short to summarise")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Council harbour councillors residents northern evening questions in a caption without a full stop",
        "Was it the northern ward whose councillors met residents with their many questions?",
        "“Councillors in the northern ward met the residents and their many questions.”",
        "Read more about councillors in the northern ward and the many questions of residents here.",
        "He met councillors of the northern ward and residents with their many questions.",
    ],
)
def test_what_cannot_stand_alone_is_never_chosen_alone(analyser: Analyser, sentence: str) -> None:
    # As the first line it has the best place, and no sentence before it that would explain it.
    assert sentence not in texts(analyser, sentence, *FILLER)


def test_a_pronoun_brings_the_sentence_before_it(analyser: Analyser) -> None:
    named = "Ann Mali, who chairs the harbour committee, opened the meeting at seven in the evening."
    leaning = "She spent the evening with residents of all ages and their many questions."
    article = Article(text="\n".join([named, leaning, *FILLER]))
    reading = analyser.reading(article)
    for most in range(1, MOST + 1):
        found = chosen(article, reading.sentences, reading.voices, reading.encoded.vectors, most=most)
        assert 0 in found or 1 not in found


def test_a_quotation_with_its_speaker_may_be_chosen(analyser: Analyser) -> None:
    said = "“Councillors will meet residents of the northern ward in May,” Ann Mali told the evening meeting."
    article = Article(text=said)
    reading = analyser.reading(article)
    found = chosen(article, reading.sentences, reading.voices, reading.encoded.vectors, share=1.0)
    assert found == (0,)


def test_nothing_is_said_twice(analyser: Analyser) -> None:
    repeated = [FILLER[0], FILLER[0], FILLER[0], *FILLER[1:]]
    found = texts(analyser, *repeated)
    assert len(found) == len(set(found))


def test_an_article_of_fragments_says_that_nothing_stands_alone(analyser: Analyser) -> None:
    body = ["It was long and it was cold and nobody on the pier had slept at all that night."] * 12
    assert blocks(analyser, *body) == [Nothing(text="no sentence of it can stand alone")]


@pytest.mark.parametrize("text", ["", "One."])
def test_next_to_nothing_is_no_error(analyser: Analyser, text: str) -> None:
    reading = analyser.reading(Article(text=text))
    assert chosen(reading.article, reading.sentences, reading.voices, reading.encoded.vectors) == ()
