"""How far an article stands behind what it reports, by the verb it reports with.

"Confirmed" and "admitted" take the words for true, "claimed" and "alleged" keep a distance, "said" does
neither. The classes follow research on reporting verbs: factive verbs and verbs that doubt (Recasens,
Danescu-Niculescu-Mizil and Jurafsky 2013, "Linguistic models for analyzing and detecting biased language";
Thompson and Ye 1991). English; forms are listed, not derived.
"""

from __future__ import annotations

from typing import Literal

Rung = Literal["confirmed", "admitted", "denied", "warned", "said", "claimed", "alleged"]

RUNGS: tuple[Rung, ...] = ("confirmed", "admitted", "denied", "warned", "said", "claimed", "alleged")
"""From the firmest down."""

_VERBS: dict[Rung, str] = {
    "confirmed": "confirm confirms confirmed confirming find finds found finding show shows showed reveal "
    "reveals revealed prove proves proved verify verifies verified establish established demonstrate "
    "demonstrates demonstrated conclude concludes concluded rule ruled discover discovered note notes "
    "noted noting explain explains explained explaining recall recalls recalled",
    "admitted": "admit admits admitted admitting acknowledge acknowledges acknowledged acknowledging "
    "concede concedes conceded conceding confess confesses confessed",
    "denied": "deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed "
    "dismissing dispute disputes disputed rebut rebuts rebutted refute refutes refuted",
    "warned": "warn warns warned warning caution cautions cautioned threaten threatens threatened",
    "claimed": "claim claims claimed claiming insist insists insisted insisting contend contends contended "
    "contending maintain maintains maintained assert asserts asserted asserting boast boasts boasted "
    "boasting purport purports purported tout touts touted",
    "alleged": "allege alleges alleged alleging suspect suspects suspected",
}
_RUNG_OF: dict[str, Rung] = {verb: rung for rung, verbs in _VERBS.items() for verb in verbs.split()}
DISTANT: frozenset[Rung] = frozenset({"claimed", "alleged"})
"""Rungs with which a reporter keeps a distance from the words."""


def rung(verb: str) -> Rung:
    """Every verb that is on no other rung says no more than "said"."""
    return _RUNG_OF.get(verb.lower(), "said")


def firmest(verbs: list[str]) -> str:
    """The first of the verbs on the highest rung; "" for none."""
    return min(verbs, key=lambda verb: RUNGS.index(rung(verb)), default="")
