"""Who does what to whom: sentences with the relation that each reports, and some that report none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Span
from truthlens.relations.actions import Action, actions
from truthlens.relations.parties import Party

PEOPLE = ("Ana Petrov", "Omar Haddad", "Lind")


def found(analyser: Analyser, text: str) -> list[Action]:
    """The fake head finds no names; states come from the table, and PEOPLE are put in by hand."""
    reading = analyser.reading(Article(text=text))
    people = [
        Party(name=name, kind="person", mentions=(Span(start, start + len(name)),))
        for name in PEOPLE
        if (start := text.find(name)) >= 0
    ]
    return list(actions(replace(reading, parties=(*reading.parties, *people))))


def short(action: Action) -> str:
    sides = [party.country or party.name for party in (action.actor, action.target)]
    return f"{sides[0]} > {sides[1]}: {action.verb}"


CASES = [
    # gives
    ("Norway sent two ferries to Chile.", ["NO > CL: sent"]),
    ("Norway has sent engineers and tents, including heated ones, to Chile.", ["NO > CL: sent"]),
    ("Peru provided Bolivia with vaccines.", ["PE > BO: provided"]),
    ("Peru gave Bolivia fuel.", ["PE > BO: gave"]),
    ("Iran is supplying drones to Sudan, a ministry said.", ["IR > SD: supplying"]),
    ("Officials deny that Iran is supplying Sudan with drones.", ["IR > SD: supplying"]),
    ("Fuel was sent to Cuba by Mexico.", ["MX > CU: sent"]),
    ("Rifles supplied by Serbia to Armenia were shown.", ["RS > AM: supplied"]),
    ("India may be close to sharing satellite data with Vietnam.", ["IN > VN: may be close to sharing"]),
    ("What Egypt has delivered to Jordan is unknown. Jordanian papers said so.", ["EG > JO: delivered"]),
    ("Turkey sold Libya boats and shipped grain to Egypt.", ["TR > LY: sold", "TR > EG: shipped"]),
    # supports
    ("Ghana backs Togo. Togolese radio said so.", ["GH > TG: backs"]),
    ("A report shows how far Oslo has gone to help Tallinn defend Latvia.", []),
    ("Belarus, backed by Russia, closed its border.", ["RU > BY: backed"]),
    ("Belarus is supported by Russia.", ["RU > BY: supported"]),
    ("It details how Minsk has helped Moscow attack Ukraine.", ["BY > RU: helped", "RU > UA: attack"]),
    # attacks
    ("Iraq invaded Kuwait.", ["IQ > KW: invaded"]),
    ("Iraqi forces attacked Kuwait at dawn.", ["IQ > KW: attacked"]),
    ("Iraqi troops shelled Kuwaiti villages.", ["IQ > KW: shelled"]),
    ("Kuwait was attacked by Iraq.", ["IQ > KW: attacked"]),
    ("Kuwait’s oil ports were bombed by Iraqi jets.", ["IQ > KW: bombed"]),
    ("Iraq’s invasion of Kuwait began in summer.", ["IQ > KW: invasion of"]),
    ("Ethiopian strikes on Eritrea went on.", ["ET > ER: strikes on"]),
    ("Iraq fired missiles into Kuwait and struck Syria’s capital.",
     ["IQ > KW: fired missiles into", "IQ > SY: struck"]),
    ("After days of Iraq bombarding the Kuwaiti capital, people fled.", ["IQ > KW: bombarding"]),
    ("Iraq, which had invaded Iran, later attacked Kuwait.", ["IQ > IR: invaded", "IQ > KW: attacked"]),
    ("Iraq and Iran attacked Kuwait.", ["IQ > KW: attacked", "IR > KW: attacked"]),
    ("Iraq attacked Kuwait and Iran.", ["IQ > KW: attacked", "IQ > IR: attacked"]),
    ("Iraq attacked Kuwait and Iran protested.", ["IQ > KW: attacked"]),
    ("Iraq allegedly attacked Kuwait.", ["IQ > KW: allegedly attacked"]),
    ("Iraq has not attacked Kuwait.", ["IQ > KW: has not attacked"]),
    ("Iraq denied attacking Kuwait.", ["IQ > KW: denied attacking"]),
    ("Iraq launched a missile strike on Kuwait.", ["IQ > KW: launched a missile strike on"]),
    ("Iraq declared war on Kuwait.", ["IQ > KW: declared war on"]),
    # threatens, warns
    ("China threatened to sanction Japan.", ["CN > JP: threatened to sanction"]),
    ("China warned Japan not to act.", ["CN > JP: warned"]),
    ("China threatened Japan with tariffs.", ["CN > JP: threatened"]),
    ("Beijing has warned Tokyo.", ["CN > JP: warned"]),
    # sanctions
    ("Canada imposed sanctions on Belarus.", ["CA > BY: imposed sanctions on"]),
    ("Canada imposed a sweeping set of new sanctions on Belarus.",
     ["CA > BY: imposed a sweeping set of new sanctions on"]),
    ("Belarus was sanctioned by Canada and the EU.", ["CA > BY: sanctioned", "EU > BY: sanctioned"]),
    ("The EU sanctioned Belarus.", ["EU > BY: sanctioned"]),
    ("US sanctions on Cuba have lasted decades.", ["US > CU: sanctions on"]),
    ("Canada lifted a ban on Brazil.", ["CA > BR: lifted a ban on"]),
    # accuses
    ("Mali accused Niger of arming Chad. Chadian and Nigerien officials were silent.",
     ["ML > NE: accused", "NE > TD: arming"]),
    ("The UN condemned Mali.", ["UN > ML: condemned"]),
    ("US officials accused China of theft.", ["US > CN: accused"]),
    ("The White House blamed Iran for the raid.", ["US > IR: blamed"]),
    # meets, agrees, urges, withdraws
    ("French President Ana Petrov met Omar Haddad.", ["Ana Petrov > Omar Haddad: met"]),
    ("Ana Petrov, the premier, met with Omar Haddad in Rome.", ["Ana Petrov > Omar Haddad: met with"]),
    ("Spain held talks with Morocco.", ["ES > MA: held talks with"]),
    ("Spain signed a fishing agreement with Morocco.", ["ES > MA: signed a fishing agreement with"]),
    ("Kenya called on Uganda to open the road.", ["KE > UG: called on"]),
    ("Kenya, Rwanda and Tanzania urged Uganda to open the road.",
     ["KE > UG: urged", "RW > UG: urged", "TZ > UG: urged"]),
    ("The members – Kenya, Rwanda and Tanzania – urged Uganda to talk.",
     ["KE > UG: urged", "RW > UG: urged", "TZ > UG: urged"]),
    ("Japan urged Iraq to leave Kuwait alone.", ["JP > IQ: urged"]),
    ("France withdrew its soldiers from Mali.", ["FR > ML: withdrew"]),
    ("Sweden severed diplomatic ties with Syria.", ["SE > SY: severed diplomatic ties with"]),
    ("Lind warned he would arm Finland.", ["Lind > FI: would arm"]),
    # plans are kept as plans
    ("Poland vowed to defend Estonia.", ["PL > EE: vowed to defend"]),
    ("Poland refused to arm Estonia.", ["PL > EE: refused to arm"]),
    ("Poland would defend Estonia.", ["PL > EE: would defend"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_relations(analyser: Analyser, text: str, expected: list[str]) -> None:
    assert [short(action) for action in found(analyser, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Iraq and Kuwait share a border.",
        "Relations between Iraq and Kuwait hit a low.",
        "A journalist from Iraq attacked Kuwait in a column.",
        "A spokesman for Iraq accused Kuwait of theft.",
        "An Iraqi journalist criticised Kuwait.",
        "If Iraq attacks Kuwait, prices will rise.",
        "In the event that Iraq attacks Kuwait, ships will turn back.",
        "Japan asked whether Iraq attacked Kuwait.",
        "Fears of an Iraqi attack on Kuwait grew.",
        "Iraq hit Kuwait sanctions with a laugh.",
        "The book sold well in Iraq and Kuwait.",
        "Iraq played Kuwait in Doha.",
        "Iraq grew frustrated with Kuwait.",
        "Iraq’s foreign trade with Kuwait fell.",
        "Trade between Iraq, Iran and Kuwait backed by banks grew.",
        "He flew from Iraq to Kuwait.",
        "They met in Iraq before the vote in Kuwait.",
        "Iraq sent a team to the games in Kuwait.",
        "Iraq said Kuwait was late.",
        "Kuwait was attacked, and Iraq protested.",
        "The UK-based firm attacked Kuwait’s plan.",
        "Sanctions against Iraq were supported by many in Kuwait.",
        "Italy and Iran talked.",
        "Kuwait and Iraqi culture meet here.",
        "Georgia supports Alabama, and Ohio backs neither.",
        "Reports said troops in Iraq attacked Kuwait.",
        "The fall of Iraq hit Kuwait.",
        "Iraq, Kuwait officials say.",
    ],
)  # fmt: skip
def test_no_relation(analyser: Analyser, text: str) -> None:
    assert [short(action) for action in found(analyser, text)] == []


def one(analyser: Analyser, text: str) -> Action:
    (action,) = found(analyser, text)
    return action


def test_what_is_denied_or_only_planned_says_so(analyser: Analyser) -> None:
    assert one(analyser, "Iraq has never attacked Kuwait.").negated
    assert one(analyser, "Iraq refused to arm Kuwait.").denied
    assert one(analyser, "Iraq may attack Kuwait.").undone
    assert one(analyser, "Iraq may attack Kuwait.").hedges == ("may",)
    assert one(analyser, "Iraq pledged to help Kuwait.").undone
    done = one(analyser, "Iraq attacked Kuwait.")
    assert (done.denied, done.undone, done.hedges) == (False, False, ())


def test_an_accusation_is_no_deed(analyser: Analyser) -> None:
    accused, deed = found(analyser, "Japan accused Iraq of bombing Kuwait.")
    assert (accused.kind, accused.hedges) == ("accuses", ())
    assert (deed.actor.country, deed.hedges) == ("IQ", ("accused",))


def test_it_says_whose_words_it_is(analyser: Analyser) -> None:
    action = one(analyser, "Iraq attacked Kuwait, the ministry said.")
    assert (action.voiced.voice, action.voiced.speaker, action.voiced.verb) == (
        "attributed",
        "the ministry",
        "said",
    )
    assert one(analyser, "Iraq attacked Kuwait.").voiced.voice == "own"


def test_the_clause_runs_from_subject_to_object(analyser: Analyser) -> None:
    text = "On Monday, Norway has sent engineers and tents, including heated ones, to Chile and left."
    action = one(analyser, text)
    assert action.clause.of(text) == "Norway has sent engineers and tents, including heated ones, to Chile"


def test_nobody_acts_on_himself(analyser: Analyser) -> None:
    assert found(analyser, "Moscow attacked Russia, and the Kremlin helped Moscow’s troops.") == []
