"""States by name, adjective, seat and house, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from truthlens import seeds
from truthlens.seed_file import SeedError

TABLE = seeds.load_countries()


def seen(text: str) -> list[tuple[str, str]]:
    return [(s.span.of(text), s.key) for s in TABLE.sightings(text) if s.form != "none"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and the US met.", [("U.S.", "US"), ("US", "US")]),
        ("Please tell us what the un-American did.", []),
        ("North Korean troops left South Korea.", [("North Korean", "KP"), ("South Korea", "KR")]),
        ("Côte d’Ivoire and Ivory Coast", [("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI")]),
        ("Peru’s navy and a Peru-backed plan", [("Peru", "PE"), ("Peru", "PE")]),
        ("a Peru-based firm", []),
        ("Norwegians and Chileans", [("Norwegians", "NO"), ("Chileans", "CL")]),
        ("a deal in New Mexico, Northern Ireland and the Persian Gulf", []),
        ("The Kremlin and Downing Street agreed.", [("Kremlin", "RU"), ("Downing Street", "GB")]),
        ("The UN and Nato met.", [("UN", "united nations"), ("Nato", "nato")]),
        ("polish the floor", []),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Oslo has warned Peru.",
        "They sold boats to Oslo.",
        "It helped Oslo buy boats.",
        "Oslo’s offer was late.",
        "They say that Oslo is ready.",
        "Talks between Peru and Oslo, which had stalled, went on.",
    ],
)
def test_a_seat_that_stands_for_its_state(text: str) -> None:
    assert ("Oslo", "NO") in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Oslo.",
        "He flew to Oslo.",
        "She visited Oslo twice.",
        "OSLO (Northgate) - The budget passed.",
        "Cities such as Oslo grow.",
        "The Oslo court ruled.",
        "Oslo theatres closed.",
        "Oslo’s streets were wet.",
        "The mayor of Oslo, Minnesota, resigned.",
        "Oslo Philharmonic played.",
    ],
)
def test_a_seat_that_is_only_a_city(text: str) -> None:
    assert seen(text) == []


def test_a_doubtful_name_needs_another_form_beside_it() -> None:
    def keys(*texts: str) -> list[list[str]]:
        return [[s.key for s in row] for row in TABLE.settled(texts)]

    assert keys("Georgia beat Alabama.", "A win for Georgia.") == [[], []]
    assert keys("Georgia protested.", "Tbilisi has protested again.") == [["GE"], ["GE"]]


def test_every_state_has_a_name_of_its_own() -> None:
    assert TABLE.names["KP"] == "North Korea"
    assert TABLE.names["MM"] == "Myanmar"
    assert "JE" not in TABLE.names  # a territory
    assert len({code for code, form in TABLE.forms.values() if form == "name"}) > 190


def test_a_broken_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "countries.toml"
    head = 'left_out = []\nnone = []\ndoubtful = []\n[[bodies]]\nforms = ["g7"]\n'
    path.write_text(head + '[[states]]\ncode = "ZZZ"\n')
    with pytest.raises(SeedError, match=r"countries.toml:7: code 'ZZZ'"):
        seeds.load_countries(tmp_path)
    path.write_text(head + '[[states]]\ncode = "PE"\ndemonyms = ["chilean"]\n[[states]]\ncode = "CL"\n'
                    'demonyms = ["chilean"]\n')  # fmt: skip
    with pytest.raises(SeedError, match="stands for PE already"):
        seeds.load_countries(tmp_path)
