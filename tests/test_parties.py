"""Forms of one party are one party; two parties stay two."""

from __future__ import annotations

import numpy as np
from truthlens import seeds
from truthlens.domain import Article
from truthlens.heads import Scores, words
from truthlens.names import OUTPUTS
from truthlens.relations.parties import Party, parties
from truthlens.segment import segment

COUNTRIES = seeds.load_countries()


def of(text: str, **named: str) -> dict[str, Party]:
    """Parties by name. ``named``: names that the head finds, by kind, parted by "; "."""
    sentences = segment(Article(text=text))
    rows, spans = [], []
    for sentence in sentences:
        found = words(sentence.text)
        tags = np.full((len(found), len(OUTPUTS)), 0.01, np.float32)
        tags[:, 0] = 0.94
        for kind, listed in named.items():
            for name in listed.split("; "):
                start = sentence.text.find(name)
                while start >= 0:
                    inside = [i for i, w in enumerate(found) if start <= w.start < start + len(name)]
                    inside = (
                        inside if all(tags[i, 0] > 0.9 for i in inside) else []
                    )  # longer names come first
                    for place, index in enumerate(inside):
                        tags[index] = 0.01
                        tags[index, OUTPUTS.index(f"{kind}_first" if place == 0 else kind)] = 0.94
                    start = sentence.text.find(name, start + 1)
        rows.append(tags)
        spans.append(found)
    scores = Scores(
        words=tuple(spans), outputs={"entity": OUTPUTS}, by_word={"entity": tuple(rows)}, by_sentence={}
    )
    return {party.name: party for party in parties(sentences, scores, countries=COUNTRIES)}


def forms(text: str, party: Party) -> list[str]:
    return [span.of(text) for span in party.mentions]


def test_a_surname_is_the_full_name() -> None:
    text = "Ann Lee spoke. Lee left. Ms Lee’s car was old."
    found = of(text, person="Ann Lee; Ms Lee; Lee")
    assert forms(text, found["Ann Lee"]) == ["Ann Lee", "Lee", "Ms Lee"]
    assert list(found) == ["Ann Lee"]


def test_two_of_one_surname_stay_apart() -> None:
    found = of("Ann Lee met Bo Lee. Lee left.", person="Ann Lee; Bo Lee; Lee")
    assert set(found) == {"Ann Lee", "Bo Lee", "Lee"}


def test_middle_names_come_and_go() -> None:
    found = of("Ann R. Lee spoke, and Ann Lee left.", person="Ann R. Lee; Ann Lee")
    assert [len(party.mentions) for party in found.values()] == [2]


def test_a_surname_that_the_head_takes_for_a_company_is_the_person() -> None:
    found = of("President Ivo Marr spoke. Marr left.", person="President Ivo Marr", organisation="Marr")
    assert {name: (party.kind, len(party.mentions)) for name, party in found.items()} == {
        "Ivo Marr": ("person", 2)
    }


def test_an_acronym_is_its_long_form() -> None:
    text = "The Harbour Safety Board (HSB) met. The HSB voted. The Canal Trust Office, or CTO, did not."
    found = of(text, organisation="Harbour Safety Board; HSB; Canal Trust Office; CTO")
    assert forms(text, found["Harbour Safety Board"]) == ["Harbour Safety Board", "HSB", "HSB"]
    assert forms(text, found["Canal Trust Office"]) == ["Canal Trust Office", "CTO"]


def test_pieces_of_one_name_are_joined() -> None:
    found = of(
        "It was late when on Monday the Harbour Safety Board met again.", organisation="Harbour; Board"
    )
    assert list(found) == ["Harbour Safety Board"]
    assert list(of("He left Halden Bank.", person="Halden", organisation="Bank")) == ["Halden Bank"]


def test_a_state_is_one_by_all_its_forms() -> None:
    text = "Norwegian ships left. Norway said so, and Oslo has agreed. It rained in Oslo."
    found = of(text, place="Oslo")
    assert forms(text, found["Norway"]) == ["Norwegian", "Norway", "Oslo"]
    assert (found["Norway"].country, found["Oslo"].country) == ("NO", "")


def test_a_state_met_by_its_adjective_alone_has_its_own_name() -> None:
    assert of("Norwegian ships left.")["Norway"].country == "NO"


def test_names_that_the_head_breaks_are_mended_by_the_table() -> None:
    found = of(
        "New Zealand and the United Kingdom left.", place="New; Zealand; United", organisation="Kingdom"
    )
    assert [party.country for party in found.values()] == ["NZ", "GB"]


def test_a_company_that_holds_a_states_name_is_no_state() -> None:
    assert list(of("Shares of Air Norway fell.", organisation="Air Norway")) == ["Air Norway"]
    assert of("The Norwegian Foreign Ministry met.", organisation="Norwegian Foreign Ministry")["Norway"]


def test_who_leads_a_state() -> None:
    found = of(
        "Norwegian President Ivo Marr met Peru’s prime minister, Ana Ruiz, and Bo Lee, a Chilean poet.",
        person="President Ivo Marr; Ana Ruiz; Bo Lee",
    )
    assert {name: party.leads for name, party in found.items() if party.kind == "person"} == {
        "Ivo Marr": "NO",
        "Ana Ruiz": "PE",
        "Bo Lee": "",
    }
    past = of("Former Norwegian President Ivo Marr spoke.", person="President Ivo Marr")
    assert past["Ivo Marr"].leads == ""


def test_a_body_of_states_is_an_organisation() -> None:
    found = of("The United Nations met. The UN voted.")
    (body,) = found.values()
    assert (body.name, body.kind, body.body, body.country) == ("United Nations", "organisation", True, "")


def test_officials_are_no_party() -> None:
    assert list(of("US officials spoke to officials.")) == ["US"]


def test_a_person_named_like_a_state() -> None:
    found = of("Ivo Jordan spoke. Jordan left. Jordanian papers said so.", person="Ivo Jordan")
    assert len(found["Ivo Jordan"].mentions) == 2
