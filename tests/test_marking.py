"""Which neighbouring words make one marked phrase."""

from __future__ import annotations

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.marking import LONGEST


def phrases(analyser: Analyser, text: str) -> list[str]:
    return [finding.span.of(text) for finding in analyser.analyse(Article(text=text)).findings]


def test_neighbours_join_and_edges_without_wording_are_left_out(analyser: Analyser) -> None:
    assert phrases(analyser, "It was a stunning, massive win for them.") == ["stunning, massive"]


def test_a_quotation_mark_ends_a_phrase(analyser: Analyser) -> None:
    assert phrases(analyser, "A stunning “massive” win.") == ["stunning", "massive"]


def test_a_phrase_is_never_longer_than_its_bound(analyser: Analyser) -> None:
    text = "A " + " ".join(["stunning", "massive"] * LONGEST) + " win."
    found = phrases(analyser, text)
    assert [len(phrase.split()) for phrase in found] == [LONGEST, LONGEST]


def test_a_card_names_close_seeds_and_never_the_phrase_itself(analyser: Analyser) -> None:
    (finding,) = analyser.analyse(Article(text="A stunning win.")).findings
    assert "stunning" not in [seed.phrase.lower() for seed in finding.similar]
    assert finding.message.endswith(".")
