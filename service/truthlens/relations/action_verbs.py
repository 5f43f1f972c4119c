"""Verbs by which one party does something to another, with how their object is joined. English; listed forms.

Only verbs that name a deed between parties stand here: what they do to themselves ("grow"), and what somebody
merely says of the world, is no relation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActionKind = Literal[
    "gives", "supports", "attacks", "threatens", "warns", "sanctions", "lifts", "accuses", "denies", "meets",
    "agrees", "urges", "withdraws", "recognises",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionVerb:
    """``direct``: the target may follow the verb itself. ``joints``: or one of these words, then the target.
    ``objects``: with a joint, one of these words must stand between ("imposed sanctions on"). ``given``: the
    thing may come behind the target ("gave Ukraine missiles").
    """

    kind: ActionKind
    direct: bool = False
    joints: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    given: bool = False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A form with the verb's ways to join. ``participle``: it may stand in a passive; ``ing``: it ends so."""

    verbs: tuple[ActionVerb, ...]
    participle: bool
    ing: bool
    base: bool


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _verb(
    kind: ActionKind, joints: str = "", objects: str = "", *, direct: bool = False, given: bool = False
) -> ActionVerb:
    return ActionVerb(kind=kind, direct=direct, joints=_words(joints), objects=_words(objects), given=given)


_CURBS = (
    "sanctions sanction tariffs tariff embargo ban bans duties restrictions curbs blockade levies controls"
)
_STRIKES = (
    "attack attacks strike strikes offensive invasion raid raids missile missiles rocket rockets "
    "drone drones assault war bombs shells airstrikes airstrike counteroffensive operation incursion"
)
_PACTS = "deal deals pact agreement treaty accord memorandum truce ceasefire contract contracts alliance"
_TALKS = "talks summit meeting negotiations discussions consultations"
_TIES = "ties relations links diplomatic contacts"
_TROOPS = "troops forces soldiers army ambassador diplomats staff"

_REGULAR: tuple[tuple[str, tuple[ActionVerb, ...]], ...] = (
    # base, -s, past, (participle when it differs,) -ing
    ("give gives gave given giving", (_verb("gives", "to", direct=True, given=True),)),
    ("send sends sent sending", (_verb("gives", "to", direct=True, given=True),)),
    ("supply supplies supplied supplying", (_verb("gives", "to", direct=True, given=True),)),
    ("provide provides provided providing", (_verb("gives", "to", direct=True, given=True),)),
    ("deliver delivers delivered delivering", (_verb("gives", "to"),)),
    ("ship ships shipped shipping", (_verb("gives", "to"),)),
    ("sell sells sold selling", (_verb("gives", "to", direct=True, given=True),)),
    ("transfer transfers transferred transferring", (_verb("gives", "to"),)),
    ("donate donates donated donating", (_verb("gives", "to"),)),
    ("lend lends lent lending", (_verb("gives", "to", direct=True, given=True),)),
    ("grant grants granted granting", (_verb("gives", "to", direct=True, given=True),)),
    ("offer offers offered offering", (_verb("gives", "to", direct=True, given=True),)),
    ("share shares shared sharing", (_verb("gives", "with"),)),
    ("pay pays paid paying", (_verb("gives", "to", direct=True, given=True),)),
    ("return returns returned returning", (_verb("gives", "to"),)),
    ("hand hands handed handing", (_verb("gives", "to"),)),
    ("arm arms armed arming", (_verb("supports", direct=True),)),
    ("rearm rearms rearmed rearming", (_verb("supports", direct=True),)),
    ("fund funds funded funding", (_verb("supports", direct=True),)),
    ("finance finances financed financing", (_verb("supports", direct=True),)),
    ("support supports supported supporting", (_verb("supports", direct=True),)),
    ("back backs backed backing", (_verb("supports", direct=True),)),
    ("help helps helped helping", (_verb("supports", direct=True),)),
    ("assist assists assisted assisting", (_verb("supports", direct=True),)),
    ("aid aids aided aiding", (_verb("supports", direct=True),)),
    ("defend defends defended defending", (_verb("supports", direct=True),)),
    ("protect protects protected protecting", (_verb("supports", direct=True),)),
    ("attack attacks attacked attacking", (_verb("attacks", direct=True),)),
    ("invade invades invaded invading", (_verb("attacks", direct=True),)),
    ("bomb bombs bombed bombing", (_verb("attacks", direct=True),)),
    ("bombard bombards bombarded bombarding", (_verb("attacks", direct=True),)),
    ("shell shells shelled shelling", (_verb("attacks", direct=True),)),
    ("strike strikes struck striking", (
        _verb("attacks", direct=True), _verb("agrees", "with", _PACTS),
    )),
    ("hit hits hitting", (_verb("attacks", direct=True),)),
    ("target targets targeted targeting", (_verb("attacks", direct=True),)),
    ("raid raids raided raiding", (_verb("attacks", direct=True),)),
    ("occupy occupies occupied occupying", (_verb("attacks", direct=True),)),
    ("annex annexes annexed annexing", (_verb("attacks", direct=True),)),
    ("blockade blockades blockaded blockading", (_verb("attacks", direct=True),)),
    ("terrorize terrorizes terrorized terrorizing", (_verb("attacks", direct=True),)),
    ("terrorise terrorises terrorised terrorising", (_verb("attacks", direct=True),)),
    ("fight fights fought fighting", (_verb("attacks", "against", direct=True),)),
    ("fire fires fired firing", (_verb("attacks", "into at on towards toward against", _STRIKES),)),
    ("launch launches launched launching", (_verb("attacks", "on against into at towards", _STRIKES),)),
    ("wage wages waged waging", (_verb("attacks", "on against in", "war campaign"),)),
    ("declare declares declared declaring", (_verb("attacks", "on", "war"),)),
    ("carry carries carried carrying", (_verb("attacks", "on against in", _STRIKES),)),
    ("threaten threatens threatened threatening", (
        _verb("threatens", direct=True), _verb("threatens", "on against", _CURBS + " " + _STRIKES),
    )),
    ("warn warns warned warning", (_verb("warns", direct=True),)),
    ("menace menaces menaced menacing", (_verb("threatens", direct=True),)),
    ("sanction sanctions sanctioned sanctioning", (_verb("sanctions", direct=True),)),
    ("impose imposes imposed imposing", (_verb("sanctions", "on against", _CURBS),)),
    ("slap slaps slapped slapping", (_verb("sanctions", "on", _CURBS),)),
    ("place places placed placing", (_verb("sanctions", "on", _CURBS),)),
    ("tighten tightens tightened tightening", (_verb("sanctions", "on against", _CURBS),)),
    ("raise raises raised raising", (_verb("sanctions", "on against", "tariffs tariff duties"),)),
    ("expel expels expelled expelling", (_verb("sanctions", "from"),)),
    ("lift lifts lifted lifting", (_verb("lifts", "on against", _CURBS),)),
    ("ease eases eased easing", (_verb("lifts", "on against", _CURBS),)),
    ("drop drops dropped dropping", (_verb("lifts", "on against", _CURBS),)),
    ("accuse accuses accused accusing", (_verb("accuses", direct=True),)),
    ("blame blames blamed blaming", (_verb("accuses", direct=True),)),
    ("condemn condemns condemned condemning", (_verb("accuses", direct=True),)),
    ("denounce denounces denounced denouncing", (_verb("accuses", direct=True),)),
    ("criticise criticises criticised criticising", (_verb("accuses", direct=True),)),
    ("criticize criticizes criticized criticizing", (_verb("accuses", direct=True),)),
    ("sue sues sued suing", (_verb("accuses", direct=True),)),
    ("reject rejects rejected rejecting", (_verb("denies", "from by", "offer proposal demand demands"),)),
    ("rebuff rebuffs rebuffed rebuffing", (_verb("denies", direct=True),)),
    ("snub snubs snubbed snubbing", (_verb("denies", direct=True),)),
    ("defy defies defied defying", (_verb("denies", direct=True),)),
    ("meet meets met meeting", (_verb("meets", "with", direct=True),)),
    ("host hosts hosted hosting", (_verb("meets", direct=True),)),
    ("visit visits visited visiting", (_verb("meets", direct=True),)),
    ("hold holds held holding", (_verb("meets", "with", _TALKS),)),
    ("resume resumes resumed resuming", (_verb("meets", "with", _TALKS),)),
    ("negotiate negotiates negotiated negotiating", (_verb("meets", "with"),)),
    ("agree agrees agreed agreeing", (_verb("agrees", "with"),)),
    ("sign signs signed signing", (_verb("agrees", "with", _PACTS),)),
    ("reach reaches reached reaching", (_verb("agrees", "with", _PACTS),)),
    ("cooperate cooperates cooperated cooperating", (_verb("agrees", "with"),)),
    ("restore restores restored restoring", (_verb("recognises", "with", _TIES),)),
    ("recognise recognises recognised recognising", (_verb("recognises", direct=True),)),
    ("recognize recognizes recognized recognizing", (_verb("recognises", direct=True),)),
    ("urge urges urged urging", (_verb("urges", direct=True),)),
    ("press presses pressed pressing", (_verb("urges", direct=True),)),
    ("pressure pressures pressured pressuring", (_verb("urges", direct=True),)),
    ("ask asks asked asking", (_verb("urges", direct=True),)),
    ("call calls called calling", (_verb("urges", "on"),)),
    ("order orders ordered ordering", (_verb("urges", direct=True),)),
    ("tell tells told telling", (_verb("urges", direct=True),)),
    ("withdraw withdraws withdrew withdrawn withdrawing", (_verb("withdraws", "from"),)),
    ("pull pulls pulled pulling", (_verb("withdraws", "from out", _TROOPS),)),
    ("recall recalls recalled recalling", (_verb("withdraws", "from", _TROOPS),)),
    ("cut cuts cutting", (_verb("withdraws", "with", _TIES),)),
    ("sever severs severed severing", (_verb("withdraws", "with", _TIES),)),
    ("suspend suspends suspended suspending", (
        _verb("withdraws", "with", _TIES + " " + _TALKS),
        _verb("withdraws", "to", "aid deliveries shipments"),
    )),
)  # fmt: skip

_LONGEST = 5  # forms in a row whose participle differs from its past


def _forms() -> dict[str, VerbForm]:
    found: dict[str, VerbForm] = {}
    for row, verbs in _REGULAR:
        forms = row.split()
        participle = forms[3] if len(forms) == _LONGEST else forms[-2] if len(forms) == 4 else forms[0]
        for form in forms:
            found[form] = VerbForm(verbs, form == participle, form == forms[-1], form == forms[0])
    return found


FORMS = _forms()
"""Every form to what it may do."""

NOUNS: dict[str, tuple[ActionKind, frozenset[str]]] = {
    **dict.fromkeys(
        _words("invasion occupation bombardment annexation shelling bombing"), ("attacks", _words("of"))
    ),
    **dict.fromkeys(
        _words("attack attacks strike strikes war offensive raid raids assault incursion"),
        ("attacks", _words("on against into")),
    ),
    **dict.fromkeys(_words("sanctions tariffs embargo blockade"), ("sanctions", _words("on against"))),
    **dict.fromkeys(_words("threats threat"), ("threatens", _words("to against"))),
    **dict.fromkeys(_words("support backing"), ("supports", _words("for"))),
    **dict.fromkeys(_words("aid"), ("supports", _words("to"))),
}
"""Nouns of a deed behind the one who does it, with what joins its target: "Russia's invasion of Ukraine"."""

CONTROLS = frozenset(
    "threatened threatens threatening threaten vowed vows vow pledged pledges pledge promised "
    "promises promise agreed agrees agree agreeing planned plans plan planning wants want wanted "
    "refused refuses refuse refusing declined declines decline continued continues continue "
    "continuing began begins begin begun started starts start tried tries try trying attempted "
    "attempts offered offers offer failed fails fail stopped decided decides decide hopes hope hoped "
    "intends intend intended expects expected set likely ready willing about poised close near "
    "preparing prepared seeking sought seeks has have had".split()
)
"""Words that hand their subject on to a verb behind "to": "vowed to strike", "may be close to sharing"."""

REFUSALS = frozenset(
    "refused refuses refuse refusing declined declines decline failed fails fail stopped".split()
)
"""Of these, the ones that say it was not done."""

MODALS = frozenset(
    "may might could would will can shall should must cannot won't wouldn't couldn't can't".split()
)
DOUBTS = frozenset("allegedly reportedly apparently possibly probably likely supposedly".split())
NEGATIONS = frozenset(
    "not never no cannot won't wouldn't couldn't can't didn't doesn't don't hasn't haven't hadn't "
    "isn't aren't wasn't weren't neither nor".split()
)
