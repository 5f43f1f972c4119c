"""Whose words: the outlet's, quoted, reported, headline; and by whom."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from truthlens.domain import Article, Span, Voiced
from truthlens.segment import segment
from truthlens.voices.voice import voice_at, voices


def voiced(text: str, phrase: str, title: str = "") -> Voiced:
    article = Article(text=text, title=title)
    start = text.index(phrase)
    return voice_at(voices(article, segment(article)), Span(start, start + len(phrase)))


REPORT = (
    "A report was released on Thursday by a monitoring team. "
    "It lays out the stunning scope of the trade. "
    "That includes 100 missiles “to terrorize populated areas,” the report found. "
    "Both states are evading sanctions, the report alleged. It said its findings rest on members’ data. "
    "Both countries have denied that arms were sent, despite overwhelming evidence."
)


@pytest.mark.parametrize(
    ("phrase", "voice", "speaker", "verb"),
    [
        ("stunning", "own", "", ""),
        ("terrorize", "quote", "the report", "found"),
        ("evading sanctions", "attributed", "the report", "alleged"),
        ("its findings rest", "attributed", "the report", "said"),
        ("arms were sent", "attributed", "Both countries", "denied"),
        ("overwhelming evidence", "own", "", ""),
    ],
)
def test_a_report_on_a_report(phrase: str, voice: str, speaker: str, verb: str) -> None:
    found = voiced(REPORT, phrase)
    assert (found.voice, found.speaker, found.verb) == (voice, speaker, verb)


@pytest.mark.parametrize(
    ("text", "phrase", "voice", "speaker"),
    [
        ("The plan is dead, said Jane Roe, the mayor.", "plan is dead", "attributed", "Jane Roe"),
        ("Jane Roe, the mayor, said the plan is dead.", "plan is dead", "attributed", "Jane Roe"),
        ("Jane Roe told reporters on Monday that the plan is dead.", "plan", "attributed", "Jane Roe"),
        ("According to the ministry, prices rose 3%.", "prices rose", "attributed", "the ministry"),
        ("Prices rose, according to the ministry.", "Prices rose", "attributed", "the ministry"),
        (
            "The member states – all eleven – urged Rome to talk.",
            "to talk",
            "attributed",
            "The member states",
        ),
        ("“It is a scandal,” Ann Doe said. “It must end.”", "must end", "quote", "Ann Doe"),
        ("Ann Doe put it this way, and said:\n“It must end.”", "must end", "quote", ""),
        ("“Is it so?” Mayor Jane Roe asked.", "Is it so", "quote", "Mayor Jane Roe"),
        ("“One is open.\n“Two ends,” said Tom Brown, a farmer.", "One is open", "quote", "Tom Brown"),
        ("Their so-called “reform” goes on.", "reform", "quote", ""),
        ("Police found a body in the lake.", "body", "own", ""),
        ("The study found that sleep helps.", "sleep helps", "attributed", "The study"),
        ("The bomb claimed 12 lives in the town.", "12 lives", "own", ""),
        ("The United States called a new report flawed.", "a new report", "own", ""),
        ("He was asked to leave the hall.", "leave the hall", "own", ""),
        (
            "Vladimir Roe spoke. Roe said a war would end. He added that it was near.",
            "was near",
            "attributed",
            "Vladimir Roe",
        ),
    ],
)
def test_who_speaks(text: str, phrase: str, voice: str, speaker: str) -> None:
    found = voiced(text, phrase)
    assert (found.voice, found.speaker) == (voice, speaker)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The report lays out the stunning scope of the trade.", "stunning"),
        ("A paper that details the shameful scope of the trade came out.", "shameful"),
        ("Doe called the plan “dead” in a shameful speech.", "shameful"),
        ("Doe blasted the firm for its “greed” in a shameful year.", "shameful"),
        ("Doe said the plan is dead, despite overwhelming evidence.", "overwhelming"),
        ("I believe this shameful plan is dead.", "shameful"),
    ],
)
def test_the_outlets_own_adjectives_stay_its_own(text: str, phrase: str) -> None:
    assert voiced(text, phrase).voice == "own"


def test_headline_speaks_for_itself_but_not_for_whom_it_quotes() -> None:
    title = "Mayor slams “disgraceful” plan"
    assert voiced(f"{title}\nIt rained.", "slams", title).voice == "headline"
    assert voiced(f"{title}\nIt rained.", "disgraceful", title).voice == "quote"


PIECES = st.sampled_from(
    [
        "“a” ",
        "‘b’ ",
        "she said, ",
        "he said “c. ",
        "x. ",
        "said ",
        "according to Y",
        ", ",
        "\n",
        "“",
        "”",
        "that ",
        "– ",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_voices_cover_every_sentence_without_gap_or_overlap(text: str) -> None:
    article = Article(text=text)
    sentences = segment(article)
    stretches = voices(article, sentences)
    for sentence in sentences:
        inside = [piece.span for piece in stretches if sentence.span.contains(piece.span)]
        assert inside[0].start == sentence.span.start
        assert inside[-1].end == sentence.span.end
        assert all(one.end == other.start for one, other in pairwise(inside))
    assert all(len(piece.span) for piece in stretches)
