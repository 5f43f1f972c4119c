"""What part a source plays, by the words beside its name."""

from __future__ import annotations

import pytest
from truthlens.ledgers.roles import beside, role


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("Jo Roe", ["bus driver"], "affected"),
        ("Jo Roe", ["chief economist at Halt Bank"], "expert"),
        ("Jo Roe", ["Police union president"], "advocate"),
        ("Mayor Jo Roe", [], "official"),
        ("The central bank", [], "official"),
        ("Halt Motors plc", [], "company"),
        ("Jo Roe", [], ""),
        ("two people familiar with the talks", [], ""),
        ("Residents", [], "affected"),
        ("the People’s Post", [], ""),
        ("the ministry’s Jo Roe", [], "official"),
    ],
)
def test_role(name: str, words: list[str], expected: str) -> None:
    assert role(name, words) == expected


def test_what_stands_beside_a_name() -> None:
    text = "On Monday bus driver Jo Roe, a mother of two, said so."
    found = beside(text, "Jo Roe", [text.index("Jo Roe")])
    assert found == ["a mother of two", "On Monday bus driver"]
