"""Articles side by side: every group on articles made up for it, every place in the article it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Cell, Evidence, Finding, Listing, Nothing, SectionResult, Span, Table
from truthlens.events.comparison import compare
from truthlens.reading import Reading
from truthlens.sections.comparison import SECTION

FERRY = "The ferry Aurora struck the north pier at Lindhavn on Tuesday morning in thick fog."
WAGES = "Dockers in the town have waited since spring for the wages that an arbiter awarded them."
HURT = "people were hurt when the ferry struck the pier"
COST = "Repairs to the pier will cost the town"
BRIDGE = "A new bridge across the sound would take cars off the boats, planners wrote years ago."


def article(*lines: str, title: str = "Ferry hits pier", outlet: str = "", url: str = "") -> Article:
    return Article(text="\n".join([title, *lines]), title=title, outlet=outlet, url=url)


def sections(analyser: Analyser, *articles: Article) -> dict[str, SectionResult]:
    readings = [analyser.reading(each) for each in articles]
    ids = [f"id{number}" for number in range(len(articles))]
    found = compare(readings, [()] * len(articles), ids)
    check(found, articles, ids)
    return {section.key: section for section in found}


def check(found: Sequence[SectionResult], articles: Sequence[Article], ids: Sequence[str]) -> None:
    """Places lie in their own article, and what a statement or a cell shows stands there."""
    texts = {("" if not number else ids[number]): each.text for number, each in enumerate(articles)}
    for section in found:
        assert section.blocks
        for block in section.blocks:
            shown: list[tuple[str, tuple[Evidence, ...]]] = []
            if isinstance(block, Listing):
                shown = [(statement.text, statement.evidence) for statement in block.statements]
            elif isinstance(block, Table):
                assert all(len(row) == len(block.columns) for row in block.rows)
                shown = [(cell.text, cell.evidence) for row in block.rows for cell in row if cell.evidence]
            for text, evidence in shown:
                places = " ".join(place.span.of(texts[place.other]) for place in evidence)
                assert all(place.span.end <= len(texts[place.other]) for place in evidence)
                if section.key not in ("frames_side_by_side", "marks_side_by_side"):
                    assert all(number in places for number in re.findall(r"\d+", text))


def rows(section: SectionResult) -> list[list[str]]:
    block = section.blocks[0]
    assert isinstance(block, Table), block
    return [[cell.text for cell in row] for row in block.rows]


def listed(section: SectionResult) -> list[str]:
    block = section.blocks[0]
    return [statement.text for statement in block.statements] if isinstance(block, Listing) else []


def test_what_both_tell_is_one_row_with_a_place_in_each(analyser: Analyser) -> None:
    found = sections(
        analyser, article(FERRY, WAGES, outlet="The Quay"), article(BRIDGE, FERRY, outlet="Sound Post")
    )
    block = found["facts_in_both"].blocks[0]
    assert isinstance(block, Table)
    assert block.columns == ("The Quay", "Sound Post")
    assert rows(found["facts_in_both"]) == [[FERRY, FERRY]]
    assert [[place.other for place in cell.evidence] for cell in block.rows[0]] == [[""], ["id1"]]


def test_what_one_tells_alone_is_listed_under_its_name(analyser: Analyser) -> None:
    found = sections(
        analyser, article(FERRY, WAGES, outlet="The Quay"), article(BRIDGE, FERRY, outlet="Sound Post")
    )
    assert found["only_in_0"].title == "Only in The Quay"
    assert listed(found["only_in_0"]) == [WAGES]
    assert listed(found["only_in_1"]) == [BRIDGE]
    block = found["only_in_1"].blocks[0]
    assert isinstance(block, Listing)
    assert block.statements[0].evidence[0].other == "id1"


def test_questions_scraps_and_bare_quotations_are_not_told_alone(analyser: Analyser) -> None:
    scraps = (
        "Who will pay for the damage to the pier and to the ship?",
        "Nobody knows yet.",
        "“Every single one of us was thrown to the floor of the car deck.”",
    )
    assert isinstance(
        sections(analyser, article(FERRY, *scraps), article(FERRY))["only_in_0"].blocks[0], Nothing
    )


def test_equal_articles_have_nothing_of_their_own(analyser: Analyser) -> None:
    found = sections(analyser, article(FERRY, WAGES), article(FERRY, WAGES))
    for key in ("only_in_0", "only_in_1", "figures_that_differ", "different_words", "voices_in_one"):
        assert isinstance(found[key].blocks[0], Nothing), key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"14 {HURT}", f"17 {HURT}"),
        (f"At least 14 {HURT}", f"14 {HURT}"),
        (f"{COST} $3.5 million", f"{COST} $3.9 million"),
    ],
)
def test_figures_for_one_thing_that_differ(analyser: Analyser, one: str, other: str) -> None:
    found = sections(analyser, article(f"{one}, police said."), article(f"{other}, police said."))
    ((mine, theirs),) = rows(found["figures_that_differ"])
    assert one in mine
    assert other in theirs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"14 {HURT}", f"14 {HURT}"),
        (f"14 {HURT}", "17 cars were hurt when the ferry struck the pier"),
        (f"{COST} $3,512,000", f"{COST} $3.5 million"),
        (f"{COST} $3 million", f"{COST} $90 million"),
        (f"14 {HURT}", "The 17 people are at home"),
    ],
)
def test_figures_that_agree_round_or_count_something_else(analyser: Analyser, one: str, other: str) -> None:
    found = sections(analyser, article(f"{one}, police said."), article(f"{other}, police said."))
    assert isinstance(found["figures_that_differ"].blocks[0], Nothing)


def test_a_figure_that_the_other_has_as_well_is_no_disagreement(analyser: Analyser) -> None:
    first = "14 people were hurt when the ferry struck the pier, police said."
    second = "17 people were hurt when the ferry struck the pier, police said."
    early = "Earlier, 14 people were said to be hurt after the ferry struck."
    found = sections(analyser, article(first), article(second, early))
    assert isinstance(found["figures_that_differ"].blocks[0], Nothing)


def test_other_words_for_the_same_actor(analyser: Analyser) -> None:
    one = "The protesters marched from the pier to the town hall on Tuesday evening."
    other = "The rioters marched from the pier to the town hall on Tuesday evening."
    found = sections(analyser, article(one), article(other))
    assert rows(found["different_words"]) == [["crowd", "“protesters”", "“rioters”"]]


def test_a_word_that_both_use_or_that_is_quoted_is_no_choice(analyser: Analyser) -> None:
    one = "The protesters marched from the pier to the town hall on Tuesday evening."
    other = "The rioters marched from the pier to the town hall on Tuesday evening."
    both = "Some protesters went home early that night because of the rain."
    quoted = "The “rioters” marched from the pier to the town hall on Tuesday evening."
    for second in (article(other, both), article(quoted)):
        assert isinstance(sections(analyser, article(one), second)["different_words"].blocks[0], Nothing)


def test_headlines_are_set_against_one_another(analyser: Analyser) -> None:
    found = sections(
        analyser, article(FERRY, title="Protesters fill pier"), article(FERRY, title="Mob storms town hall")
    )
    assert rows(found["different_words"]) == [["crowd", "“Protesters”", "“Mob”"]]


def test_other_verbs_for_one_speaker(analyser: Analyser) -> None:
    one = "Harbour master Ida Lund said that the fog lamp had been lit since midnight."
    other = "Harbour master Ida Lund claimed that the fog lamp had been lit since midnight."
    plain = "Harbour master Ida Lund added that the fog lamp had been lit since midnight."
    assert [row[1:] for row in rows(sections(analyser, article(one), article(other))["different_words"])] == [
        ["“said”", "“claimed”"]
    ]
    assert isinstance(sections(analyser, article(one), article(plain))["different_words"].blocks[0], Nothing)


def test_voices_that_are_heard_in_one_only(analyser: Analyser) -> None:
    lund = "Harbour master Ida Lund said that the fog lamp had been lit since midnight."
    dvor = "Captain Pavel Dvor said that the engine had not answered for two minutes."
    found = sections(
        analyser, article(lund, dvor, outlet="The Quay"), article(lund.replace("Harbour master Ida ", "Ms "))
    )
    names = [row[0] for row in rows(found["voices_in_one"])]
    assert len(names) == 1
    assert "Dvor" in names[0]
    assert rows(found["voices_in_one"])[0][1] == "The Quay"


def test_frames_are_shares_of_each_article(analyser: Analyser) -> None:
    readings = [analyser.reading(article(FERRY, WAGES, BRIDGE)), analyser.reading(article(FERRY))]
    readings[0] = framed(readings[0], {1: "econ", 2: "econ", 3: "legal"})
    found = {each.key: each for each in compare(readings, [(), ()], ["", "other"])}
    assert rows(found["frames_side_by_side"]) == [["Economy", "50%", "0%"], ["Law and courts", "25%", "0%"]]
    block = found["frames_side_by_side"].blocks[0]
    assert isinstance(block, Table)
    shown = [place.span for place in block.rows[0][1].evidence]
    assert shown == [readings[0].sentences[1].span, readings[0].sentences[2].span]


def framed(reading: Reading, of: dict[int, str]) -> Reading:
    outputs = reading.scores.outputs["frame"]
    scores = np.zeros((len(reading.sentences), len(outputs)), np.float32)
    for row, frame in of.items():
        scores[row, outputs.index(frame)] = 0.9
    return replace(
        reading,
        scores=replace(reading.scores, by_sentence={**reading.scores.by_sentence, "frame": scores}),
    )


def test_marks_are_counted_in_the_outlets_own_words(analyser: Analyser) -> None:
    readings = [analyser.reading(article(FERRY, outlet="The Quay")), analyser.reading(article(FERRY))]
    own = Finding(indicator="doubt", span=Span(0, 5), score=0.9, sentence=0, message="m", voice="own")
    found = compare(readings, [[own, replace(own, voice="quote")], []], ["", "other"])
    assert [row[:2] for row in rows(found[-1])] == [["The Quay", "1"], ["the other article", "0"]]


def test_three_articles_keep_their_columns(analyser: Analyser) -> None:
    found = sections(analyser, article(FERRY, WAGES), article(FERRY), article(WAGES, BRIDGE))
    assert rows(found["facts_in_both"]) == [[FERRY, FERRY, "–"], [WAGES, "–", WAGES]]
    assert found["facts_in_both"].title == "In several"
    assert isinstance(found["only_in_0"].blocks[0], Nothing)
    assert listed(found["only_in_2"]) == [BRIDGE]


def test_articles_are_called_by_outlet_site_or_neither(analyser: Analyser) -> None:
    def columns(*articles: Article) -> tuple[str, ...]:
        block = sections(analyser, *articles)["facts_in_both"].blocks[0]
        assert isinstance(block, Table)
        return block.columns

    bare, sited = article(FERRY), article(FERRY, url="https://www.sound.example/ferry")
    assert columns(bare, sited) == ("this article", "sound.example")
    assert columns(sited, bare) == ("sound.example", "the other article")
    assert columns(sited, sited, sited) == ("sound.example", "sound.example (2)", "sound.example (3)")


def test_a_long_sentence_is_cut_and_says_who_speaks(analyser: Analyser) -> None:
    long = (
        f"The quay would have to be {'shored and ' * 14}rebuilt before any ship could berth, Ida Lund said."
    )
    found = sections(analyser, article(long), article(long))
    cell = rows(found["facts_in_both"])[0][0]
    assert cell.startswith("The quay would have to be shored")
    assert cell.endswith("… (Ida Lund said)")


def test_it_needs_two_articles_that_go_with_their_ids(analyser: Analyser) -> None:
    reading = analyser.reading(article(FERRY))
    with pytest.raises(ValueError, match="1 readings"):
        compare([reading], [()], [""])
    with pytest.raises(ValueError, match="1 ids"):
        compare([reading, reading], [(), ()], [""])


def test_headlines_alone_compare_without_error(analyser: Analyser) -> None:
    assert sections(analyser, article(), article())
    assert sections(analyser, Article(text=""), Article(text=""))


def test_alone_the_report_says_how_to_compare(analyser: Analyser) -> None:
    reading = analyser.reading(article(FERRY))
    (block,) = SECTION.build(reading, ())
    assert isinstance(block, Nothing)
    assert "Compare" in block.text
    assert SECTION.title == "Comparison with other reports"


def test_the_same_articles_give_the_same_comparison(analyser: Analyser) -> None:
    pair = article(FERRY, WAGES), article(BRIDGE, FERRY)
    assert sections(analyser, *pair) == sections(analyser, *pair)
    assert Cell(text="–") not in [
        cell for section in sections(analyser, *pair).values() for cell in cells(section)
    ]


def cells(section: SectionResult) -> list[Cell]:
    return [c for block in section.blocks if isinstance(block, Table) for row in block.rows for c in row]


def test_figures_are_compared_over_looser_sentences_when_more_words_are_shared(analyser: Analyser) -> None:
    one = "The vote came after a marathon hearing in the old town hall at which 71 residents spoke."
    other = "About 90 residents spoke at the hearing, which the harbour office had put off twice before."
    found = sections(analyser, article(one), article(other))
    assert isinstance(found["facts_in_both"].blocks[0], Nothing)
    ((mine, theirs),) = rows(found["figures_that_differ"])
    assert "71 residents" in mine
    assert "About 90 residents" in theirs
