"""States, bodies of states and leaders: who does what to whom, by the article's verbs, and in whose words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from truthlens.action_verbs import DOUBTS
from truthlens.actions import Action, actions
from truthlens.domain import (
    Block,
    Cell,
    Edge,
    Evidence,
    Finding,
    Graph,
    Listing,
    Note,
    Nothing,
    Sentence,
    Span,
    Statement,
    Table,
)
from truthlens.heads import WORD
from truthlens.parties import Party
from truthlens.reading import Reading
from truthlens.section import Section

NODES, EDGES = 8, 12  # more do not fit the panel's width
ROWS, STATEMENTS = 8, 8
BEHIND = 16  # words shown behind the object, where no mark ends the clause before

_REST = re.compile(r"[^,;:.!?—–()\n]*(?:[.,!?]”)?")
_ASKING = re.compile(r"\b(?:what|how much|how many) $")
_OPENING, _CLOSING = "“", "”"


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = _between_states(actions(reading))
    if not found:
        return [Nothing(text="no relation between states is reported")]
    told = [action for action in found if not action.denied]
    blocks: list[Block] = [_table(reading, told)] if told else []
    graph = _graph(reading, told)
    if graph.edges:
        blocks.append(graph)
    left_out = len(_by_weight(told)) - len(graph.nodes)
    if left_out > 0:
        blocks.append(Note(text=f"Not in the picture: {left_out} more that act or are acted on less."))
    return [*blocks, Listing(statements=tuple(_statements(reading, found)))]


def _side(party: Party) -> str:
    """The state or body that a party stands for, "" for none."""
    return party.country or party.leads or (party.name if party.body else "")


def _between_states(found: Sequence[Action]) -> list[Action]:
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


def _table(reading: Reading, told: Sequence[Action]) -> Table:
    rows = []
    for party in _by_weight(told)[:ROWS]:
        acts, suffers = _places(told, party, _actor), _places(told, party, _target)
        rows.append(
            (
                Cell(text=party.name, evidence=tuple(Evidence(span=span) for span in party.mentions)),
                Cell(text=_kind(party, reading.countries.names)),
                Cell(text=str(len(acts)), evidence=acts),
                Cell(text=str(len(suffers)), evidence=suffers),
                Cell(text=str(len(party.mentions))),
            )
        )
    return Table(columns=("Who", "Kind", "Acts", "Acted on", "Mentions"), rows=tuple(rows))


def _kind(party: Party, names: Mapping[str, str]) -> str:
    if party.leads:
        return f"leader, {names[party.leads]}"
    return "state" if party.country else "body of states" if party.body else party.kind


def _actor(action: Action) -> Party:
    return action.actor


def _target(action: Action) -> Party:
    return action.target


def _places(told: Sequence[Action], party: Party, role: Callable[[Action], Party]) -> tuple[Evidence, ...]:
    """Each deed once, however many it reaches."""
    spans = dict.fromkeys((a.clause, a.verb) for a in told if role(a) is party)
    return tuple(Evidence(span=span, note=verb) for span, verb in spans)


def _by_weight(told: Sequence[Action]) -> list[Party]:
    """Parties by how often they act and are acted on; the one named first on a tie."""
    counts: dict[Span, int] = {}
    known: dict[Span, Party] = {}
    for action in told:
        for party in (action.actor, action.target):
            known[party.mentions[0]] = party
            counts[party.mentions[0]] = counts.get(party.mentions[0], 0) + 1
    return [known[first] for first in sorted(counts, key=lambda first: (-counts[first], first.start))]


def _graph(reading: Reading, told: Sequence[Action]) -> Graph:
    shown = {party.name for party in _by_weight(told)[:NODES]}
    edges: dict[tuple[str, str, str], list[Evidence]] = {}
    for action in told:
        key = (action.actor.name, action.target.name, action.verb)
        if shown.issuperset(key[:2]):
            sentence = reading.sentences[action.sentence]
            edges.setdefault(key, []).append(Evidence(span=sentence.span, note=_whose(action)))
    chosen = sorted(edges.items(), key=lambda item: -len(item[1]))[:EDGES]
    drawn = tuple(
        Edge(source=key[0], target=key[1], label=key[2], evidence=tuple(places)) for key, places in chosen
    )
    nodes = dict.fromkeys(name for edge in drawn for name in (edge.source, edge.target))
    return Graph(nodes=tuple(nodes), edges=drawn)


def _statements(reading: Reading, found: Sequence[Action]) -> list[Statement]:
    """One for each deed, those first that show a new pair of parties in the text itself; in its order."""
    seen: set[tuple[str, str, bool, bool]] = set()
    clauses: list[tuple[bool, Action]] = []
    for action in sorted(found, key=lambda action: action.clause.start):
        pair = (action.actor.name, action.target.name, action.denied, action.undone)
        known = pair in seen or action.voiced.voice == "headline"
        if action.voiced.voice != "headline":
            seen.add(pair)
        if clauses and clauses[-1][1].clause.overlaps(action.clause):
            before_known, before = clauses[-1]
            whole = Span(before.clause.start, max(before.clause.end, action.clause.end))
            clauses[-1] = (before_known and known, replace(before, clause=whole))
        else:
            clauses.append((known, action))
    chosen = sorted(clauses, key=lambda item: (item[0], item[1].voiced.voice == "headline"))[:STATEMENTS]
    return [_statement(reading, action) for _, action in sorted(chosen, key=lambda i: i[1].clause.start)]


def _statement(reading: Reading, action: Action) -> Statement:
    sentence = reading.sentences[action.sentence]
    words = _worded(reading.article.text, sentence, action.clause)
    evidence = [
        Evidence(span=sentence.span, note=f"{action.actor.name} → {action.target.name}: {action.verb}")
    ]
    speaker = action.voiced.speaker
    if speaker and speaker not in sentence.text:
        named = next((s for s in reading.sentences if speaker in s.text), None)
        evidence += [Evidence(span=named.span, note=speaker)] if named else []
    return Statement(text=_told(words, action), evidence=tuple(evidence))


def _told(words: str, action: Action) -> str:
    """With whose words it is, where the clause does not say so itself; a denial comes first."""
    speaker, verb = action.voiced.speaker, action.voiced.verb
    if action.denied and not action.negated:
        return f"{_whose(action)}: {words}."
    says_so = bool(speaker and verb) and verb in words and speaker.split()[-1] in words
    return f"{words}." if says_so else f"{words} ({_whose(action)})."


def _worded(text: str, sentence: Sentence, clause: Span) -> str:
    """The clause as it stands, with what follows the object up to the next mark."""
    start, end = clause.start, clause.end
    before = text[sentence.span.start : start].lower()
    asking = _ASKING.search(before)
    if asking is not None:
        start = sentence.span.start + asking.start()
    if any(doubt in before for doubt in DOUBTS):
        start = sentence.span.start
    rest = _REST.match(text, end, sentence.span.end)
    behind = rest.group() if rest else ""
    if _balanced(text[start:end] + behind) and len(WORD.findall(behind)) <= BEHIND:
        end += len(behind.rstrip())
    words = " ".join(text[start:end].split())
    if words.endswith((".”", ",”")):
        words = words[:-2] + "”"
    if not _balanced(words):
        words = words.replace(_OPENING, "").replace(_CLOSING, "")
    return words[:1].upper() + words[1:]


def _balanced(words: str) -> bool:
    return words.count(_OPENING) == words.count(_CLOSING) and words.count('"') % 2 == 0


def _whose(action: Action) -> str:
    voiced = action.voiced
    if voiced.voice == "headline":
        return "the headline"
    if voiced.voice == "own":
        return "the outlet’s own words"
    if not voiced.speaker:
        return "quoted" if voiced.voice == "quote" else "reported"
    if voiced.verb.lower() == "according to":
        return f"according to {voiced.speaker}"
    return f"{voiced.speaker} {voiced.verb}".strip()


SECTION = Section(key="geopolitical_context", title="Geopolitical context", order=80, build=build)
