"""Whether more than one side speaks, and whoever is accused answers without being talked over.

Trust Project: diverse voices. NewsGuard: gathers and presents information responsibly. That
whoever is accused must be heard stands in most codes of the press.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.credibility.counting import counted
from truthlens.domain import Evidence, Finding, Meter
from truthlens.ledgers.ladder import asymmetries, ladder
from truthlens.ledgers.ledger import biggest, carried, sources
from truthlens.ledgers.replies import answers
from truthlens.reading import Reading

FORMULA = (
    "one step each: two or more speak; none has more than two thirds of the sourced sentences; everyone who "
    "is accused by name answers, declines or was asked; no answer has words of the outlet against it in its "
    "own sentence, and nobody “claims” where others “say”"
)


def meter(reading: Reading, findings: Sequence[Finding]) -> Meter:
    found, total = sources(reading), carried(reading)
    accused = answers(reading, findings)
    unheard = [answer for answer in accused if answer.kind == "absent"]
    replies = {answer.words: answer for answer in accused if answer.words is not None}
    undercut = [answer for answer in replies.values() if answer.undercut]
    uneven = asymmetries(ladder(reading))
    even = not unheard and not undercut and not uneven
    steps = [len(found) >= 2, bool(total) and biggest(found) / total <= 2 / 3, not unheard, even]
    voices = counted(len(found), "voice")
    if not total:
        line = "nobody but the outlet speaks"
    elif unheard:
        line = f"{voices}; {counted(len(unheard), 'accused party', 'accused parties')} without a reply"
    elif undercut:
        line = f"{voices}; {counted(len(replies), 'reply', 'replies')}, worded against"
    elif uneven:
        line = f"{voices}; not all are reported alike"
    elif accused:
        line = f"{voices}; {counted(len(replies), 'reply', 'replies')}"
    else:
        line = f"{voices}; no accusation against a named party found"
    return Meter(
        key="balance",
        title="Balance",
        grade=sum(steps) if total else None,
        # Accusations and answers are found by their words: some are missed.
        unsure=bool(accused),
        line=line,
        formula=FORMULA,
        inputs=(
            ("who speaks", str(len(found))),
            ("sentences that rest on a source", str(total)),
            ("of these on the source used most", str(biggest(found))),
            ("accused by name", str(len(accused))),
            ("of these without an answer", str(len(unheard))),
            ("answers", str(len(replies))),
            ("of these with words of the outlet against them", str(len(undercut))),
            ("speakers who “claim” where others “say”", str(len(uneven))),
        ),
        evidence=(
            *(Evidence(span=a.sentence.span, note="answer") for a in replies.values() if a.sentence),
            *(Evidence(span=a.charges[0].sentence.span, note="no answer") for a in unheard),
            *(statement.evidence[0] for statement in uneven),
        ),
    )
