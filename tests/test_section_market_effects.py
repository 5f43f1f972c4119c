"""What an article says of markets, and articles that say nothing of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from truthlens import seeds
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Listing, Nothing, Table
from truthlens.extract.article import extract
from truthlens.sections.market_effects import SECTION
from truthlens.seed_file import SeedError

NONE = [Nothing(text="The article does not mention markets.")]


def blocks(analyser: Analyser, text: str) -> list[Block]:
    return list(SECTION.build(analyser.reading(Article(text=text)), ()))


def rows(found: list[Block]) -> dict[str, str]:
    (table,) = [block for block in found if isinstance(block, Table)]
    return {row[0].text: row[1].text for row in table.rows}


@pytest.mark.parametrize(
    "text",
    [
        "Canada imposed sanctions on Belarus and banned arms sales. An embargo followed.",
        "Peru shipped refined oil, gas and gold to Chile.",
        "She won gold, and he shares his silver with the yen for glory.",
        "The price was £1.2 million, and the budget is $4 million.",
        "In his column he blamed inflation.",
        "The token costs $AB and US$5; we paid $20 USD.",
        "",
    ],
)
def test_no_markets_is_an_answer(analyser: Analyser, text: str) -> None:
    assert blocks(analyser, text) == NONE


def test_content_by_kind(analyser: Analyser) -> None:
    text = (
        "The central bank raised its key rate to 4 percent. “Inflation is too high,” Ann Lee said. "
        "Brent crude rose to $80 a barrel. The euro weakened. Sanctions on oil producers stay."
    )
    found = rows(blocks(analyser, text))
    assert found["Central banks and rates"] == "central bank, key rate"
    assert found["Prices and growth"] == "Inflation"
    assert found["Commodities"] == "Brent crude, oil"
    assert found["Currencies"] == "euro"
    assert found["Trade barriers"] == "Sanctions"


@pytest.mark.parametrize("written", ["(NYSE: ABC)", "(NASDAQ:ABCD)", "$ABCD"])
def test_tickers(analyser: Analyser, written: str) -> None:
    found = rows(blocks(analyser, f"Shares of Acme {written} fell. The stock market closed early."))
    assert written.strip("()") == found["Tickers"]


def test_movements_stand_as_written_with_whose_words(analyser: Analyser) -> None:
    found = blocks(
        analyser, "Consumer prices rose 2.6 percent, the office said. Share prices fell 3 percent."
    )
    (listing,) = [block for block in found if isinstance(block, Listing)]
    assert [statement.text for statement in listing.statements] == [
        "“Consumer prices rose 2.6 percent, the office said.”",
        "The outlet: “Share prices fell 3 percent.”",
    ]


def test_of_the_demo_articles_those_on_the_rate_decision_are_about_markets(analyser: Analyser) -> None:
    about = {}
    for path in sorted(seeds.articles_dir().glob("*.html")):
        article = extract(path.read_text("utf-8"), "https://news.example/a")
        about[path.stem] = list(SECTION.build(analyser.reading(article), ())) != NONE
    assert {slug for slug, found in about.items() if found} == {"rate-decision", "rate-decision-rival"}


def test_a_broken_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "markets.toml").write_text(
        '[[groups]]\ntitle = "One"\nsure = ["gold"]\n[[groups]]\ntitle = "Two"\nwords = ["gold"]\n'
    )
    with pytest.raises(SeedError, match=r"markets.toml:6: 'gold' stands in 'One' already"):
        seeds.load_markets(tmp_path)
