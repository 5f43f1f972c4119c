"""What part a source plays, by the words beside its name: official, expert, affected, advocate, company.

By listed words only: a name without one of them has no known role, and none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from truthlens.heads import WORD

Role = Literal["official", "expert", "affected", "advocate", "company", "document", ""]

_WORDS: dict[Role, str] = {
    "official": "president premier chancellor minister secretary senator congressman congresswoman "
    "lawmaker lawmakers legislator legislators governor mayor councillor councilman councilwoman "
    "commissioner ambassador envoy diplomat diplomats official officials ministry ministries department "
    "government governments agency authority authorities police sheriff officer prosecutor prosecutors "
    "judge court general admiral colonel army navy military pentagon kremlin parliament congress senate "
    "council office spokesman spokeswoman spokesperson embassy bureau nations states state commission "
    "administration king queen prince pope deputy mp mep rep sen chief fire inspectorate regulator "
    "coastguard cabinet senators ministers councillors leaders politician politicians treasurer "
    "comptroller attorney party committee jury un nato eu",
    "expert": "professor researcher researchers scientist scientists economist economists analyst analysts "
    "historian historians expert experts lecturer academic academics doctor doctors dr physician surgeon "
    "epidemiologist psychologist sociologist scholar fellow university institute engineer specialist "
    "author authors investigator investigators observers meteorologist geologist statistician",
    "affected": "resident residents victim victims survivor survivors witness witnesses patient patients "
    "family families relative relatives mother father parent parents widow neighbour neighbor neighbours "
    "neighbors villager villagers passenger passengers tenant tenants customer customers refugee refugees "
    "prisoner driver nurse teacher teachers farmer farmers shopkeeper worker workers student students "
    "pupil pensioner homeowner commuter commuters protester protesters swimmer caretaker local locals "
    "people voters voter brother sister son daughter husband wife friend friends pastor teenager teenagers",
    "advocate": "activist activists campaigner campaigners advocate advocates charity campaign union "
    "unions federation association watchdog nonprofit non-profit foundation alliance coalition society "
    "lawyer lawyers solicitor barrister opponents supporters critics group groups petition ngo",
    "company": "company companies firm firms corporation inc ltd plc ceo executive manufacturer bank "
    "airline supplier contractor founder owner owners shareholder shareholders retailer brewery "
    "developer developers investors employer employers",
}
_ROLE_OF: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words.split()}
_INSIDERS = re.compile(
    r"\b(?:people|person|persons|sources?|insiders?)\s(?:who\s(?:is|are|was|were)\s)?"
    r"(?:directly\s)?(?:familiar|briefed|close|with\s(?:direct\s)?knowledge)\b",
    re.IGNORECASE,
)
"""Of these nobody says what they are."""
_OWNER = re.compile(r"(?<!^people)[’']s$")  # the People’s Daily is no people
_NO_APPOSITION = re.compile(r"[^,.;:()–—]{1,80}")
_BESIDE = 5  # words before a name that may say who it is
_LEFT = re.compile(r"[,;:.()“”\"]|\s[–—-]\s")


def role(name: str, beside: Sequence[str]) -> Role:
    """By the name itself, then by what stands beside it; the last telling word of each decides, since a
    noun phrase ends with what it names: "police union president".
    """
    if _INSIDERS.search(name):
        return ""
    for phrase in (name, *beside):
        words = [_OWNER.sub("", match.group().lower()) for match in WORD.finditer(phrase)]
        if "central bank" in phrase.lower():
            return "official"
        found = [_ROLE_OF[word] for word in words if word in _ROLE_OF]
        if found:
            # A union's president speaks for the union, a bank's economist as an economist.
            return next((r for r in ("advocate", "expert") if r in found), found[-1])
    return ""


def beside(text: str, name: str, places: Sequence[int]) -> list[str]:
    """What stands right before and behind a name: "bus driver …", "…, chief economist at a bank,".

    ``places`` are where the name begins in ``text``. What stands behind counts only between two commas or
    after the first, as an apposition.
    """
    found = []
    for place in places:
        before = _LEFT.split(text[max(0, place - 80) : place])[-1]
        words = [match.group() for match in WORD.finditer(before)][-_BESIDE:]
        after = place + len(name)
        if text[after : after + 2] in (", ", " ("):
            apposition = _NO_APPOSITION.match(text, after + 2)
            if apposition and text[apposition.end() : apposition.end() + 1] in (",", ")"):
                found.append(apposition.group())
        if words:
            found.append(" ".join(words))
    return found
