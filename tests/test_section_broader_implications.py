"""What the article says is to come: the clause word for word, who says it and how firmly."""

from __future__ import annotations

import pytest
from planted import planted
from truthlens.analyse import Analyser
from truthlens.digest.excerpt import excerpt, with_gaps
from truthlens.digest.forecasts import FLOORS, SHOWN, cue
from truthlens.digest.spoken_by import in_marks
from truthlens.domain import Article, Bars, Block, Listing, Nothing, Span
from truthlens.reading import Reading
from truthlens.sections.broader_implications import SECTION
from truthlens.verify import unsupported


def read(analyser: Analyser, text: str, score: float = 0.9) -> Reading:
    reading = analyser.reading(Article(text=text))
    return planted(reading, "mode", "forecast", {sentence.index: score for sentence in reading.sentences})


def build(reading: Reading) -> list[Block]:
    return list(SECTION.build(reading, ()))


def statements(reading: Reading) -> list[str]:
    listing = next(block for block in build(reading) if isinstance(block, Listing))
    for statement in listing.statements:
        places = [place.span.of(reading.article.text) for place in statement.evidence]
        assert unsupported(statement.text, places) == ()
    return [statement.text for statement in listing.statements]


def test_who_says_it_and_by_which_verb(analyser: Analyser) -> None:
    text = "The pier will close in June. Ann Mali warned that the ferry may follow."
    assert statements(read(analyser, text)) == [
        "The outlet: “The pier will close in June.”",
        "“Ann Mali warned that the ferry may follow.”",
    ]


def test_a_pronoun_is_told_by_its_name_and_a_verb_once(analyser: Analyser) -> None:
    text = "“It was cold,” Ann Mali said. She warned that the ferry may follow."
    assert statements(read(analyser, text)) == ["Ann Mali: “She warned that the ferry may follow.”"]


def test_a_source_without_a_verb(analyser: Analyser) -> None:
    text = "The pier will close in June, according to the harbour board."
    assert statements(read(analyser, text)) == [f"“{text}”"]


def test_a_speaker_named_earlier_is_part_of_the_evidence(analyser: Analyser) -> None:
    text = "“It was cold,” Ann Mali said.\n“The pier will close in June.”"
    reading = read(analyser, text)
    listing = next(block for block in build(reading) if isinstance(block, Listing))
    (statement,) = listing.statements
    assert statement.text.startswith("Ann Mali (said): ")
    assert "Ann Mali" in [place.span.of(text) for place in statement.evidence]


@pytest.mark.parametrize(
    ("text", "firmness"),
    [
        ("The pier will close.", "will"),
        ("It won’t open again.", "will"),
        ("They plan to close the pier.", "planned"),
        ("It is due to close in June.", "planned"),
        ("The pier is expected to close.", "expected"),
        ("It will likely close.", "expected"),
        ("She vowed to close the pier.", "promised"),
        ("It may close.", "possible"),
        ("It would close.", "would"),
    ],
)
def test_cues(text: str, firmness: str) -> None:
    found = cue(text)
    assert found is not None
    assert found[0] == firmness


@pytest.mark.parametrize(
    "text",
    [
        "The pier closed in May.",
        "Will Roe read his father’s will.",
        "It was expected to close.",
        "He may have left.",
        "She could not have known.",
        "A would-be buyer came.",
        "I would like to thank the crew.",
        "The goodwill of the town is gone.",
    ],
)
def test_what_is_no_outlook(text: str) -> None:
    assert cue(text) is None


def test_a_word_with_many_meanings_needs_the_head(analyser: Analyser) -> None:
    text = "The ferry could leave from the north pier."
    assert statements(read(analyser, text, FLOORS["possible"])) == [f"The outlet: “{text}”"]
    assert build(read(analyser, text, FLOORS["possible"] / 2)) == [
        Nothing(text="no sentence that looks ahead was found")
    ]


def test_manners_of_speaking_need_it_too_and_plain_will_does_not(analyser: Analyser) -> None:
    quiet = [Nothing(text="no sentence that looks ahead was found")]
    assert build(read(analyser, "“I’ll talk about him,” Ann Mali said.", 0.1)) == quiet
    assert statements(read(analyser, "The pier will close in June.", 0.1))


def test_headline_and_questions_are_left_out(analyser: Analyser) -> None:
    title = "Pier will close"
    reading = analyser.reading(Article(text=f"{title}\nWill it, and who will pay?", title=title))
    assert build(planted(reading, "mode", "forecast", {0: 0.9, 1: 0.9}))[0].kind == "nothing"


def test_many_are_charted_by_firmness_and_the_surest_spelled_out(analyser: Analyser) -> None:
    text = " ".join(f"Pier {number} will close in June." for number in range(SHOWN + 2)) + " It may rain."
    bars, listing = build(read(analyser, text))
    assert isinstance(bars, Bars)
    assert [(bar.label, bar.total) for bar in bars.bars] == [("will", SHOWN + 2), ("may or could", 1)]
    assert isinstance(listing, Listing)
    assert len(listing.statements) == SHOWN


def test_a_long_sentence_is_shown_by_its_clause(analyser: Analyser) -> None:
    text = (
        "The harbour board, which met twice in May and once more in the first days of June with all of its "
        "members, will close the north pier, while the ferries go on as they did before the storm came in."
    )
    (statement,) = statements(read(analyser, text))
    quoted = statement.removeprefix("The outlet: “… ").removesuffix("”")
    assert quoted in text
    assert "will close the north pier" in quoted
    assert len(quoted) < len(text)


def test_a_figure_is_not_cut(analyser: Analyser) -> None:
    """ "$1.1" of "$1.1 million" would be another figure."""
    text = (
        "She said that the fund for the north pier and the south pier and both of the old ferries of the "
        "harbour will need $1.1 million before the storms come in from the west once more this year."
    )
    for words in range(12, 30):
        span = excerpt(text, Span(text.index("will"), text.index("will") + 4), words)
        assert ("$1.1" in span.of(text)) == ("$1.1 million" in span.of(text))


def test_words_left_out_within_a_clause_leave_a_mark() -> None:
    text = "The board met, and the pier will close in June."
    assert with_gaps(text, Span(0, 13)) == "The board met"
    assert with_gaps(text, Span(15, 38)) == "… and the pier will close …"
    assert with_gaps(text, Span(19, len(text))) == f"… {text[19:]}"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("It will close.", "“It will close.”"),
        ("“It will close.”", "“It will close.”"),
        ("“It will close.", "“It will close.”"),
        ("It will close.”", "“It will close.”"),
        ("It will “close” soon.", "“It will “close” soon.”"),
        ('"It will close."', "“It will close.”"),
        ("“It will,” she said, “close.”", "“It will,” she said, “close.”"),
        ("“It will” close.", "“It will” close."),
        ("“… it will” close.", "“… it will” close."),
    ],
)
def test_quotation_marks_are_not_doubled(words: str, shown: str) -> None:
    assert in_marks(words) == shown
