"""Who says what within one sentence: which words are theirs, by which verb, and who is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from truthlens.voices.attribution import LONGEST_SENTENCE, attributions
from truthlens.voices.line import MASK

Q = MASK * 6
"""A quotation as the reader sees it."""


def read(sentence: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (each.speaker, each.verb, tuple(span.of(sentence) for span in each.content))
        for each in attributions(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "speaker", "verb", "content"),
    [
        ("Ann Doe said that the pool is empty.", "Ann Doe", "said", ("the pool is empty",)),
        ("The pool is empty, the council said.", "the council", "said", ("The pool is empty",)),
        ("The pool is empty, said Ann Doe, the mayor.", "Ann Doe", "said", ("The pool is empty",)),
        ("Ann Doe, the mayor, said the pool is empty.", "Ann Doe", "said", ("the pool is empty",)),
        ("A spokesman, Tom Brown, said it was shut.", "Tom Brown", "said", ("it was shut",)),
        ("The members – all eleven – urged Rome to talk.", "The members", "urged", ("Rome to talk",)),
        ("He told the Ashby News last week he would resign.", "He", "told", ("he would resign",)),
        ("Roe told reporters in Ashby that it was over.", "Roe", "told", ("it was over",)),
        ("She said on Tuesday the bridge would close.", "She", "said", ("the bridge would close",)),
        ("Roe, in Ashby, said Tuesday that it was over.", "Roe", "said", ("it was over",)),
        ("Mr Roe likes to say that courage is rare.", "Mr Roe", "say", ("courage is rare",)),
        ("Roe says he’s tired.", "Roe", "says", ("he’s tired",)),
        ("47 percent said they were tired.", "47 percent", "said", ("they were tired",)),
        ("Roe asked whether the lake was deep.", "Roe", "asked", ("whether the lake was deep",)),
        ("The group called for a ban on rafts.", "The group", "called", ("a ban on rafts",)),
        ("The mayor pledged to mend the roof.", "The mayor", "pledged", ("to mend the roof",)),
        ("Doe accused the mayor of hiding the bill.", "Doe", "accused", ("hiding the bill",)),
        ("Roe was accused by Doe of hiding the bill.", "Doe", "accused", ("hiding the bill",)),
        ("Doe dismissed the plan as a farce.", "Doe", "dismissed", ("a farce",)),
        ("Doe called it a farce.", "Doe", "called", ("a farce",)),
        ("Critics believe the plan is dead.", "Critics", "believe", ("the plan is dead",)),
        (
            "It sold one cart; two boats; and six rafts, the study found.",
            "the study",
            "found",
            ("It sold one cart; two boats; and six rafts",),
        ),
        ("It sold one cart; and six rafts, Roe said.", "Roe", "said", ("and six rafts",)),
        (
            "It sold carts, according to a report, which details the extent to which Roe helped.",
            "a report",
            "details",
            ("the extent to which Roe helped",),
        ),
        ("The memo outlines how it failed.", "The memo", "outlines", ("how it failed",)),
        ("The slogan led some users to argue that it was a joke.", "some users", "argue", ("it was a joke",)),
        (
            "Several hundred nurses wearing blue filled the square to call for better pay.",
            "Several hundred nurses wearing blue",
            "call",
            ("better pay",),
        ),
        (
            "Tenants displaced by the flood marched to demand that it be shut.",
            "Tenants displaced by the flood",
            "demand",
            ("it be shut",),
        ),
        (
            "Roe was eager to leave, but General Ann Doe, chair of the staff, told the paper that it stays.",
            "General Ann Doe",
            "told",
            ("it stays",),
        ),
        ("ASHBY -- Mayor Ann Roe said it was late.", "Mayor Ann Roe", "said", ("it was late",)),
        (
            "Sen. Ann Roe, Democrat of Ashby, the leader, promised to sell it.",
            "Sen. Ann Roe",
            "promised",
            ("to sell it",),
        ),
        (
            "Mr. Roe was not well, but calling for carts to be sold.",
            "Mr. Roe",
            "calling",
            ("carts to be sold",),
        ),
        ("The mayor last week said it was late.", "The mayor", "said", ("it was late",)),
        (f"{Q} Mr Roe said, adding that it was late.", "Mr Roe", "adding", ("it was late",)),
        ("The letter quotes Ann Doe saying that it was late.", "Ann Doe", "saying", ("it was late",)),
        ("The law faces charges he threatened to sue.", "he", "threatened", ("to sue",)),
        (
            "It was late, said The Lumo Company’s new chair Ann Doe in a letter to the staff that was seen.",
            "The Lumo Company’s new chair Ann Doe",
            "said",
            ("It was late",),
        ),
        ("Rents rose, with the agency warning that it is late.", "the agency", "warning", ("it is late",)),
        (
            "The retired judge walked out, saying that it was late.",
            "The retired judge",
            "saying",
            ("it was late",),
        ),
        (
            "It was late, said a Lumo spokeswoman when asked by the paper.",
            "a Lumo spokeswoman",
            "said",
            ("It was late",),
        ),
        ("Pat W. Doe, 51, of Ashby, said the pool was shut.", "Pat W. Doe", "said", ("the pool was shut",)),
        ("– The bank cut its rate and said it expected more.", "The bank", "said", ("it expected more",)),
        (
            "Peru, Chile and Cuba, the three states behind it, said it was late.",
            "the three states behind it",
            "said",
            ("it was late",),
        ),
        ("The poll shows Roe is ahead.", "The poll", "shows", ("Roe is ahead",)),
        ("According to state law, no dog may swim.", "state law", "according to", ("no dog may swim",)),
        (
            "The plan, according to Roe, is dead.",
            "Roe",
            "according to",
            ("The plan", "is dead"),
        ),
        ("The report’s finding that rafts sink alarmed many.", "The report", "finding", None),
        ("She repeated her claim that rafts sink.", "she", "claim", ("rafts sink",)),
        ("Many heard claims by Ann Doe that rafts sink.", "Ann Doe", "claims", ("rafts sink",)),
        ("Tom Brown, who swam there, said it was cold.", "Tom Brown", "said", ("it was cold",)),
        ("The bath, which experts say is old, shut.", "experts", "say", ("is old",)),
        (f"Roe called the plan {Q} on Monday.", "Roe", "called", ()),
        (f"At a rally, Roe said, {Q}", "Roe", "said", (Q,)),
        (f"{Q} said Ann Doe.", "Ann Doe", "said", (Q,)),
        (f"{Q} Ann Doe told the Ashby News.", "Ann Doe", "told", (Q,)),
    ],
)
def test_a_sentence(sentence: str, speaker: str, verb: str, content: tuple[str, ...] | None) -> None:
    found = [each for each in read(sentence) if each[1] == verb]
    assert [each[0] for each in found] == [speaker]
    if content is not None:
        assert found[0][2] == content


@pytest.mark.parametrize(
    "sentence",
    [
        "Police found a body in the lake.",
        "The bomb claimed 12 lives in the town.",
        "The United States called a new report flawed.",
        "He was asked to leave the hall.",
        "I believe that the plan is dead.",
        "We said so at the time.",
        "Nobody asked whether the pool was shut.",
        "If they think we have forgotten, they are wrong.",
        "A clock that tells the wrong time hangs there.",
        "The report lays out the stunning scope of the trade.",
        "The report details the stunning scope of the trade.",
        "The report describes the stunning scope of the trade.",
        "The report shows the stunning scope of the trade.",
        "The council finally said no to the plan.",
        "Voters who say it is dead were few.",
        "The rain only added to the misery.",
        "There is no doubt that it rained.",
        "Rebels blasted the town for three days.",
        "The office does the tweeting when she sleeps.",
        "He looked up, as if to say, it is late.",
        "Doe was jailed for threatening to burn the barn.",
        "Doe pleaded guilty to threatening to burn the barn.",
        "The town sued the firm for alleged theft of a boat.",
        "He repeated his false claims about the wall.",
        "The mayor’s alleged theft of a boat was news.",
        "Rents for an estimated 40 homes rose.",
        "The views expressed by readers are their own.",
        "He had a nagging feeling that it was late.",
        "It’s worth noting that it rained.",
    ],
)
def test_nobody_speaks(sentence: str) -> None:
    assert [each for each in read(sentence) if each[2]] == []


def test_one_subject_for_two_verbs() -> None:
    assert read("Doe praised the bath and said the water was warm.")[-1] == (
        "Doe",
        "said",
        ("the water was warm",),
    )
    assert read("The mayor rejected it, saying that it was late.") == [
        ("The mayor", "saying", ("it was late",))
    ]


def test_a_clause_ends_where_the_sentence_begins_another() -> None:
    assert read("Roe said the water was cold, and Doe denied that it was deep.") == [
        ("Roe", "said", ("the water was cold",)),
        ("Doe", "denied", ("it was deep",)),
    ]


def test_the_outlet_speaks_again() -> None:
    (found,) = read("Both denied that they swam, despite overwhelming evidence.")
    assert found[2] == ("they swam",)
    (found,) = read("Roe claimed without a shred of proof that rafts sink.")
    assert found[2] == ("rafts sink",)


def test_the_place_of_a_speaker_holds_the_aside() -> None:
    sentence = "Jane Roe, the mayor of Ashby, said the pool is empty."
    (found,) = attributions(sentence)
    assert found.source is not None
    assert found.source.of(sentence) == "Jane Roe, the mayor of Ashby"


def test_no_sentence_is_that_long() -> None:
    assert attributions("He said that " * LONGEST_SENTENCE) == ()


PIECES = [
    "he ",
    "said ",
    "that ",
    ", ",
    "Ann Doe ",
    "who ",
    "and ",
    "accused ",
    "of ",
    "for ",
    "as ",
    "told ",
]
PIECES += [
    "according to ",
    "claim ",
    "’s ",
    "by ",
    "— ",
    "; ",
    ": ",
    MASK,
    "to ",
    "it ",
    "is ",
    "called ",
    ".",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_spans_lie_within_the_sentence(sentence: str) -> None:
    for each in attributions(sentence):
        for span in each.content:
            assert 0 <= span.start < span.end <= len(sentence)
        if each.source is not None:
            assert each.source.end <= len(sentence)
