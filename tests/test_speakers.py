"""Who is meant: pronouns, surnames, titles and acronyms become the name the article uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from truthlens.domain import Article, Sentence, Span
from truthlens.segment import segment
from truthlens.voices.cast import Cast
from truthlens.voices.quoting import quote_speakers, touching
from truthlens.voices.voice import voice_at, voices


def speaker(text: str, phrase: str, title: str = "", labels: tuple[str, ...] = ()) -> str:
    article = Article(text=f"{title}\n{text}" if title else text, title=title, labels=labels)
    start = article.text.rindex(phrase)
    return voice_at(voices(article, segment(article)), Span(start, start + len(phrase))).speaker


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Mayor Jane Roe came. Roe said it rained.", "it rained", "Mayor Jane Roe"),
        ("Jane Roe came. Ms Roe said it rained.", "it rained", "Jane Roe"),
        ("Mr Tolliver said it rained.", "it rained", "Mr Tolliver"),
        ("Mayor Jane Roe came. The mayor said it rained.", "it rained", "Mayor Jane Roe"),
        ("Mayor Jane Roe met Mayor Ann Doe. The mayor said it rained.", "it rained", "The mayor"),
        ("The Rail Safety Board (RSB) met. The RSB said it rained.", "it rained", "Rail Safety Board (RSB)"),
        ("The Rail Safety Board (RSB) met. RSB said it rained.", "it rained", "Rail Safety Board (RSB)"),
        ("The Ministry of Works met. The ministry said it rained.", "it rained", "Ministry of Works"),
        ("The bank met. Ann Doe of Halden Bank left. The bank said it rained.", "it rained", "The bank"),
        ("US officials left. Ukrainian officials said it rained.", "it rained", "Ukrainian officials"),
        ("House Democrats met. Democrats said it rained.", "it rained", "Democrats"),
        ("Jane Roe came. Tom Roe came. Roe said it rained.", "it rained", "Tom Roe"),
        ("Halden Bank’s Ann Doe left. Doe said it rained.", "it rained", "Ann Doe"),
        ("U.S. Senator Ann Doe left. Doe said it rained.", "it rained", "U.S. Senator Ann Doe"),
        ("Thanking Ann Doe, he left. Doe said it rained.", "it rained", "Ann Doe"),
        ("Korean officials met in North Korea. Korea said it rained.", "it rained", "Korea"),
    ],
)
def test_short_forms(text: str, phrase: str, expected: str) -> None:
    assert speaker(text, phrase) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Jane Roe said it rained. She added that it froze.", "it froze", "Jane Roe"),
        ("Jane Roe spoke. Ukrainian officials said it rained. She said it froze.", "it froze", "Jane Roe"),
        ("Jane Roe, 41, swam. “It was cold,” she said.", "It was cold", "Jane Roe"),
        ("Mr Tom Roe and Ms Ann Doe met. Ms Doe said it rained. He said it froze.", "it froze", "Mr Tom Roe"),
        (
            "Mr Tom Roe said it rained. Ms Ann Doe said it was dry. He said it froze.",
            "it froze",
            "Mr Tom Roe",
        ),
        (
            "The ministry said it rained. Ann Doe said it was dry. It said it froze.",
            "it froze",
            "The ministry",
        ),
        ("A new report on rafts came out. It said rafts sink.", "rafts sink", "A new report"),
        ("Residents said it rained. They said it froze.", "it froze", "Residents"),
        ("Nobody came. He said it froze.", "it froze", ""),
        ("Jane Roe said it rained.\nOne.\nTwo.\nThree.\nShe said it froze.", "it froze", ""),
        ("Shop owner Bettina Cole swept. “It rained,” she says.", "It rained", "Bettina Cole"),
        ("It rained, according to Jane Roe. It froze, according to her.", "It froze", "Jane Roe"),
    ],
)
def test_pronouns(text: str, phrase: str, expected: str) -> None:
    assert speaker(text, phrase) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Ann Doe said it rained. “It froze,” Tom Brown said.", "It froze", "Tom Brown"),
        ("Ann Doe put it this way, said Tom Brown:\n“It froze.”", "It froze", "Tom Brown"),
        ("“It froze,” Ann Doe said.\n“It thawed.”", "It thawed", "Ann Doe"),
        ("“It froze,” Ann Doe said.\nOne.\nTwo.\n“It thawed.”", "It thawed", ""),
        ("“One is open.\n\n“Two ends,” said Tom Brown.", "One is open", "Tom Brown"),
        ("Roe, who spoke first, said it was “cold”, and Tom Brown said it was “warm”.", "warm", "Tom Brown"),
        ("Roe, who spoke first, said it was “cold”, and Tom Brown said it was “warm”.", "cold", "Roe"),
    ],
)
def test_quotations(text: str, phrase: str, expected: str) -> None:
    assert speaker(text, phrase) == expected


def test_an_interview_is_its_guests() -> None:
    title = "Una Kerr on her 31 years afloat"
    text = "Una Kerr left in May. We met her.\nAre you sad?\nI am not, and Ann Doe knows it."
    assert speaker(text, "Ann Doe knows", title, ("interview",)) == "Una Kerr"
    assert speaker(text, "Ann Doe knows", title) == ""


def test_a_transcript_names_its_speakers() -> None:
    text = "They met.\nANN DOE: It rained.\nTOM BROWN: It froze."
    assert speaker(text, "It froze") == "TOM BROWN"
    assert speaker("They met.\nNOTE: It froze.", "It froze") == ""


def test_a_speaker_carried_over_has_no_place_beside_the_words() -> None:
    article = Article(text="“It froze,” Ann Doe said.\n“It thawed.”")
    first, *_, last = (piece for piece in voices(article, segment(article)) if piece.voice == "quote")
    assert first.speaker_span is not None
    assert first.speaker_span.of(article.text) == "Ann Doe"
    assert last.speaker_span is None


def test_persons_are_told_from_bodies_and_places() -> None:
    cast = Cast(Article(text="Jane Roe and Ann Doe of Halden Bank met in North Korea with the RSB."))
    assert cast.is_person("Jane Roe")
    assert cast.is_person("the spokeswoman")
    for other in (
        "Halden Bank",
        "North Korea",
        "RSB",
        "Both countries",
        "Jane Roe and Ann Doe",
        "the report",
    ):
        assert not cast.is_person(other), other


class Counted(Sequence[Sentence]):
    """Sentences that count how often one of them is looked at."""

    def __init__(self, items: Sequence[Sentence]) -> None:
        self.items = items
        self.looks = 0

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: Any) -> Any:
        found = self.items[index]
        self.looks += len(found) if isinstance(index, slice) else 1
        return found

    def __len__(self) -> int:
        return len(self.items)


def test_a_thousand_quotations_in_two_thousand_sentences_are_looked_up() -> None:
    text = "\n".join(f"It rained. “Day {number}.”" for number in range(1000))
    sentences = Counted(segment(Article(text=text)))
    quoted = [Span(match, match + len(f"“Day {number}.”")) for number, match in _places(text)]
    assert (len(sentences), len(quoted)) == (2000, 1000)
    found = quote_speakers(text, sentences, quoted, [()] * 2000)
    assert len(found) == 1000
    assert sentences.looks < 1000 * 50
    assert [each.text for each in touching(sentences, quoted[500])] == ["“Day 500.”"]


def _places(text: str) -> list[tuple[int, int]]:
    return [(number, text.index(f"“Day {number}.”")) for number in range(1000)]


PIECES = [
    "Jane Roe ",
    "Roe ",
    "Mr Roe ",
    "said it rained. ",
    "He ",
    "she ",
    "“Yes,” ",
    "the mayor ",
    "Mayor ",
]
PIECES += [
    "\n",
    "told them that ",
    "The RSB ",
    "Rail Safety Board (RSB) ",
    "it ",
    "who ",
    ", ",
    ". ",
    "they ",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_a_speaker_stands_verbatim_in_the_text(text: str) -> None:
    article = Article(text=text)
    for piece in voices(article, segment(article)):
        assert piece.speaker in text
