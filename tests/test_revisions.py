"""What changed between two versions of an article: headline, notes, figures, wording; and what did not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from truthlens import wire
from truthlens.annotate import Annotator, Places
from truthlens.domain import Article, Block, Listing, Note, Nothing, Quote, Table
from truthlens.events.revisions import ROWS_CEILING, SENTENCES_CEILING, Version, since
from truthlens.segment import segment

BODY = (
    "The harbour board suspended ferry services on Tuesday after a hull cracked. "
    "At least 340 passengers were moved to buses. "
    "Its chair, Mara Ovelund, defended the stunning decision in a letter to crews. "
    "Crews said they had asked for an inspection in May."
)


def version(body: str, *, title: str = "Ferries stop", id: str = "", extracted_by: str = "text") -> Version:
    article = Article(text=f"{title}\n{body}" if title else body, title=title, extracted_by=extracted_by)
    return Version(id=id, article=article, sentences=segment(article))


def changed(now: str, before: str = BODY) -> tuple[Block, ...]:
    return since(version(before, id="old"), version(now))


def rows(blocks: Sequence[Block], first_column: str) -> list[tuple[str, ...]]:
    tables = [block for block in blocks if isinstance(block, Table) and block.columns[0] == first_column]
    return [tuple(cell.text for cell in row) for table in tables for row in table.rows]


def test_the_same_text_has_not_changed() -> None:
    assert changed(BODY) == (Nothing(text="The wording has not changed."),)


@pytest.mark.parametrize(
    "now",
    [
        BODY.replace("Its chair, Mara", "Its chair,  Mara"),
        BODY.replace(" At least", "\nAt least"),
        "Crews said they had asked for an inspection in May. " + BODY.partition(" Crews")[0],
    ],
    ids=["a space", "a paragraph", "a moved sentence"],
)
def test_spaces_paragraphs_and_places_are_no_wording(now: str) -> None:
    assert isinstance(changed(now)[0], Nothing)


def test_other_kinds_of_quotation_marks_are_no_change_but_new_ones_are() -> None:
    straight, curly = 'Crews called it "reckless".', "Crews called it “reckless”."
    assert isinstance(changed(curly, straight)[0], Nothing)
    assert rows(changed(straight, "Crews called it reckless."), "Change")


def test_a_commas_coming_is_no_change_of_wording() -> None:
    assert isinstance(changed(BODY.replace("on Tuesday after", "on Tuesday, after"))[0], Nothing)


def test_a_new_headline_is_told_with_both_places() -> None:
    before, now = version(BODY, id="old"), version(BODY, title="Ferries stopped in fury")
    (block,) = since(before, now)
    assert isinstance(block, Listing)
    (statement,) = block.statements
    assert statement.text == "The headline read “Ferries stop”; it now reads “Ferries stopped in fury”."
    places = [(each.other, each.span.start) for each in statement.evidence]
    assert places == [("old", 0), ("", 0)]


def test_a_reworded_sentence_shows_its_changed_words_in_both_versions() -> None:
    now = BODY.replace("defended the stunning decision", "defended the decision")
    blocks = changed(now)
    assert rows(blocks, "Change") == [
        ("reworded", "…defended the stunning decision in a…", "…defended the decision in a…")
    ]
    (table,) = blocks
    assert isinstance(table, Table)
    old, new = table.rows[0][1].evidence[0], table.rows[0][2].evidence[0]
    assert (old.other, new.other) == ("old", "")
    assert "stunning" in old.span.of(version(BODY).article.text)
    assert new.span.of(version(now).article.text) == "defended the decision in a"


def test_every_cell_occurs_in_its_evidence() -> None:
    now = BODY.replace("suspended", "halted").replace("340", "410").replace("a letter", "an open letter")
    before = version(BODY, id="old")
    for block in since(before, version(now)):
        assert isinstance(block, Table)
        for cell in (cell for row in block.rows for cell in row if cell.evidence):
            (place,) = cell.evidence
            text = (before if place.other else version(now)).article.text
            assert cell.text.strip("…") == place.span.of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("340", "410"), ("340", "1,340"), ("340", "two"), ("340", "340 million")],
)
def test_a_figure_that_gave_way_to_another_keeps_its_qualifier(old: str, new: str) -> None:
    blocks = changed(BODY.replace(old, new))
    (row,) = rows(blocks, "Figure before")
    assert row[0].startswith("At least 340")
    assert row[1].startswith(f"At least {new}")
    assert rows(blocks, "Change") == []


def test_a_figure_that_came_is_wording() -> None:
    blocks = changed(BODY.replace("in May", "on 3 May"))
    assert rows(blocks, "Figure before") == []
    assert len(rows(blocks, "Change")) == 1


def test_sentences_that_came_and_went_stand_in_the_order_of_the_text() -> None:
    without = BODY.replace("At least 340 passengers were moved to buses. ", "")
    assert rows(changed(without), "Change") == [
        ("removed", "At least 340 passengers were moved to buses.", "")
    ]
    more = f"{BODY} Nobody was hurt."
    assert rows(changed(more), "Change") == [("added", "", "Nobody was hurt.")]


@pytest.mark.parametrize(
    "note",
    [
        "Correction: the hull cracked on Monday.",
        "CLARIFICATION, 4 March: the letter was sent by the board.",
        "This article was amended on 4 March to name the chair.",
        "An earlier version of this story gave the wrong number of passengers.",
        "Updated at 9 a.m. with comments from crews.",
    ],
)
def test_a_note_of_correction_is_quoted(note: str) -> None:
    blocks = changed(f"{BODY}\n{note}")
    quotes = [block.text for block in blocks if isinstance(block, Quote)]
    assert " ".join(quotes) == note
    assert rows(blocks, "Change") == []
    assert not any(isinstance(block, Quote) for block in changed(f"{BODY}\n{note}", f"{BODY}\n{note}"))


@pytest.mark.parametrize(
    "news",
    ["The board updated its timetable.", "Shares fell in a correction.", "A correctional officer resigned."],
)
def test_news_of_updates_is_no_note(news: str) -> None:
    blocks = changed(f"{BODY}\n{news}")
    assert not any(isinstance(block, Quote) for block in blocks)
    assert rows(blocks, "Change") == [("added", "", news)]


def test_a_long_list_is_cut_and_counted() -> None:
    many = " ".join(f"The {word} pier closed early." for word in map(str, range(100, 140)))
    blocks = changed(f"{BODY}\n{many}")
    assert len(rows(blocks, "Change")) == ROWS_CEILING
    assert Note(text=f"{40 - ROWS_CEILING} more changes are not listed.") in blocks


def test_pages_read_in_two_ways_carry_a_warning() -> None:
    before = version(BODY, id="old", extracted_by="readability")
    assert not any(isinstance(block, Note) for block in since(before, version(BODY)))
    blocks = since(before, version(BODY + " It rained.", extracted_by="trafilatura"))
    assert isinstance(blocks[-1], Note)


def test_texts_without_a_headline_or_without_anything() -> None:
    untitled = version(BODY, title="")
    assert isinstance(since(untitled, version(BODY))[0], Nothing)
    empty = version("", title="", id="old")
    assert {row[0] for row in rows(since(empty, untitled), "Change")} == {"added"}
    assert {row[0] for row in rows(since(untitled, empty), "Change")} == {"removed"}


def test_a_text_too_long_to_compare_is_left_alone() -> None:
    long = "Rain. " * (SENTENCES_CEILING + 1)
    (block,) = changed(long, "Rain.")
    assert isinstance(block, Note)


@pytest.mark.parametrize("text", ["Rain fell. " * 900, "word " * 20_000, "1," * 20_000 + "x", "“" * 5000])
def test_hostile_texts_take_no_time(text: str) -> None:
    assert changed(text + "End.", text)
    assert changed(text, "Start. " + text)


def test_both_versions_are_rendered_each_by_its_own_annotator() -> None:
    before, now = version("One 😀 old. " + BODY, id="old"), version(BODY.replace("stunning", "plain"))
    places = Places(
        Annotator(now.article, now.sentences), {"old": Annotator(before.article, before.sentences)}
    )
    (table,) = wire.blocks(since(before, now), places)
    cells = [cell for row in table["rows"] for cell in row if cell["evidence"]]
    assert {cell["evidence"][0]["other"] for cell in cells} == {"old", ""}
    for cell in cells:
        assert cell["evidence"][0]["exact"] == cell["text"].strip("…")
    stunning = next(cell for cell in cells if "stunning" in cell["text"])["evidence"][0]
    assert stunning["utf16_start"] == stunning["start"] + 1
