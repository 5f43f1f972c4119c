"""`truthlens bench`: what is measured has the right shape, files and page hold what was measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from truthlens.bench import library, suite
from truthlens.bench.articles import article, page, paragraphs
from truthlens.bench.document import ABOUT, document
from truthlens.bench.figure import Figure, Run
from truthlens.bench.rounds import FULL, QUICK, medians
from truthlens.cli import main
from truthlens.errors import ServiceError
from truthlens.heads import WORD
from truthlens.settings import Settings

DOCS = Path(__file__).resolve().parents[1] / "docs"
ROW = Figure(measure="whole", name="whole analysis", value=1.31, unit="×", of="a|b", aim=1.25, note="n")


def test_every_measure_is_described_and_every_figure_belongs_to_one() -> None:
    assert set(ABOUT) == set(suite.TITLES) == {*suite.MEASURES, *suite.BESIDE}


def test_figures_are_put_into_a_file_that_may_not_be_there_yet(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    Run.add([ROW], file)
    other = replace(ROW, measure="click")
    Run.add([other], file)
    assert Run.read(file).rows == (ROW, other)
    Run.add([replace(ROW, value=2.0)], file)
    assert Run.read(file).rows == (other, replace(ROW, value=2.0))


def test_medians_are_of_the_rounds_after_the_first() -> None:
    done: list[str] = []
    taken = medians({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=3)
    assert done == ["a", "b"] * 4
    assert set(taken) == {"a", "b"}
    assert all(value >= 0 for value in taken.values())


@pytest.mark.parametrize("words", [100, 1000, 20_000])
def test_an_article_has_the_wished_length(words: int) -> None:
    counted = len(WORD.findall(article(words).text))
    assert words <= counted < words + 200


def test_editions_and_rounds_have_other_names() -> None:
    assert article(700).text != article(700, 1).text != article(700, 40).text
    lines = article(20_000).text.splitlines()
    assert len(lines) > len(paragraphs())
    assert len(set(lines)) > 0.7 * len(lines)
    assert article(700).text == article(700).text
    assert article(700).headline is not None


def test_a_run_survives_its_file(tmp_path: Path) -> None:
    run = Run.here([ROW])
    run.write(tmp_path / "new" / "run.json")
    assert Run.read(tmp_path / "new" / "run.json") == run
    fields = json.loads((tmp_path / "new" / "run.json").read_text("utf-8"))
    assert set(fields) == {"machine", "versions", "date", "rows"}
    assert {"name", "value", "unit", "of", "aim", "note"} < set(fields["rows"][0])


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"rows": [{"name": 1}]}', '{"rows": 3, "date": ""}'])
def test_a_file_of_something_else_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)
    with pytest.raises(ServiceError, match=r"other\.json does not hold figures"):
        Run.read(tmp_path / "other.json")


def test_new_rows_replace_those_of_their_measure_alone() -> None:
    other = replace(ROW, measure="click", name="warm")
    run = Run.here([ROW, replace(ROW, name="second"), other])
    changed = run.with_rows([replace(ROW, name="third")])
    assert [row.name for row in changed.rows] == ["warm", "third"]


def test_figures_of_two_machines_are_not_mixed() -> None:
    run = replace(Run.here([ROW]), machine="another")
    with pytest.raises(ServiceError, match="another machine"):
        run.with_rows([ROW])


def test_the_page_says_what_was_missed() -> None:
    reached = replace(ROW, name="start", value=1.0, measure="start")
    text = document(Run.here([ROW, reached]), before=Run.here([replace(ROW, value=2.75)]))
    assert "Of 2 aims 1 are reached" in text
    assert "- whole analysis, against a|b: 1.31 ×, aim ≤ 1.25 ×" in text
    assert "| whole analysis | 1.31 × | a\\|b | ≤ 1.25 × | no | n |" in text
    assert "| whole analysis | a\\|b | 2.75 × | 1.31 × |" in text
    assert "All 1 aims are reached" in document(Run.here([reached]))


@pytest.mark.skipif(not (DOCS / "performance.json").exists(), reason="nothing was measured yet")
def test_the_page_is_made_from_the_figures_beside_it() -> None:
    before = DOCS / "performance-before.json"
    text = document(Run.read(DOCS / "performance.json"), Run.read(before) if before.exists() else None)
    assert (DOCS / "performance.md").read_text("utf-8") == text, "run `make bench`"


def test_an_unknown_measure_is_refused_before_anything_is_measured() -> None:
    result = CliRunner().invoke(main, ["bench", "--only", "whole", "--only", "nonsense"])
    assert result.exit_code == 1
    assert "'nonsense'" in result.output
    assert all(name in result.output for name in suite.MEASURES)


def test_shown_figures_are_those_of_the_file(tmp_path: Path) -> None:
    Run.here([ROW]).write(tmp_path / "run.json")
    words = ["bench", "--from", str(tmp_path / "run.json"), "--docs", str(tmp_path / "docs")]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "1.31 ×" in result.output
    assert "1.31 ×" in (tmp_path / "docs" / "performance.md").read_text("utf-8")


@pytest.mark.parametrize("words", [["--help"], ["doctor"]])
def test_commands_that_only_look_load_neither_torch_nor_numpy(words: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom truthlens.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "print([name for name in ('torch', 'transformers', 'numpy') if name in sys.modules])"
    )
    environment = {"TRUTHLENS_DATA_DIR": str(tmp_path), "TRUTHLENS_PORT": "18797", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(done.stdout.splitlines()) > 4


@pytest.mark.model
def test_a_bucketed_pass_gives_every_row_to_the_model_once() -> None:
    import torch

    seen: list[int] = []

    class Counting(torch.nn.Module):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: object) -> None:
            assert bool(((input_ids != 9) == attention_mask.bool()).all())
            seen.extend(attention_mask.sum(dim=1).tolist())

    library.bucketed(Counting(), [[1] * length for length in (3, 9, 1, 4, 4, 12, 7, 2)], padding=9)
    assert seen == [1, 2, 3, 4, 4, 7, 9, 12]


@pytest.mark.model
@pytest.mark.parametrize("name", ["stages", "growth", "profile"])
def test_a_measure_gives_figures(name: str) -> None:
    settings = Settings.from_env()
    rows = list(suite.measured([name], settings, QUICK, lambda _: None))
    assert {row.measure for row in rows} == {name}
    assert all(row.value > 0 and row.unit and row.of for row in rows)
    if name != "growth":
        assert sum(row.value for row in rows) <= 100.5
    if name == "stages":
        assert {"extract", "segment", "voice", "encode", "heads", "indicators", "sections"} <= {
            row.name for row in rows
        }
    if name == "profile":
        assert not any(re.search(r"^/|site-packages", row.name) for row in rows)


def test_the_quick_effort_is_less_in_everything() -> None:
    assert QUICK.rounds < FULL.rounds
    assert QUICK.articles < FULL.articles
    assert max(QUICK.words) < max(FULL.words)
    assert "<article" in page()
