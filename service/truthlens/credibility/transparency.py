"""What the page says of itself: who wrote it, when, whether it was changed, and where it has things from.

Trust Project: journalist expertise, citations and references. NewsGuard: provides the names of content
creators. JTI (CEN CWA 17493:2019): corrections. Who owns the outlet and its policies are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.credibility.counting import yes
from truthlens.domain import Finding, Meter
from truthlens.reading import Reading

FORMULA = "one step each: a byline, a date, a date of change, a link in the text"


def meter(reading: Reading, _findings: Sequence[Finding]) -> Meter:
    article = reading.article
    parts = {
        "byline": bool(article.byline),
        "date": bool(article.published),
        "date of a change": bool(article.modified),
        "links": bool(article.links),
    }
    present = [name for name, there in parts.items() if there]
    absent = [name for name, there in parts.items() if not there]
    judged = article.extracted_by != "text"
    if not judged:
        line = "handed in as text; no page to look at"
    elif absent:
        line = f"{' and '.join(present) or 'nothing'}; no {' or '.join(absent)}"
    else:
        line = "byline, dates and links"
    return Meter(
        key="transparency",
        title="Transparency",
        grade=len(present) if judged else None,
        line=line,
        formula=FORMULA,
        inputs=tuple((name, yes(there)) for name, there in parts.items()),
    )
