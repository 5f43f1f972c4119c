"""Who does what to whom in a report: table, picture, statements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Graph, Listing, Nothing, Table
from truthlens.extract.article import extract
from truthlens.sections.geopolitical_context import EDGES, NODES, SECTION
from truthlens.seeds import articles_dir


def blocks(analyser: Analyser, text: str, title: str = "") -> list[Block]:
    article = Article(text=f"{title}\n{text}" if title else text, title=title)
    return list(SECTION.build(analyser.reading(article), ()))


def statements(found: list[Block]) -> list[str]:
    return [s.text for block in found if isinstance(block, Listing) for s in block.statements]


def edges(found: list[Block]) -> list[tuple[str, str, str]]:
    graphs = [block for block in found if isinstance(block, Graph)]
    return [(edge.source, edge.label, edge.target) for graph in graphs for edge in graph.edges]


def test_a_relation_is_drawn_with_whose_words_it_is(analyser: Analyser) -> None:
    (graph,) = blocks(
        analyser, "Norway sent two ferries to Chile, the ministry said. Chile urged Peru to send more."
    )[-1:]
    assert edges([graph]) == [("Norway", "sent, the ministry said", "Chile"), ("Chile", "urged", "Peru")]


def test_who_acts_more_than_once_is_counted(analyser: Analyser) -> None:
    table = blocks(analyser, "Norway sent ferries to Chile. Chile urged Norway to send more.")[0]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["Norway", "1", "1"], ["Chile", "1", "1"]]
    once = blocks(analyser, "Norway sent ferries to Chile.")
    assert [block.kind for block in once] == ["graph"]


def test_many_who_act_together_are_one(analyser: Analyser) -> None:
    text = "Norway, Peru, Canada and Japan urged Chile to talk. Chile warned Norway."
    (graph,) = [block for block in blocks(analyser, text) if isinstance(block, Graph)]
    assert edges([graph]) == [("4 states", "urged", "Chile"), ("Chile", "warned", "Norway")]
    assert graph.edges[0].evidence[0].note == "Norway, Peru, Canada, Japan"


def test_a_noun_of_a_deed_is_drawn_and_no_statement(analyser: Analyser) -> None:
    found = blocks(analyser, "Norway’s invasion of Chile ended.")
    assert edges(found) == [("Norway", "invasion", "Chile")]
    assert statements(found) == []


def test_quoted_and_hedged_deeds_say_so(analyser: Analyser) -> None:
    text = "Norway may attack Chile, the ministry warned. Jo Roe said Norway would “bombard” Peru."
    assert edges(blocks(analyser, text)) == [
        ("Norway", "may attack, the ministry warned", "Chile"),
        ("Norway", "would “bombard”, Jo Roe said", "Peru"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Norway is cold. It rained in Chile.",
        "The council sold the pool.",
        "Norway said it was late. Chile said so too.",
        "",
    ],
)
def test_no_relation_is_an_answer(analyser: Analyser, text: str) -> None:
    assert blocks(analyser, text) == [Nothing(text="no deed of one state towards another was found")]


def test_a_denied_deed_is_told_as_a_denial_and_not_drawn(analyser: Analyser) -> None:
    found = blocks(
        analyser, "Norway sent ferries to Chile. Chile denied that Peru is supplying oil to Norway."
    )
    assert edges(found) == [("Norway", "sent", "Chile")]
    assert statements(found) == ["Chile denied: Peru is supplying oil to Norway."]


def test_what_the_replies_tell_is_not_told_again(analyser: Analyser) -> None:
    text = (
        "Norway and Peru are violating the pact with Chile, the report alleged. Norway attacked Chile. "
        "Both countries denied that Peru is supplying oil to Norway."
    )
    assert statements(blocks(analyser, text)) == []


def test_the_picture_stays_small(analyser: Analyser) -> None:
    names = "Norway Chile Peru Bolivia Brazil Kenya Uganda Rwanda Japan Canada Spain Italy".split()
    text = " ".join(f"{a} warned {b}. {b} sanctioned {a}." for a, b in pairwise(names))
    (graph,) = [block for block in blocks(analyser, text) if isinstance(block, Graph)]
    assert len(graph.nodes) <= NODES
    assert len(graph.edges) <= EDGES
    assert {name for edge in graph.edges for name in (edge.source, edge.target)} == set(graph.nodes)


def test_every_statement_stands_in_its_evidence(analyser: Analyser) -> None:
    text = (
        "Norway has warned Chile that “talks are over,” the ministry said. It said Peru may attack Bolivia."
    )
    reading = analyser.reading(Article(text=text))
    for block in SECTION.build(reading, ()):
        for statement in block.statements if isinstance(block, Listing) else ():
            clause = statement.text.split(" (")[0].replace("”", ",”")
            assert any(clause in place.span.of(text) for place in statement.evidence)


@pytest.mark.model
def test_the_arms_story_with_the_real_names(real_analyser: Analyser) -> None:
    page = (articles_dir() / "arms-transfers.html").read_text("utf-8")
    reading = real_analyser.reading(extract(page, "https://news.example/a"))
    drawn = edges(list(SECTION.build(reading, ())))
    assert ("Russia", "invaded", "Ukraine") in drawn
    assert ("11 states", "called on", "North Korea") in drawn
    assert ("Russia", "may be near to sharing, Washington warned", "North Korea") in drawn
    assert not any({source, target} == {"Russia"} for source, _, target in drawn)
    assert not any("supplying" in label for _, label, _ in drawn)
