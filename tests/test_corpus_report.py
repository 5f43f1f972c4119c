"""The page and the CSV of a corpus: what a reader sees is what was counted, and nothing in it runs."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from corpus_run import made_up, written
from lxml import html as parser
from truthlens.cli import main
from truthlens.corpus import plot
from truthlens.corpus.estimates import Estimate
from truthlens.corpus.gather import gather
from truthlens.corpus.measures import GROUPS, MEASURES
from truthlens.corpus.page import html
from truthlens.corpus.points import LEAST, points
from truthlens.corpus.tables import write

pytest.importorskip("pyarrow")
DOCS = Path(__file__).resolve().parents[1] / "docs" / "corpus.md"
HOSTILE = '<script>alert(1)</script>"&'
FORMULA = "=HYPERLINK(1)"
RARE = "Seldom Seen Gazette"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = Random(3)
    outlets = [HOSTILE, FORMULA, "Coast Daily"]
    articles = [
        made_up(
            draw, number, RARE if number % 50 == 9 else outlets[number % 3], f"2025-{1 + number % 6:02d}-02"
        )
        for number in range(150)
    ]
    return written(tmp_path_factory.mktemp("corpus") / "run", [articles[:70], articles[70:]])


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    corpus = gather(run, "outlet")
    return html(corpus, points(corpus, least=5))


def test_nothing_in_the_page_runs_or_loads(page: str) -> None:
    tree = parser.document_fromstring(page)
    assert tree.xpath("//script | //img | //link | //iframe | //*[@src] | //*[@onload]") == []
    assert "http" not in re.sub(r"http-equiv", "", page)
    assert "url(" not in page
    assert HOSTILE in tree.text_content()
    assert "default-src 'none'" in page


def test_every_part_has_its_plots_and_every_plot_its_table(page: str) -> None:
    tree = parser.document_fromstring(page)
    for group in GROUPS:
        (section,) = tree.xpath(f"//section[@aria-labelledby='{group.key}']")
        tables = section.xpath(".//details//table")
        assert len(tables) >= 2 * len(group.measures)  # by outlet and by month
        pictures = section.xpath(".//svg")
        assert pictures
        for picture in pictures:
            assert picture.get("role") == "img"
            assert "table" in picture.get("aria-label")
    assert RARE not in tree.text_content()
    assert "1 outlet has fewer" in page


def test_what_is_drawn_stays_inside_its_picture(page: str) -> None:
    for picture in parser.document_fromstring(page).xpath("//svg"):
        width, height = (float(each) for each in picture.get("viewbox").split()[2:])
        for dot in picture.iter("circle"):
            assert 0 <= float(dot.get("cx")) <= width
            assert 0 <= float(dot.get("cy")) <= height
        for path in picture.iter("path"):
            numbers = [float(each) for each in re.findall(r"-?\d+\.\d", path.get("d"))]
            assert all(-1 <= each <= width + 1 for each in numbers[::2])
            assert all(-1 <= each <= height + 1 for each in numbers[1::2])


def test_the_page_says_the_numbers_that_were_counted(run: Path, page: str) -> None:
    numbers = points(gather(run, "outlet"), least=5)
    text = " ".join(parser.document_fromstring(page).text_content().split())
    for key, measure in MEASURES.items():
        found = numbers.of["", ""][key]
        assert found.value is not None
        unit = "%" if measure.unit == "%" else ""
        assert f"{found.value:.1f}{unit}" in text, key
    assert "150 articles of 3 outlets with at least 5, from Jan 2025 to Jun 2025, by the month" in text
    assert "1 outlets" not in text


def test_a_page_without_anything_to_compare_says_so(run: Path) -> None:
    corpus = gather(run, "outlet")
    text = parser.document_fromstring(html(corpus, points(corpus, least=1000))).text_content()
    assert "No outlet has 1000 articles" in " ".join(text.split())


def test_csv_holds_every_shown_number_and_no_formula(run: Path, tmp_path: Path) -> None:
    corpus = gather(run, "outlet")
    numbers = points(corpus, least=5)
    files = {path.name: path for path in write(tmp_path / "csv", corpus, numbers)}
    assert set(files) == {"all.csv", "outlets.csv", "months.csv", "outlets_by_month.csv", "measures.csv"}
    rows = {}
    for name, path in files.items():
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    assert len(rows["all.csv"]) == len(MEASURES)
    assert len(rows["outlets.csv"]) == 3 * len(MEASURES)
    assert {each["outlet"] for each in rows["outlets.csv"]} == {"Coast Daily", HOSTILE, f"'{FORMULA}"}
    assert {each["period"] for each in rows["months.csv"]} == {f"2025-0{month}" for month in range(1, 7)}
    for each in rows["outlets_by_month.csv"]:
        found = numbers.get(each["measure"], outlet=each["outlet"].removeprefix("'"), period=each["period"])
        assert found is not None
        assert float(each["value"]) == pytest.approx(found.value, abs=1e-4)
        assert int(each["articles"]) == found.articles >= 5
        assert each["interval"] == found.how


def test_the_command_writes_page_and_csv(run: Path, tmp_path: Path) -> None:
    words = [
        "corpus",
        "report",
        str(run),
        "--csv",
        str(tmp_path / "csv"),
        "--out",
        str(tmp_path / "new" / "a.html"),
    ]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "150 articles; with at least 20 each: outlets 3, months 6" in result.output
    assert (tmp_path / "new" / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert len(list((tmp_path / "csv").iterdir())) == 5
    refused = CliRunner().invoke(main, ["corpus", "report", str(tmp_path)])
    assert refused.exit_code == 1
    assert "truthlens batch --out" in refused.output


def test_axes_have_few_round_numbers_and_hold_all() -> None:
    for end in (0.013, 0.9, 1.0, 3.7, 24.9, 100.0, 2500.0):
        labels = [label for _, label in plot._ticks(end)]
        assert 2 <= len(labels) <= 6
        assert labels[0].strip("0.") == ""
        assert len(set(labels)) == len(labels)
        assert float(labels[-1]) <= end


def test_a_line_breaks_where_a_period_is_hidden() -> None:
    there = Estimate(articles=20, count=1, cases=10, value=10.0, low=5.0, high=15.0, how="bootstrap")
    found = plot.course([there, there, None, there], ["a", "b", "c", "d"], 20.0)
    assert len(found.dots) == 3
    assert len(found.lines) == len(found.bands) == 2
    assert [each.below for each in found.times] == ["20", "20", "–", "20"]


def test_the_page_of_measures_names_all_of_them() -> None:
    text = DOCS.read_text("utf-8")
    for key, measure in MEASURES.items():
        if key.startswith("frame_"):
            continue
        line = next(line for line in text.splitlines() if f"`{key}`" in line)
        assert f"| {measure.unit} | {'Wilson' if measure.each else 'bootstrap'} |" in line
    assert f"`--least {LEAST}`" in text


def test_the_queries_of_the_page_run(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(run)
    queries = re.findall(r"```sql\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(queries) >= 5
    for query in queries:
        duckdb.sql(query).fetchall()
