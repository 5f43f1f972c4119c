"""A disk that is full or closed: what was saved stays readable, what cannot be is said, and it recovers.

The disks are small ones of our own, in a mount namespace (see `scarce_disk.py`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
APART = ["unshare", "--map-root-user", "--mount"]
# Root passes over permissions, in a namespace of its own too, unless that right is given up.
BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
FIRST, THIRD = "https://news.example/first", "https://news.example/third"
REFUSED = {
    "full": [507, "disk_full"],
    "quota": [503, "library_unwritable"],
    "closed_folder": [503, "library_unwritable"],
    "closed_files": [503, "library_unwritable"],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    place = tmp_path_factory.mktemp("disks")
    if not all(shutil.which(command) for command in ("unshare", "setpriv", "mount")):
        pytest.skip("needs unshare, setpriv and mount (Linux)")
    probe = subprocess.run(
        [*APART, "mount", "-t", "tmpfs", "tmpfs", str(place)], check=False, capture_output=True
    )
    if probe.returncode:
        pytest.skip("this system lets nobody mount a disk of their own")
    script = [*APART, *BOUND, sys.executable, str(HERE / "scarce_disk.py"), str(place)]
    done = subprocess.run(script, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert set(answers) == {*REFUSED, "page_limit", "read_only"}
    return answers


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_written_is_refused_and_what_was_saved_can_be_read(
    told: dict[str, dict[str, Any]], kind: str, record_property: Callable[[str, object], None]
) -> None:
    answers = told[kind]
    assert answers["saving"] == ["not_saved"]  # the analysis itself is shown all the same
    assert answers["choosing"] == answers["forgetting"] == REFUSED[kind]
    assert (answers["read"], answers["again"], answers["listed"]) == (200, [], [FIRST])
    assert answers["status"] == 200
    record_property("tried", 7)  # requests, while the disk was scarce


def test_a_library_that_may_not_grow_answers_and_keeps_what_it_has(told: dict[str, dict[str, Any]]) -> None:
    answers = told["page_limit"]
    assert answers["saving"] == ["not_saved"]
    # What grows nothing goes on.
    assert answers["choosing"] == answers["forgetting"] == [200, False]
    assert answers["read"] == 404


@pytest.mark.parametrize("kind", [*REFUSED, "page_limit"])
def test_once_there_is_room_again_all_goes_on(told: dict[str, dict[str, Any]], kind: str) -> None:
    assert told[kind]["then"] == [[], [THIRD, FIRST]]
    assert (told[kind]["chosen"], told[kind]["integrity"]) == (200, "ok")


@pytest.mark.parametrize("kind", REFUSED)
def test_a_backup_without_room_leaves_the_earlier_one(told: dict[str, dict[str, Any]], kind: str) -> None:
    assert told[kind]["backup_untouched"]
    if kind == "closed_folder":  # that of the backups is open
        assert (told[kind]["backing_up"], told[kind]["backups"]) == ([], 2)
    else:
        status, code = REFUSED[kind]
        assert (told[kind]["backing_up"], told[kind]["backups"]) == ([code, status, True], 1)


def test_where_nothing_can_be_written_the_service_starts_and_says_so(told: dict[str, dict[str, Any]]) -> None:
    answers = told["read_only"]
    assert answers["notice"].startswith("The library’s folder cannot be written")
    assert (answers["saving"], answers["again"], answers["listed"]) == (["not_saved"], [], [FIRST])
    assert answers["choosing"] == [503, "library_unwritable"]
    assert answers["then"] == [[], [THIRD, FIRST]]
