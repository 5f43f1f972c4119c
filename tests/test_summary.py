"""Sentences of the article, unaltered, few, each able to stand where it is shown."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.digest.summary import MOST, SHARE, chosen
from truthlens.domain import Article, Block, Nothing, Quote
from truthlens.heads import WORD
from truthlens.sections.summary import SECTION

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


NAMED = "Ann Mali, who chairs the harbour committee, opened the meeting at seven in the evening."


def choices(analyser: Analyser, *body: str) -> list[tuple[int, ...]]:
    """What is chosen for each number of sentences from one up, without the limit of a share."""
    reading = analyser.reading(Article(text="\n".join([*body, *FILLER])))
    return [
        chosen(
            reading.article, reading.sentences, reading.voices, reading.encoded.vectors, most=most, share=1.0
        )
        for most in range(1, 6)
    ]


def test_a_pronoun_brings_the_sentences_that_it_needs(analyser: Analyser) -> None:
    she = "She spent the evening with residents of all ages and their many questions."
    they = "They were the councillors and residents of the ward and had many questions for her."
    found = choices(analyser, NAMED, she, they)
    assert all(0 in each or 1 not in each for each in found)
    assert all({0, 1} <= set(each) or 2 not in each for each in found)
    assert any(2 in each for each in found)


def test_the_lead_stays_where_nothing_speaks_against_it(analyser: Analyser) -> None:
    lead = [
        "Councillors in the harbour ward closed the pier on Tuesday with residents and their many questions.",
        "They spent the evening with residents of all ages in the harbour ward.",
        "But residents of the harbour ward had many questions for the councillors in the evening.",
    ]
    rest = [
        "The bakery opposite sold twice as many rolls as on other mornings that week.",
        "Trams were diverted past the old brewery until noon because of the works.",
    ]
    reading = analyser.reading(Article(text="\n".join([*lead, *rest])))
    found = chosen(
        reading.article, reading.sentences, reading.voices, reading.encoded.vectors, most=3, share=1.0
    )
    assert found == (0, 1, 2)


def test_a_quotation_of_several_sentences_is_whole_and_has_its_speaker(analyser: Analyser) -> None:
    body = [
        "“Councillors in the northern ward met residents of all ages. Residents of the ward had "
        "many questions for the evening. Councillors spent the evening with residents "
        "of all ages,” Ann Mali told the meeting."
    ]
    for each in choices(analyser, *body):
        assert not {0, 1, 2} & set(each) or {0, 1, 2} <= set(each)
    assert any(0 in each for each in choices(analyser, *body))


def test_a_sentence_that_is_all_quotation_comes_with_the_one_that_says_whose(analyser: Analyser) -> None:
    said = "“Councillors of the northern ward met residents,” said Ann Mali. "
    more = "“Residents of all ages spent the evening with councillors and their many questions.”"
    found = choices(analyser, said + more)
    assert all(0 in each or 1 not in each for each in found)
    assert any(1 in each for each in found)


def test_an_open_quotation_with_its_speaker_may_stand_without_the_rest(analyser: Analyser) -> None:
    body = [
        "Ann Mali told the meeting, “Councillors in the northern ward met residents of all ages. "
        "The residents had many questions for the evening.”"
    ]
    assert any(0 in each and 1 not in each for each in choices(analyser, *body))


@pytest.mark.parametrize("slight", ["Who closed the pier of the harbour on Tuesday?", "The pier closed."])
def test_questions_and_very_short_sentences_come_last(analyser: Analyser, slight: str) -> None:
    plain = [
        "The harbour board closed the pier on Tuesday after a crane fell into the water.",
        "Repairs to the pier and the crane will cost the harbour board two million.",
        "Ships for the pier were sent to the southern docks of the harbour.",
    ]
    for body, expected in ((plain, (1, 2, 3)), (plain[:2], (0, 1, 2))):
        reading = analyser.reading(Article(text="\n".join([slight, *body])))
        found = chosen(
            reading.article, reading.sentences, reading.voices, reading.encoded.vectors, most=3, share=1.0
        )
        assert found == expected


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
