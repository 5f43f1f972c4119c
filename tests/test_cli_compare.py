"""`truthlens compare` and `truthlens feeds`: what they take, what they print, how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.cli import main
from truthlens.domain import Article
from truthlens.net.fetch import Fetched
from truthlens.store.library import Library

FERRY = "The ferry Aurora struck the north pier at Lindhavn on Tuesday morning in thick fog."
MORE = (
    "The captain told the harbour office that the engine had not answered, and that the crew had dropped "
    "both anchors before the ship came to rest against the fenders, where two tugs held it until the "
    "passengers had left by the stern gangway and were taken to the town hall for soup and blankets."
)
ONE = f"Ferry strikes pier\n{FERRY}\n{MORE}\nDivers will look at the hull."
OTHER = f"Pier struck by ferry\n{FERRY}\n{MORE}\nThe council wants a new lamp on the mole."
RSS = b"<rss version='2.0'><channel><title>The Quay</title></channel></rss>"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analyser: Analyser) -> Callable[..., Result]:
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(Analyser, "load", classmethod(lambda cls, settings: analyser))
    monkeypatch.setattr(
        "truthlens.events.feeds.download",
        lambda url, wanted, **more: Fetched(url=url, body=RSS, kind="text/xml", charset=""),
    )
    return lambda *words: CliRunner().invoke(main, list(words))


def files(folder: Path) -> list[str]:
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (folder / name).write_text(text, "utf-8")
    return [str(folder / "one.txt"), str(folder / "other.txt")]


def save(folder: Path, analyser: Analyser, name: str, text: str) -> None:
    library = Library.open(folder / "data")
    title = text.partition("\n")[0]
    report = analyser.analyse(Article(text=text, title=title))
    library.save(
        name, dict(wire.result(name, report)), request_id=name, versions="v", url="", title=title, trace=None
    )
    library.close()


def test_two_files_side_by_side(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("compare", *files(tmp_path))
    assert result.exit_code == 0, result.output
    for title in ("IN BOTH", "ONLY IN THIS ARTICLE", "HEARD IN ONE ONLY"):
        assert title in result.output
    assert "Divers will look" not in result.output.partition("ONLY IN THE OTHER ARTICLE")[2]


def test_a_file_and_a_saved_analysis_as_json(
    run: Callable[..., Result], tmp_path: Path, analyser: Analyser
) -> None:
    save(tmp_path, analyser, "feed1234", OTHER)
    result = run("compare", files(tmp_path)[0], "feed", "--format", "json")
    assert result.exit_code == 0, result.output
    reply = json.loads(result.output)
    assert [article["title"] for article in reply["articles"]][1] == "Pier struck by ferry"
    assert reply["sections"][0]["key"] == "facts_in_both"


def test_markdown_goes_into_a_file(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "comparison.md"
    assert run("compare", *files(tmp_path), "--format", "md", "--out", str(out)).exit_code == 0
    assert out.read_text("utf-8").startswith("## In both\n")


def test_one_article_or_too_many_is_not_understood(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("compare", files(tmp_path)[0]).exit_code == 2
    assert run("compare", *files(tmp_path) * 3).exit_code == 2


def test_what_is_neither_file_nor_saved_is_named(
    run: Callable[..., Result], tmp_path: Path, analyser: Analyser
) -> None:
    save(tmp_path, analyser, "feed1234", OTHER)
    save(tmp_path, analyser, "feed5678", ONE)
    for asked, said in (("nothing", "no saved analysis"), ("feed", "several ids")):
        result = run("compare", files(tmp_path)[0], asked)
        assert result.exit_code == 1
        assert said in result.output


def test_feeds_are_added_listed_and_removed(run: Callable[..., Result]) -> None:
    assert "no feeds" in run("feeds", "list").output
    assert "The Quay" in run("feeds", "add", "https://quay.example/feed").output
    assert "https://quay.example/feed" in run("feeds", "list").output
    assert run("feeds", "remove", "https://quay.example/feed").exit_code == 0
    result = run("feeds", "remove", "https://quay.example/feed")
    assert result.exit_code == 1
    assert "no feed of that address" in result.output
