"""Killed in the midst of it: nothing that was acknowledged is lost, and nothing is left half done.

Run in processes of their own (see `killed_rounds.py`). A kill is no power cut: that is not tried.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trust import tries
from truthlens.store.library_file import journal_mode

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
HERE = Path(__file__).resolve().parent


def killed(kind: str, rounds: int, folder: Path, journal: str = "") -> dict[str, Any]:
    script = [
        sys.executable,
        str(HERE / "killed_rounds.py"),
        kind,
        str(rounds),
        str(folder / "rounds"),
        journal,
    ]
    done = subprocess.run(script, check=True, capture_output=True, timeout=1200)
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["rounds"] == rounds
    assert told["broken"] == []
    return told


@pytest.mark.parametrize("journal", ["TRUNCATE", "WAL"])
def test_what_was_acknowledged_survives_a_kill(
    tmp_path: Path, journal: str, record_property: Callable[[str, object], None]
) -> None:
    if journal == "TRUNCATE" and journal_mode(sqlite3.sqlite_version_info) != journal:
        pytest.skip(f"SQLite {sqlite3.sqlite_version} gets a write-ahead log")
    told = killed("writing", tries(6, 200), tmp_path, journal)
    assert told["saved"] > 0
    record_property("tried", told["rounds"])
    record_property(
        "figure",
        f"FULL, {journal}: {told['saved']:,} saved, {told['forgotten']:,} forgotten, 0 lost, 0 back",
    )


def test_a_kill_in_a_migration_leaves_the_old_or_the_new(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    told = killed("migrating", tries(4, 20), tmp_path)
    record_property("tried", told["rounds"])
    record_property("figure", ", ".join(f"version {name}: {count}" for name, count in told["left"].items()))


def test_a_kill_in_a_backup_leaves_no_half_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    told = killed("backing_up", tries(4, 40), tmp_path)
    record_property("tried", told["rounds"])


def test_a_kill_while_restoring_leaves_the_old_or_the_new(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    told = killed("restoring", tries(3, 20), tmp_path)
    record_property("tried", told["rounds"])
    record_property("figure", ", ".join(f"{name}: {count}" for name, count in told["left"].items()))
