"""Verbs of speech on their rungs."""

from __future__ import annotations

from truthlens.ledgers.firmness import RUNGS, firmest, rung


def test_verbs_stand_on_their_rungs() -> None:
    words = ("found", "acknowledged", "denied", "warned", "told", "insisted", "alleged")
    assert tuple(rung(word) for word in words) == RUNGS


def test_the_firmest_verb() -> None:
    assert firmest(["said", "alleged", "confirmed"]) == "confirmed"
    assert firmest([]) == ""
