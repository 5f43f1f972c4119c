"""Each figure, name, quoted word and strong word of the headline, and where the text has it."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Cell, Evidence, Finding, Listing, Nothing, Statement, Table
from truthlens.headline_audit import Check, headline_audit
from truthlens.reading import Reading
from truthlens.section import Section

ELEMENTS = {"figure": "figure", "name": "name", "quotation": "quoted", "claim": "strong word"}


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    if reading.article.headline is None:
        return [Nothing(text="the article came without a headline")]
    checks = headline_audit(reading)
    if not checks:
        return [Nothing(text="the headline holds no figure, name, quoted or strong word")]
    table = Table(
        columns=("In the headline", "Kind", "In the text"),
        rows=tuple(
            (
                Cell(text=check.span.of(reading.article.text), evidence=(Evidence(span=check.span),)),
                Cell(text=ELEMENTS[check.element]),
                Cell(text=_answer(check), evidence=tuple(Evidence(span=place) for place in check.places)),
            )
            for check in checks
        ),
    )
    wrong = tuple(statement(reading, check) for check in checks if check.result != "found")
    return [Listing(statements=wrong), table] if wrong else [table]


def _answer(check: Check) -> str:
    if check.result == "missing":
        return "not found"
    if check.result == "sum":
        return f"not stated; {' + '.join(check.words)}"
    if check.result == "unquoted":
        return "found, without quotation marks"
    return f"“{check.words[0]}”" if check.words else "found"


def statement(reading: Reading, check: Check) -> Statement:
    """What is not as the headline has it, with the place there and those in the text."""
    words = " ".join(check.span.of(reading.article.text).split())
    told = [f"“{said}”" for said in check.words]
    match check.result:
        case "sum":
            without = " and ".join(f"“{word}”" for word in check.dropped)
            dropped = f", without {without}" if without else ""
            text = (
                f"{words}: not stated in the text. It equals {told[0]} and {told[1]}, stated apart{dropped}."
            )
        case "missing":
            text = f"{words if check.element != 'claim' else f'“{words}”'}: not in the text."
        case "unquoted":
            text = f"{words}: in the text without quotation marks."
        case _:
            text = f"{words}: the text says {told[0]}."
    places = (check.span, *check.places)
    return Statement(text=text, evidence=tuple(Evidence(span=place) for place in places))


SECTION = Section(key="headline_audit", title="Headline audit", order=150, build=build)
