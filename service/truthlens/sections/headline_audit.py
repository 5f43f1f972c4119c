"""Each figure, name, quoted word and strong word of the headline that the text does not hold as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Evidence, Finding, Listing, Nothing, Statement
from truthlens.ledgers.headline_audit import Check, headline_audit
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    if reading.article.headline is None:
        return [Nothing(text="the article came without a headline")]
    checks = headline_audit(reading)
    if not checks:
        return [Nothing(text="the headline holds no figure, name, quoted or strong word")]
    wrong = [statement(reading, check) for check in checks if check.result != "found"]
    return [Listing(statements=tuple(wrong) or (_found(reading, checks),))]


def _found(reading: Reading, checks: Sequence[Check]) -> Statement:
    """What the text has as the headline has it, with one place for each."""
    each = (" ".join(check.span.of(reading.article.text).split()) for check in checks)
    words = dict.fromkeys(said.removesuffix("’s").removesuffix("'s") for said in each)
    places = [span for check in checks for span in (check.span, *check.places[:1])]
    return Statement(
        text=f"Found in the text: {', '.join(words)}.",
        evidence=tuple(Evidence(span=place) for place in places),
    )


def statement(reading: Reading, check: Check) -> Statement:
    """What is not as the headline has it, with the place there and those in the text."""
    words = " ".join(check.span.of(reading.article.text).split())
    told = [f"“{said}”" for said in check.words]
    match check.result:
        case "sum":
            without = " and ".join(f"“{word}”" for word in check.dropped)
            dropped = f", without {without}" if without else ""
            text = f"{words}: not stated; {' and '.join(told)} add up to it{dropped}."
        case "missing":
            text = f"{words if check.element != 'claim' else f'“{words}”'}: not in the text."
        case "unquoted":
            text = f"{words}: in the text without quotation marks."
        case _:
            text = f"{words}: the text says {told[0]}."
    places = (check.span, *check.places)
    return Statement(text=text, evidence=tuple(Evidence(span=place) for place in places))


SECTION = Section(key="headline_audit", title="Headline audit", order=150, build=build)
