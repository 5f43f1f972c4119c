"""Feelings and frames as a head has scored them: how many sentences, in whose words, and which."""

from __future__ import annotations

from planted import planted
from truthlens.analyse import Analyser
from truthlens.digest.impact import EMOTION_FLOOR, FRAME_FLOOR
from truthlens.domain import Article, Bars, Block, Listing, Note, Nothing
from truthlens.reading import Reading
from truthlens.sections.intended_impact import CHARTED, SECTION, UNSURE

TITLE = "Rain stops ferries"
OWN = "The stunning storm left the harbour in ruins."
QUOTED = "“It was a massive wall of water,” Ann Mali said."
PLAIN = "The ferries stopped at noon."
TEXT = "\n".join([TITLE, f"{OWN} {QUOTED} {PLAIN}"])
FIRST, SECOND, THIRD = 1, 2, 3


def reading(analyser: Analyser) -> Reading:
    """Of the body's three sentences the first two read as loaded."""
    return planted(
        analyser.reading(Article(text=TEXT, title=TITLE)), "loaded", "loaded", {FIRST: 0.9, SECOND: 0.9}
    )


def build(read: Reading) -> list[Block]:
    return list(SECTION.build(read, ()))


def test_plain_wording_invites_nothing(analyser: Analyser) -> None:
    assert build(reading(analyser)) == [Nothing(text="no emotive wording found")]


def test_a_feeling_is_told_by_whose_words_invite_it(analyser: Analyser) -> None:
    read = planted(reading(analyser), "emotion", "fear", {FIRST: 0.8, SECOND: 0.9})
    listing, note = build(read)
    assert note == Note(text=UNSURE)
    assert isinstance(listing, Listing)
    (statement,) = listing.statements
    assert statement.text == f"Fear, in a quotation: {QUOTED}"
    assert [place.span.of(TEXT) for place in statement.evidence] == [QUOTED]


def test_many_are_charted_by_voice(analyser: Analyser) -> None:
    text = " ".join(f"The stunning storm {number} came." for number in range(CHARTED - 1)) + f" {QUOTED}"
    every = dict.fromkeys(range(CHARTED), 0.9)
    read = planted(analyser.reading(Article(text=text)), "loaded", "loaded", every)
    bars = build(planted(read, "emotion", "fear", every))[0]
    assert isinstance(bars, Bars)
    assert bars.whole == CHARTED
    (bar,) = bars.bars
    assert (bar.label, bar.amounts) == ("fear", (("own", CHARTED - 1), ("quote", 1)))
    assert QUOTED in [place.span.of(text) for place in bar.evidence]


def test_the_want_of_joy_is_no_joy(analyser: Analyser) -> None:
    text = "Not everyone was thrilled by the stunning storm."
    read = planted(analyser.reading(Article(text=text)), "loaded", "loaded", {0: 0.9})
    assert build(planted(read, "emotion", "joy", {0: 0.9})) == [Nothing(text="no emotive wording found")]
    assert build(planted(read, "emotion", "anger", {0: 0.9}))[0].kind == "list"


def test_a_feeling_needs_a_sure_head_and_loaded_wording(analyser: Analyser) -> None:
    unsure = planted(reading(analyser), "emotion", "fear", {FIRST: EMOTION_FLOOR - 0.01})
    plain = planted(reading(analyser), "emotion", "fear", {THIRD: 0.9})
    for read in (unsure, plain):
        assert build(read) == [Nothing(text="no emotive wording found")]


def test_a_feeling_that_the_head_cannot_tell_is_not_shown(analyser: Analyser) -> None:
    read = planted(reading(analyser), "emotion", "sympathy", {FIRST: 0.9})
    assert build(read) == [Nothing(text="no emotive wording found")]


def test_at_most_three_feelings_are_spelled_out(analyser: Analyser) -> None:
    sentences = [f"The stunning storm {number} came." for number in range(4)]
    read = analyser.reading(Article(text=" ".join(sentences)))
    read = planted(read, "loaded", "loaded", dict.fromkeys(range(4), 0.9))
    for index, emotion in enumerate(("fear", "anger", "joy", "hope")):
        read = planted(read, "emotion", emotion, {index: 0.9 - index / 10})
    bars, listing, _ = build(read)
    assert isinstance(bars, Bars)
    assert isinstance(listing, Listing)
    assert len(bars.bars) == 4
    assert [statement.text.split(",")[0] for statement in listing.statements] == ["Fear", "Anger", "Joy"]


def test_frames_are_shown_even_where_nothing_is_emotive(analyser: Analyser) -> None:
    read = planted(reading(analyser), "frame", "health", {FIRST: 0.9, THIRD: 0.9})
    read = planted(read, "frame", "legal", {SECOND: 0.9})
    nothing, bars = build(read)
    assert nothing == Nothing(text="no emotive wording found")
    assert isinstance(bars, Bars)
    assert [(bar.label, bar.amounts) for bar in bars.bars] == [("Health and safety", (("own", 2),))]


def test_a_frame_below_its_floor_does_not_count(analyser: Analyser) -> None:
    low = dict.fromkeys((FIRST, SECOND, THIRD), FRAME_FLOOR - 0.01)
    assert build(planted(reading(analyser), "frame", "health", low)) == [
        Nothing(text="no emotive wording found")
    ]
