"""A whole run on this machine: the same tables however often it was killed, and how to go on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_fakes import CRASH, FAKE, FRAGILE, article, jsonl
from click.testing import CliRunner
from truthlens.batch.tables import TABLES
from truthlens.cli import main

pytest.importorskip("pyarrow")
TESTS = Path(__file__).resolve().parent
SECONDS = 120.0  # the longest any test waits for something that must happen
WRONG = {7: "{oops", 12: '{"text": "Too short."}', 13: '{"title": "No text"}'}


def command(inputs: Path, out: Path, *more: str, analyser: str = FAKE) -> list[str]:
    return [
        sys.executable, "-m", "truthlens", "batch", str(inputs), "--out", str(out), "--analyser", analyser,
        "--part-size", "4", *more,
    ]  # fmt: skip


def started(words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(TESTS), "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )


def ended(words: list[str]) -> tuple[int, str]:
    """Exit code and all that was said."""
    process = started(words)
    said, complained = process.communicate(timeout=SECONDS)
    return process.returncode, said + complained


def finished(out: Path) -> int:
    """Parts that are done."""
    journal = out / "parts.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def wait_for_parts(process: subprocess.Popen[str], out: Path, count: int) -> None:
    deadline = time.monotonic() + SECONDS
    while finished(out) < count and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def tables(out: Path) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own."""
    from pyarrow import parquet

    return {
        table: sorted(
            json.dumps(row, sort_keys=True)
            for row in parquet.read_table(out / f"{table}.parquet").to_pylist()
        )
        for table in TABLES
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """The file of 30 records, and the tables of a run over it that nothing disturbed."""
    folder = tmp_path_factory.mktemp("batch")
    inputs = jsonl(folder / "news.jsonl", 30, more=WRONG)
    code, said = ended(command(inputs, folder / "out", "--workers", "1"))
    assert code == 0, said
    assert "27 articles and 3 errors of 30 records" in said
    return inputs, tables(folder / "out")


def test_every_record_is_in_one_table_once(undisturbed: tuple[Path, dict[str, list[str]]]) -> None:
    found = {name: [json.loads(row) for row in rows] for name, rows in undisturbed[1].items()}
    ids = [row["id"] for row in (*found["articles"], *found["errors"])]
    assert sorted(ids) == [f"0000-{n:08d}" for n in range(30)]
    assert {row["number"]: row["code"] for row in found["errors"]} == {
        7: "bad_record", 12: "too_short", 13: "empty_record",
    }  # fmt: skip
    assert {row["article"] for row in found["sentences"]} == {row["id"] for row in found["articles"]}


def test_a_run_killed_three_times_has_the_tables_of_one_that_was_not(
    undisturbed: tuple[Path, dict[str, list[str]]], tmp_path: Path
) -> None:
    inputs, expected = undisturbed
    out = tmp_path / "out"
    words = command(inputs, out, "--workers", "2")
    for _ in range(3):
        process = started(words)
        wait_for_parts(process, out, finished(out) + 1)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=SECONDS)
    code, said = ended(words)
    assert code == 0, said
    assert tables(out) == expected
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert (manifest["state"], manifest["parts"]) == ("finished", 8)
    assert manifest["counts"]["records"] == 30
    hidden = [file for file in out.glob("*.parquet/*") if file.name.startswith(".")]
    assert hidden == []


def test_a_finished_run_does_nothing_again(
    undisturbed: tuple[Path, dict[str, list[str]]], tmp_path: Path
) -> None:
    out = undisturbed[0].parent / "out"
    before = {file: file.stat().st_mtime_ns for file in out.glob("*.parquet/*")}
    code, said = ended(command(undisturbed[0], out, "--workers", "1"))
    assert code == 0, said
    assert {file: file.stat().st_mtime_ns for file in out.glob("*.parquet/*")} == before


@pytest.mark.skipif(os.name != "posix", reason="sends a signal to one process")
def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(
    undisturbed: tuple[Path, dict[str, list[str]]], tmp_path: Path
) -> None:
    inputs, expected = undisturbed
    out = tmp_path / "out"
    words = command(inputs, out, "--workers", "1")
    process = started(words)
    wait_for_parts(process, out, 1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: workers get it too
    said, complained = process.communicate(timeout=SECONDS)
    assert process.returncode == 130, complained
    assert "the same command goes on" in complained
    assert "articles and" in said
    assert json.loads((out / "manifest.json").read_bytes())["state"] == "interrupted"
    assert 0 < finished(out) < 8
    assert ended(words)[0] == 0
    assert tables(out) == expected


def crash(number: int, once: str = "") -> str:
    return json.dumps({"id": f"n{number}", "title": f"{CRASH} {once}".strip(), "text": article(number)})


def test_a_record_that_kills_its_process_is_one_error(tmp_path: Path) -> None:
    inputs = jsonl(tmp_path / "news.jsonl", 9, more={2: crash(2), 6: crash(6, str(tmp_path / "once"))})
    out = tmp_path / "out"
    code, said = ended(command(inputs, out, "--workers", "1", analyser=FRAGILE))
    assert code == 0, said
    found = {name: [json.loads(row) for row in rows] for name, rows in tables(out).items()}
    assert [(row["number"], row["code"]) for row in found["errors"]] == [(2, "worker_died")]
    assert sorted(row["number"] for row in found["articles"]) == [0, 1, 3, 4, 5, 6, 7, 8]
    assert not (out / "attempts").exists()


def test_another_model_does_not_go_on_with_a_run(undisturbed: tuple[Path, dict[str, list[str]]]) -> None:
    inputs = undisturbed[0]
    out = inputs.parent / "out"
    code, said = ended(command(inputs, out, "--no-text"))
    assert code == 1
    assert "another text" in said
    inputs.touch()
    code, said = ended(command(inputs, out))
    assert code == 1
    assert "changed since" in said


def test_versions_are_checked_before_anything_is_written(tmp_path: Path) -> None:
    inputs, out = jsonl(tmp_path / "news.jsonl", 9), tmp_path / "out"
    process = started(command(inputs, out, "--workers", "1"))
    wait_for_parts(process, out, 1)
    process.kill()
    process.communicate(timeout=SECONDS)
    # The name of the analyser is one of the things that must be the same: stand in for a new version of it.
    path = out / "manifest.json"
    path.write_text(re.sub(r'"heads": "telling"', '"heads": "older"', path.read_text("utf-8")), "utf-8")
    before = finished(out)
    code, said = ended(command(inputs, out, "--workers", "1"))
    assert (code, finished(out)) == (1, before)
    assert "another version, model or weights" in said


def test_two_runs_never_share_a_folder(tmp_path: Path) -> None:
    from filelock import FileLock

    inputs, out = jsonl(tmp_path / "news.jsonl", 3), tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".lock"):
        code, said = ended(command(inputs, out))
    assert code == 1
    assert "Another run" in said


def test_pages_are_extracted_by_the_workers(tmp_path: Path) -> None:
    from truthlens.seeds import articles_dir

    code, said = ended(command(articles_dir() / "rate-decision.html", tmp_path / "out", "--workers", "1"))
    assert code == 0, said
    (row,) = tables(tmp_path / "out")["articles"]
    assert json.loads(row)["title"]
    assert json.loads(row)["extracted_by"] != "text"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--column", "body=text"], "--column"),
        (["--kind", "nonsense"], "--kind"),
        ([], "does not tell"),
    ],
)
def test_refusals(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "data.bin").touch()
    result = CliRunner().invoke(
        main, ["batch", str(tmp_path / "data.bin"), "--out", str(tmp_path / "o"), *words]
    )
    assert result.exit_code in (1, 2)
    assert said in result.output


def test_help_needs_neither_torch_nor_pyarrow() -> None:
    code = (
        "import sys; from truthlens.cli import main\n"
        "try: main(['batch', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'pyarrow', 'numpy', 'ray')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
