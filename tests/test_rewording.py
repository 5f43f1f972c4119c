"""Plainer wordings: what they make of a sentence, when they may be offered, and what checking them costs."""

from __future__ import annotations

import pytest
from fake_encoder import BagOfWordsEncoder
from truthlens.analyse import Analyser
from truthlens.domain import Article, Span
from truthlens.reading import Reading
from truthlens.rewording import change as rewording
from truthlens.rewording.change import Candidate, Change, acceptable, candidate, keeps
from truthlens.rewording.headline_candidates import MOST, candidates, is_titled
from truthlens.rewording.modifiers import without
from truthlens.rewording.plainer import CHECKED
from truthlens.rewording.spelling import american, is_american

BODY = (
    "The council of Orly said that the plan for the old harbour was late, and that it would meet on Monday."
)


def read(analyser: Analyser, title: str, body: str = BODY) -> Reading:
    return analyser.analyse_with_reading(Article(text=f"{title}\n{body}", title=title))[1]


def texts(analyser: Analyser, title: str, body: str = BODY) -> list[str]:
    article = Article(text=f"{title}\n{body}", title=title)
    report, reading = analyser.analyse_with_reading(article)
    return [each.text for each in candidates(reading, report.findings)]


# --- what a change makes of a sentence


@pytest.mark.parametrize(
    ("text", "phrase", "plainer", "expected"),
    [
        ("A stunning win for Orly", "stunning", "", "A win for Orly"),
        ("An explosive report", "explosive", "", "A report"),
        ("Stunning win for Orly", "Stunning", "", "Win for Orly"),
        ("They voted absolutely.", "absolutely", "", "They voted."),
        ("A dire ebb", "dire", "unusual", "An unusual ebb"),
        ("“Stunning” ebb", "ebb", "win", "“Stunning” win"),
    ],
)
def test_a_changed_sentence_still_stands(text: str, phrase: str, plainer: str, expected: str) -> None:
    start = text.index(phrase)
    change = Change(span=Span(start, start + len(phrase)), plainer=plainer)
    assert candidate(text, Span(0, len(text)), [change]).text == expected


def test_changes_are_made_wherever_the_sentence_stands() -> None:
    text = "It rained. Jo slams a massive plan."
    span = Span(11, len(text))
    changes = [Change(span=Span(22, 29), plainer=""), Change(span=Span(14, 19), plainer="criticises")]
    made = candidate(text, span, changes)
    assert made.text == "Jo criticises a plan."
    assert [change.span.of(text) for change in made.changes] == ["slams", "massive"]


def test_numbers_and_names_must_stay() -> None:
    assert keeps("Orly’s Jo Roe slams 12", "Orly's Jo Roe criticises 12", {"orly's", "jo", "roe"})
    assert not keeps("Jo Roe slams 12", "Jo Roe criticises 13", set())
    assert not keeps("Jo Roe slams 12", "Jo Roe criticises", set())
    assert not keeps("Jo Roe slams 12", "Jo criticises 12", {"roe"})


def test_only_what_says_the_same_with_less_force_is_acceptable() -> None:
    plain = Candidate(span=Span(0, 1), text="x", changes=(Change(span=Span(0, 1), plainer=""),))
    put_back = Change(span=Span(0, 0), plainer="about", source=Span(2, 3), figure="5")
    qualified = Candidate(span=Span(0, 1), text="x", changes=(put_back,))

    def ok(each: Candidate, closeness: float, loaded: float) -> bool:
        return acceptable(each, closeness=closeness, loaded=loaded, was_loaded=0.6, gain=rewording.GAIN)

    assert ok(plain, rewording.CLOSE, 0.5)
    assert not ok(plain, rewording.CLOSE - 0.01, 0.5)
    assert not ok(plain, 0.99, 0.58)
    assert ok(qualified, 0.99, 0.62)
    assert not ok(qualified, 0.99, 0.7)


@pytest.mark.parametrize(
    ("before", "word", "after", "left_out"),
    [
        ("The ", "outlandishly", " long list", True),
        ("A ", "wondrous", " plan", True),
        ("The plan was ", "wondrous", " for them", False),
        ("It is not ", "wondrously", " new", False),
        ("A ", "dangerous", " road", False),
        ("The ", "reportedly", " closed road", False),
        ("", "wondrous", "", False),
        ("The ", "grim", " plan", False),
        ("A ", "wondrous", ", new plan", False),
    ],
)
def test_a_modifier_goes_only_where_nothing_else_goes_with_it(
    before: str, word: str, after: str, left_out: bool
) -> None:
    assert (without(before, word, after) is not None) is left_out


# --- candidates of a headline


def test_a_plain_headline_has_no_candidates(analyser: Analyser) -> None:
    assert texts(analyser, "Council of Orly meets on Monday") == []


def test_all_changes_together_come_first(analyser: Analyser) -> None:
    assert texts(analyser, "Council slams stunning plan") == [
        "Council criticises plan",
        "Council criticises stunning plan",
        "Council slams plan",
    ]


def test_there_are_never_many_candidates(analyser: Analyser) -> None:
    title = "Furious mayor slams massive plan, vows huge protest over bombshell fiasco at 14 chaotic piers"
    body = BODY + " It has at least 14 piers."
    found = texts(analyser, title, body)
    assert len(found) == MOST
    assert len(set(found)) == MOST
    assert all("at least 14" in each for each in found)
    assert found[0].startswith("Angry mayor criticises plan, promises large protest over surprise failure")


def test_title_case_is_kept(analyser: Analyser) -> None:
    assert texts(analyser, "Orly Mayor Lashes Out At Harbour Plan")[0] == "Orly Mayor Criticises Harbour Plan"
    assert texts(analyser, "Orly Mayor Makes Furious U-Turn")[0] == "Orly Mayor Makes Angry Change of Policy"
    assert is_titled("Mayor of Orly Makes a Plan")
    assert not is_titled("Mayor of Orly makes a Plan")


def test_quoted_words_of_a_headline_are_left(analyser: Analyser) -> None:
    assert texts(analyser, "Mayor: “Roe slams a stunning plan”") == []
    assert texts(analyser, "Mayor slams “stunning” plan") == ["Mayor criticises “stunning” plan"]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Flood closes 40 roads", "The flood closed at least 40 roads.", "Flood closes at least 40 roads"),
        ("40 Roads Closed After Flood", "More than 40 roads shut.", "More Than 40 Roads Closed After Flood"),
        ("Flood costs $3 million", "It cost about $3 million.", "Flood costs about $3 million"),
        ("Flood hits 40", "Up to 40 people were hurt.", None),  # "hits up to 40" would not stand
        ("Flood hurts 40", "Up to 40 people were hurt.", "Flood hurts up to 40"),
        ("Flood closes about 40 roads", "It closed at least 40 roads.", None),
        ("Flood closes 40 roads", "It closed at least 40 schools.", None),
        ("Flood closes 40 roads", "At least 40 roads shut. The 40 roads are open again.", None),
        ("Flood closes 40 roads", "It closed roads.", None),
        ("Flood closes the 40 roads", "It closed at least 40 roads.", None),
        ("Roe: “40 roads closed”", "It closed at least 40 roads.", None),
    ],
)
def test_a_figure_gets_back_the_qualifier_of_the_text(
    analyser: Analyser, title: str, body: str, expected: str | None
) -> None:
    assert texts(analyser, title, body) == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The U.S. senator said 12 percent of the center was closed.", "Roe criticizes plan"),
        ("The labour centre was raised by 12 per cent.", "Roe criticises plan"),
        ("It rained.", "Roe criticises plan"),
    ],
)
def test_a_change_is_spelt_as_the_article_is(analyser: Analyser, body: str, expected: str) -> None:
    assert texts(analyser, "Roe slams plan", body) == [expected]


def test_american_spelling_touches_nothing_else() -> None:
    assert american("Disorganised Centre, rising promise") == "Disorganized Center, rising promise"
    assert not is_american("He promised and advised, and raised it.")
    assert is_american("They organized the harbor.")


# --- the second call of the encoder


def test_a_neutral_article_costs_nothing_more(analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    analyser.analyse(Article(text=f"Council meets\n{BODY}", title="Council meets"))
    assert len(encoder.calls) == 1


def test_only_candidates_are_read_again(analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    title = "Council of Orly meets over stunning harbour plan"
    analyser.analyse(Article(text=f"{title}\nIt was a massive plan.", title=title))
    assert encoder.calls[1:] == [
        ["Council of Orly meets over harbour plan", "It was a plan."],
    ]


def test_rewordings_stand_best_first(analyser: Analyser) -> None:
    found = read(analyser, "Orly gets stunning plan").rewordings
    assert [each.text for each in found] == ["Orly gets plan"]
    assert found[0].closeness >= rewording.CLOSE
    assert found[0].loaded < found[0].was_loaded


def test_an_offer_that_changes_too_much_is_withdrawn(analyser: Analyser) -> None:
    text = "Stunning ebb.\nThe council of Orly met for hours over its stunning plan for the harbour."
    report = analyser.analyse(Article(text=text))
    assert [finding.wording is None for finding in report.findings] == [True, False]


def test_only_the_surest_offers_are_checked(analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    sentence = "The council of Orly met for hours over the {} stunning plan for its harbour."
    count = CHECKED + 5
    text = "\n".join(sentence.format(chr(97 + index) * 4) for index in range(count))
    report = analyser.analyse(Article(text=text))
    assert len(encoder.calls[-1]) == CHECKED
    assert sum(finding.wording is not None for finding in report.findings) == CHECKED
