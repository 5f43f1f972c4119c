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


def test_a_relation_is_counted_drawn_and_told(analyser: Analyser) -> None:
    found = blocks(
        analyser, "Norway sent two ferries to Chile, the ministry said. Chile urged Norway to send more."
    )
    table, graph = found[0], found[1]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Norway", "state", "1", "1", "2"],
        ["Chile", "state", "1", "1", "2"],
    ]
    assert isinstance(graph, Graph)
    assert [(edge.source, edge.label, edge.target) for edge in graph.edges] == [
        ("Norway", "sent", "Chile"),
        ("Chile", "urged", "Norway"),
    ]
    assert statements(found) == [
        "Norway sent two ferries to Chile (the ministry said).",
        "Chile urged Norway to send more (the outlet’s own words).",
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
    assert blocks(analyser, text) == [Nothing(text="no relation between states is reported")]


def test_a_denied_deed_is_told_as_a_denial_and_not_drawn(analyser: Analyser) -> None:
    found = blocks(
        analyser, "Norway sent ferries to Chile. Chile denied that Peru is supplying oil to Norway."
    )
    (graph,) = [block for block in found if isinstance(block, Graph)]
    assert [edge.label for edge in graph.edges] == ["sent"]
    assert statements(found)[1] == "Chile denied: Peru is supplying oil to Norway."


def test_figures_keep_their_qualifiers(analyser: Analyser) -> None:
    found = blocks(analyser, "Norway sent as many as 40 ferries to Chile last year.")
    assert statements(found) == [
        "Norway sent as many as 40 ferries to Chile last year (the outlet’s own words)."
    ]


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
    found = list(SECTION.build(reading, ()))
    (graph,) = [block for block in found if isinstance(block, Graph)]
    edges = {(edge.source, edge.label, edge.target) for edge in graph.edges}
    assert ("Russia", "invaded", "Ukraine") in edges
    assert ("Russia", "may be near to sharing", "North Korea") in edges
    assert not any({source, target} == {"Russia"} for source, _, target in edges)
    assert any("denied: Pyongyang is supplying Moscow with arms" in text for text in statements(found))
