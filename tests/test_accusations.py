"""Who is held to have done wrong; without a party nobody is."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.ledgers.accusations import accusations


def accused(analyser: Analyser, text: str) -> list[tuple[str, str]]:
    reading = analyser.reading(Article(text=text))
    return [(each.accused.name, each.words.of(text)) for each in accusations(reading)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The panel accused Jo Roe of hiding the bill.", ["Jo Roe"]),
        ("Jo Roe was accused of hiding the bill.", ["Jo Roe"]),
        ("Jo Roe has been charged with fraud.", ["Jo Roe"]),
        ("Both France and Peru are violating the pact, the report alleged.", ["France", "Peru"]),
        ("The report said French troops had broken the ceasefire.", ["France"]),
        ("Critics blamed the council for the flood.", ["the council"]),
        ("Allegations of theft against Jo Roe were read out.", ["Jo Roe"]),
        ("The report accused U.S. forces of holding it up.", ["U.S."]),
        ("Critics sued the Roe administration over the plan.", ["the Roe administration"]),
    ],
)
def test_accused(analyser: Analyser, text: str, names: list[str]) -> None:
    assert [name for name, _ in accused(analyser, text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Jo Roe did not violate the pact.",
        "Jo Roe isn’t guilty of theft.",
        "They pay networks that evade sanctions.",
        "The vote in Peru was rigged.",
        "A former Roe officer suspected of theft left.",
        "Jo Roe broke a window.",
        "The speech was a breach of protocol.",
        "The council met on Tuesday.",
        "The Institute on Drug Abuse counted 40 boats.",
        "The panel accused a Velden woman of theft.",
        "China denounced a Velden court ruling.",
    ],
)
def test_nobody_is_accused(analyser: Analyser, text: str) -> None:
    assert accused(analyser, text) == []


def test_a_headline_accuses_nobody(analyser: Analyser) -> None:
    article = Article(text="Roe accused of theft\nIt rained.", title="Roe accused of theft")
    assert accusations(analyser.reading(article)) == ()
