"""States, bodies of states and leaders: who does what to whom, by the article's verbs, and in whose words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from truthlens.digest.forecasts import forecasts, spelled_out
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
from truthlens.ledgers.replies import answers
from truthlens.reading import Reading
from truthlens.relations.action_verbs import DOUBTS
from truthlens.relations.actions import Action, actions
from truthlens.relations.drawn import Relation, between_states, relations, whose
from truthlens.section import Section

NODES, EDGES = 6, 8  # more do not fit the panel's width
ROWS, STATEMENTS = 4, 5
TWICE = 2  # deeds of one party, from which counting says more than the picture
BEHIND = 16  # words shown behind the object, where no mark ends the clause before

_REST = re.compile(r"[^,;:.!?—–()\n]*(?:[.,!?]”)?")
_ASKING = re.compile(r"\b(?:what|how much|how many) $")
_CONDITION = re.compile(r"\b(?:if|unless|until|as long as|provided that)\b", re.IGNORECASE)
_OPENING, _CLOSING = "“", "”"


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    found = between_states(actions(reading))
    if not found:
        return [Nothing(text="no deed of one state towards another was found")]
    drawn = relations(reading, [action for action in found if not action.denied])
    shown = {*_by_weight(drawn)[:NODES]}
    edges = _edges(reading, [each for each in drawn if {each.source, each.target} <= shown])
    blocks: list[Block] = [*_table(drawn)]
    if edges:
        nodes = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
        blocks.append(Graph(nodes=tuple(nodes), edges=edges))
    left_out = len({_key(each) for each in drawn}) - len(edges)
    if left_out:
        blocks.append(Note(text=f"Not drawn: {left_out} more."))
    statements = _statements(reading, findings, found)
    if statements:
        blocks.append(Listing(statements=tuple(statements)))
    elif not edges:
        blocks.append(Nothing(text="only what stands among replies and implications"))
    return blocks


def _table(drawn: Sequence[Relation]) -> list[Table]:
    """How often each acts and is acted on; nothing where nobody does so twice."""
    known = {name: each for each in reversed(drawn) for name in (each.source, each.target)}
    rows = []
    for name in _by_weight(drawn):
        acts = _places([each for each in drawn if each.source == name])
        suffers = _places([each for each in drawn if each.target == name])
        if len(acts) + len(suffers) >= TWICE:
            one = known[name]
            parties = one.actors if one.source == name else (one.action.target,)
            mentions = tuple(Evidence(span=span) for party in parties for span in party.mentions)
            rows.append(
                (
                    Cell(text=name, evidence=mentions),
                    Cell(text=str(len(acts)), evidence=acts),
                    Cell(text=str(len(suffers)), evidence=suffers),
                )
            )
    return [Table(columns=("Who", "Acts", "Acted on"), rows=tuple(rows[:ROWS]))] if rows else []


def _places(told: Sequence[Relation]) -> tuple[Evidence, ...]:
    """Each deed once, however many it reaches."""
    spans = dict.fromkeys((each.action.clause, each.action.verb) for each in told)
    return tuple(Evidence(span=span, note=verb) for span, verb in spans)


def _by_weight(drawn: Sequence[Relation]) -> list[str]:
    """Names by how often they act and are acted on; the one named first on a tie."""
    counts: dict[str, int] = {}
    for each in drawn:
        for name in (each.source, each.target):
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])


def _edges(reading: Reading, drawn: Sequence[Relation]) -> tuple[Edge, ...]:
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for each in drawn:
        found.setdefault(_key(each), []).extend(_evidence(reading, each))
    chosen = sorted(found.items(), key=lambda item: -len(item[1]))[:EDGES]
    kept = [item for item in found.items() if item in chosen]
    return tuple(
        Edge(source=source, target=target, label=label, evidence=tuple(dict.fromkeys(places)))
        for (source, target, label), places in kept
    )


def _key(each: Relation) -> tuple[str, str, str]:
    return each.source, each.target, each.label


def _evidence(reading: Reading, each: Relation) -> list[Evidence]:
    """The sentence, with who acts where that is several, and where whoever says so is named."""
    sentence = reading.sentences[each.action.sentence]
    note = ", ".join(party.name for party in each.actors) if len(each.actors) > 1 else ""
    return [Evidence(span=sentence.span, note=note), *_named(reading, each.action, sentence)]


def _named(reading: Reading, action: Action, sentence: Sentence) -> list[Evidence]:
    speaker = action.voiced.speaker
    place = -1 if not speaker or speaker in sentence.text else reading.article.text.find(speaker)
    if place < 0 or action.voiced.voice in ("own", "headline"):
        return []
    return [Evidence(span=Span(place, place + len(speaker)), note="who speaks")]


def _statements(reading: Reading, findings: Sequence[Finding], found: Sequence[Action]) -> list[Statement]:
    """Of what an arrow cannot show, a denial or a condition, unless another section tells it."""
    told = {each.sentence for each in spelled_out(forecasts(reading))}
    told |= {answer.sentence.index for answer in answers(reading, findings) if answer.sentence}
    chosen: dict[Span, Action] = {}
    for action in found:
        more = action.denied or (action.undone and _conditional(reading, action))
        if more and action.sentence not in told and action.voiced.voice != "headline":
            chosen.setdefault(action.clause, action)
    return [_statement(reading, action) for action in list(chosen.values())[:STATEMENTS]]


def _conditional(reading: Reading, action: Action) -> bool:
    sentence = reading.sentences[action.sentence]
    return _CONDITION.search(sentence.text, max(0, action.clause.start - sentence.span.start)) is not None


def _statement(reading: Reading, action: Action) -> Statement:
    sentence = reading.sentences[action.sentence]
    words = _worded(reading.article.text, sentence, action.clause)
    note = f"{action.actor.name} → {action.target.name}: {action.verb}"
    evidence = (Evidence(span=sentence.span, note=note), *_named(reading, action, sentence))
    return Statement(text=_told(reading, words, action), evidence=evidence)


def _told(reading: Reading, words: str, action: Action) -> str:
    """With whose words it is, where the clause does not say so itself; a denial comes first."""
    speaker, verb = action.voiced.speaker, action.voiced.verb
    by = whose(reading, action) or "the outlet’s own words"
    if action.denied and not action.negated:
        return f"{by[:1].upper()}{by[1:]}: {words}."
    says_so = bool(speaker and verb) and verb in words and speaker.split()[-1] in words
    return f"{words}." if says_so else f"{words} ({by})."


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


SECTION = Section(key="geopolitical_context", title="Geopolitical context", order=80, build=build)
