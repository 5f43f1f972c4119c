"""What a sentence says beyond its evidence is named; a plain rewording is let through."""

from __future__ import annotations

import pytest
from measuring_data import DATA
from truthlens.domain import Article
from truthlens.segment import segment
from truthlens.verify import unsupported

SHIPMENT = (
    "Orland shipped as many as 400 crates of rifles to Vesk in 2023 and at least 60 mortars last year, "
    "the audit alleged."
)
HARBOUR = "Minister Ada Brock may close the harbour at Tillen in early June, she said."
QUOTED = "The mayor said the plan had “no friends left” in Tillen."
COUNTS = "More than 1,100 nurses left last year, and another 300 nurses in the early months of this year."
PLAIN = "Orland attacked Vesk in March, and Vesk accepted a truce."
SCARE = "Critics of the so-called reform held a rally."
MARKED = "Orland helped Vesk “punish” the valley over its three-year war."
NOT = "Response times had not improved in the five years in which overtime doubled."
RATE = "The bank lowered its rate from 4.5 percent to 3.25 percent."


def kinds(text: str, *evidence: str, strict: bool = True) -> set[str]:
    return {objection.kind for objection in unsupported(text, evidence, strict=strict)}


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The audit alleged that Orland shipped up to 400 crates of rifles to Vesk in 2023.", SHIPMENT),
        ("Orland shipped no fewer than 60 mortars last year, the audit alleged.", SHIPMENT),
        ("Minister Brock said she may close Tillen harbour in early June.", HARBOUR),
        ("The plan had “no friends left” in Tillen, the mayor said.", QUOTED),
        ("Over 1,100 nurses left last year.", COUNTS),
        ("Vesk was attacked by Orland in March.", PLAIN),
        ("Vesk accepted a truce.", PLAIN),
        ("Response times have not improved in five years.", NOT),
        ("The bank’s rate was lowered from 4.5% to 3.25%.", RATE),
        ("Orland helped Vesk “punish” the valley.", MARKED),
        ("Orlandian crates were shipped, the audit alleged.", "Orland shipped crates, the audit alleged."),
        ("The WHF met.", "The World Health Forum met."),
    ],
)
def test_a_faithful_rewording_passes(text: str, evidence: str) -> None:
    assert unsupported(text, [evidence], strict=True) == ()


@pytest.mark.parametrize(
    ("kind", "text", "evidence"),
    [
        ("number", "The audit alleged that Orland shipped as many as 500 crates of rifles.", SHIPMENT),
        ("number", "At least sixty-five mortars were shipped last year, the audit alleged.", SHIPMENT),
        ("number", "Vesk accepted two truces.", PLAIN),
        ("number", "More than 1,100 nurses left in the early months of this year.", COUNTS),
        ("number", "The bank lowered its rate to 4.5 percent.", RATE),
        ("number", "The bank lowered its rate by 3.25 percent.", RATE),
        ("number", "Thousands of crates were shipped, the audit alleged.", SHIPMENT),
        ("qualifier", "Orland shipped 400 crates of rifles, the audit alleged.", SHIPMENT),
        ("qualifier", "Orland shipped about 400 crates of rifles, the audit alleged.", SHIPMENT),
        ("qualifier", "Orland shipped only 60 mortars, the audit alleged.", SHIPMENT),
        ("date", "The audit alleged that at least 60 mortars were shipped in 2024.", SHIPMENT),
        ("date", "Another 300 nurses left in early 2024.", COUNTS + " The clinic opened in 2024."),
        ("date", "Minister Brock may close the harbour in late June, she said.", HARBOUR),
        ("date", "Minister Brock may close the harbour on Tuesday, she said.", HARBOUR),
        ("name", "Prime Minister Tom Brock may close the harbour, she said.", HARBOUR),
        ("name", "Marrow attacked Vesk in March.", PLAIN),
        ("name", "Ada Low met Tom Brock.", "Ada Brock met Tom Low."),
        ("quotation", "The mayor said the plan had “no allies left” in Tillen.", QUOTED),
        ("quotation", "Critics held a “rally”.", SCARE),
        ("quotation", "Orland helped Vesk punish the valley.", MARKED),
        ("attribution", "Orland shipped as many as 400 crates of rifles to Vesk in 2023.", SHIPMENT),
        ("attribution", "The audit confirmed that Orland shipped as many as 400 crates.", SHIPMENT),
        ("hedge", "Minister Brock said she will close the harbour.", HARBOUR),
        ("hedge", "The networks moved rifles.", "The alleged networks moved rifles."),
        ("negation", "Response times had improved in the five years.", NOT),
        ("negation", "Vesk never accepted a truce.", PLAIN),
        ("negation", "Vesk rejected a truce.", PLAIN),
        ("actors", "Vesk attacked Orland in March.", PLAIN),
        ("actors", "Orland was attacked by Vesk in March.", PLAIN),
        ("intent", "Orland attacked Vesk in order to win.", PLAIN),
        ("intent", "Orland deliberately attacked Vesk.", PLAIN),
        ("addition", "Orland attacked Vesk in March, raising concern across the region.", PLAIN),
        ("addition", "Vesk accepted every truce.", PLAIN),
    ],
)
def test_what_the_evidence_lacks_is_named(kind: str, text: str, evidence: str) -> None:
    assert kind in kinds(text, evidence)


def test_a_relative_date_may_be_told_by_the_dateline() -> None:
    evidence = ["The clinic closed last year and reopened on Tuesday."]
    told = "The clinic closed in 2024 and reopened on 3 June."
    assert {objection.kind for objection in unsupported(told, evidence)} == {"date", "number"}
    assert unsupported(told, evidence, published="2025-06-05T08:00:00Z") == ()
    wrong = unsupported("The clinic closed in 2023.", evidence, published="2025-06-05")
    assert [objection.kind for objection in wrong] == ["date"]


def test_qualifiers_are_read_in_the_whole_sentence() -> None:
    assert unsupported("400 crates", ["400 crates"]) == ()
    found = unsupported("400 crates", ["400 crates"], context=[SHIPMENT])
    assert {objection.kind for objection in found} == {"qualifier"}


def test_our_own_labels_need_no_evidence() -> None:
    assert unsupported("Marked in the outlet’s own words: “so-called”.", [SCARE]) == ()


def test_a_sentence_more_loaded_than_its_source_is_refused() -> None:
    scores = {"Vesk caved in to a truce.": 0.9}
    found = unsupported(
        "Vesk caved in to a truce.",
        [PLAIN],
        loadedness=lambda texts: [scores.get(text, 0.2) for text in texts],
    )
    assert {objection.kind for objection in found} == {"loaded"}
    assert unsupported(PLAIN, [PLAIN], loadedness=lambda texts: [0.5 for _ in texts]) == ()


def test_a_sentence_far_from_its_evidence_is_refused() -> None:
    found = unsupported("Vesk accepted a truce.", [PLAIN], closeness=lambda text, evidence: 0.3, bar=0.5)
    assert [objection.kind for objection in found] == ["distance"]


def test_every_sentence_is_judged() -> None:
    assert kinds("Vesk accepted a truce. Vesk attacked Orland in March.", PLAIN) == {"actors"}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("evidence", [SHIPMENT, HARBOUR, QUOTED, COUNTS, PLAIN, SCARE, MARKED, NOT, RATE])
def test_a_sentence_bears_itself_out(evidence: str, strict: bool) -> None:
    assert unsupported(evidence, [evidence], strict=strict) == ()


STORY = DATA.parent / "seed" / "north-korea-report.txt"


@pytest.mark.skipif(not STORY.exists(), reason="the article is not part of the repository")
@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("in early", "date"),
        ("approximately", "qualifier"),
        ("supporter aligns", "quotation"),
        ("campaign of terror", "attribution"),
        ("emphasizing", "addition"),
        ("designed to evade", "intent"),
        ("divert attention", "intent"),
        ("manipulative intent", "intent"),
        ("stock prices", "addition"),
        ("AI tools", "addition"),
    ],
)
def test_the_known_faults_of_another_systems_report_are_all_found(part: str, kind: str) -> None:
    body, _, *report = STORY.read_text("utf-8").split("\n")
    evidence = [sentence.text for sentence in segment(Article(text=body))]
    (sentence,) = {
        sentence.text for line in report for sentence in segment(Article(text=line)) if part in sentence.text
    }
    assert kind in kinds(sentence, *evidence)
