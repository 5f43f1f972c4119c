"""Deeds between states as a report draws them: who, to whom, by which verb, and in whose words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from truthlens.domain import Span, Voiced
from truthlens.ledgers.ledger import brief
from truthlens.reading import Reading
from truthlens.relations.action_verbs import DOUBTS, NOUNS
from truthlens.relations.actions import Action
from truthlens.relations.parties import Party
from truthlens.voices import reporting

JOINT = 3  # states that act in one clause, from which they are one node
LONGEST = 5  # words of a speaker beside an arrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One deed as an arrow. ``actors`` are several where states act together; these are one ``source``.

    ``label`` holds the article's verb with its hedges, and whose words it is where it is not the outlet's.
    """

    source: str
    target: str
    label: str
    actors: tuple[Party, ...]
    action: Action


def between_states(found: Sequence[Action]) -> list[Action]:
    """What links two sides; then also what links one of these to an organisation or a person."""
    linked = {
        side
        for action in found
        if (pair := {_side(action.actor), _side(action.target)}) and "" not in pair and len(pair) > 1
        for side in pair
    }
    return [
        action
        for action in found
        if linked
        and _side(action.actor) != _side(action.target)
        and (_side(action.actor) in linked or _side(action.target) in linked)
    ]


def relations(reading: Reading, found: Sequence[Action]) -> list[Relation]:
    """In the order of the article. The headline counts only for pairs of whom the text tells nothing."""
    in_text = {_pair(action) for action in found if action.voiced.voice != "headline"}
    deeds: dict[tuple[Span, str, str], list[Action]] = {}
    for action in found:
        if action.voiced.voice != "headline" or _pair(action) not in in_text:
            deeds.setdefault((action.clause, action.verb, action.target.name), []).append(action)
    taken: dict[str, tuple[Party, ...]] = {}
    drawn: list[Relation] = []
    for deed in deeds.values():
        together = tuple(action.actor for action in deed)
        if len(together) >= JOINT and all(party.country for party in together):
            drawn.append(_relation(reading, deed[0], together, _joint(together, taken)))
        else:
            drawn += [_relation(reading, each, (each.actor,), each.actor.name) for each in deed]
    return drawn


def whose(reading: Reading, action: Action) -> str:
    """Whose words tell of the deed, with the article's own verb; "" for the outlet's."""
    voiced = action.voiced
    if voiced.voice == "own":
        return ""
    if voiced.voice == "headline":
        return "headline"
    if not voiced.speaker:
        return "quoted" if voiced.voice == "quote" else "reported"
    named = _named(reading, voiced)
    if voiced.verb.lower() == "according to":
        return f"according to {named}"
    return f"{named} {voiced.verb}".strip()


def _named(reading: Reading, voiced: Voiced) -> str:
    """As the sentence has it ("the report"), unless that is a pronoun or long."""
    here = voiced.speaker_span.of(reading.article.text) if voiced.speaker_span else ""
    if here and here.lower() not in reporting.PRONOUNS and len(here.split()) <= LONGEST:
        return here
    return brief(voiced.speaker)


def _relation(reading: Reading, action: Action, actors: tuple[Party, ...], source: str) -> Relation:
    by = whose(reading, action)
    verb = _verb(reading, action)
    label = f"{verb}, {by}" if by else verb
    return Relation(source=source, target=action.target.name, label=label, actors=actors, action=action)


def _verb(reading: Reading, action: Action) -> str:
    """With a doubt that stands before the clause, and in marks where it is quoted."""
    first, _, rest = action.verb.partition(" ")
    _, joints = NOUNS.get(first.lower(), (None, frozenset[str]()))
    verb = first if rest in joints else action.verb  # "invasion of"
    sentence = reading.sentences[action.sentence].span
    before = Span(sentence.start, max(sentence.start, action.clause.start)).of(reading.article.text).lower()
    doubt = next((word for word in before.split() if word.strip(",") in DOUBTS), "").strip(",")
    if "“" in verb or "”" in verb:
        verb = f"{verb.replace('”', '')}”" if "“" in verb else f"“{verb}"  # would “bombard”
    elif action.voiced.voice == "quote":
        verb = f"“{verb}”"
    return f"{doubt} {verb}" if doubt else verb


def _joint(parties: tuple[Party, ...], taken: dict[str, tuple[Party, ...]]) -> str:
    """ "11 states"; another eleven are told by their first."""
    name = f"{len(parties)} states"
    if taken.setdefault(name, parties) != parties:
        name = f"{parties[0].name} and {len(parties) - 1} more"
    return name


def _pair(action: Action) -> tuple[str, str]:
    return action.actor.name, action.target.name


def _side(party: Party) -> str:
    """The state or body that a party stands for, "" for none."""
    return party.country or party.leads or (party.name if party.body else "")
