"""The same run on a real Ray of this machine, with a worker killed in the middle of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from batch_fakes import FRAGILE, jsonl
from test_batch_run import command, crash, ended, tables

pytest.importorskip("pyarrow")
pytest.importorskip("ray")


def test_ray_gives_the_same_tables_though_a_worker_dies(tmp_path: Path) -> None:
    once = tmp_path / "once"
    wrong = {5: "{oops", 11: crash(11, str(once))}
    inputs = [jsonl(tmp_path / "a.jsonl", 16, more=wrong), jsonl(tmp_path / "b.jsonl", 6)]

    def run(out: Path, *more: str) -> None:
        words = command(inputs[0], out, "--workers", "2", *more, analyser=FRAGILE)
        words.insert(words.index(str(inputs[0])) + 1, str(inputs[1]))
        code, said = ended(words)
        assert code == 0, said

    run(tmp_path / "ray", "--engine", "ray")
    assert once.exists()  # somebody died
    run(tmp_path / "here")
    found, expected = tables(tmp_path / "ray"), tables(tmp_path / "here")
    assert found == expected
    manifest = json.loads((tmp_path / "ray" / "manifest.json").read_bytes())
    assert manifest["counts"] | {"written": 0} == {
        "records": 22, "articles": 21, "errors": 1, "words": manifest["counts"]["words"], "written": 0,
    }  # fmt: skip
