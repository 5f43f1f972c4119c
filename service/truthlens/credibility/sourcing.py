"""Whether the article says where it has things from, and from how many.

Credibility Coalition (2018): quotes from outside experts, citation of organizations and studies. Trust
Project: citations and references. NewsGuard: gathers and presents information responsibly.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.credibility.counting import counted
from truthlens.domain import Evidence, Finding, Meter
from truthlens.ledgers.ledger import biggest, carried, sources
from truthlens.reading import Reading

FORMULA = (
    "one step each: a named person, body or document; three of them; no source carries more than half of the "
    "sourced sentences; a link in the text"
)
FEW = 3  # sentences with a source: below it, sourcing rests on too little to be sure


def meter(reading: Reading, _findings: Sequence[Finding]) -> Meter:
    found, total = sources(reading), carried(reading)
    known = [source for source in found if source.kind != "unnamed"]
    share = biggest(found) / total if total else 0.0
    steps = [bool(known), len(known) >= 3, bool(found) and share <= 0.5, bool(reading.article.links)]
    if not found:
        line = "nobody is quoted or reported by name"
    elif share > 0.5:
        line = f"{counted(len(known), 'named source')}; one carries {share:.0%}"
    else:
        line = f"{counted(len(known), 'named source')}; none carries more than half"
    return Meter(
        key="sourcing",
        title="Sourcing",
        grade=sum(steps),
        unsure=0 < total < FEW,
        line=line,
        formula=FORMULA,
        inputs=(
            ("named people, bodies and documents", str(len(known))),
            ("sources without a name", str(len(found) - len(known))),
            ("sentences that rest on a source", str(total)),
            ("of these on the source used most", str(biggest(found))),
            ("links in the text", str(len(reading.article.links))),
        ),
        evidence=tuple(Evidence(span=source.places[0], note=source.name) for source in found),
    )
