"""The page on security is what its source says, names each promise once, and only tests that exist."""

from __future__ import annotations

import ast
import dataclasses
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).resolve().parent
ROWS = {"A": 12, "B": 5, "C": 8, "D": 6, "E": 6, "F": 7, "G": 8, "H": 5, "I": 5, "J": 4}


@pytest.fixture
def ci(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the programs behind `make trust`, which they import one another from."""
    folder = TESTS.parent / ".ci"
    monkeypatch.syspath_prepend(str(folder))
    for name in ("promises", "trust"):
        monkeypatch.delitem(sys.modules, name, raising=False)  # tests have a module `trust` of their own
    yield folder
    for name in ("promises", "trust"):
        sys.modules.pop(name, None)


@pytest.fixture
def promises(ci: Path) -> ModuleType:
    import promises

    return promises


@pytest.fixture
def trust(promises: ModuleType) -> ModuleType:
    import trust

    return trust


@cache
def names(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_the_page_is_what_its_source_says(promises: ModuleType) -> None:
    written = promises.PAGE.read_text("utf-8")
    assert written == promises.page(promises.promises(), promises.found()), "run .ci/promises.py"


def test_every_promise_has_its_row(promises: ModuleType) -> None:
    wanted = [f"{group}{number}" for group, last in ROWS.items() for number in range(1, last + 1)]
    assert [row.key for row in promises.promises()] == wanted
    assert list(promises.groups()) == list(ROWS)


def test_rows_name_real_tests(promises: ModuleType, trust: ModuleType) -> None:
    from truthlens.bench.load_rows import KEYS

    for row in promises.promises():
        assert len({*row.tests}) == len(row.tests), row.key
        for each in row.tests:
            file, _, part = each.partition("::")
            if file == trust.LOAD:
                assert part in KEYS, each
            elif file == trust.FUZZ:
                makefile = (TESTS.parent / "Makefile").read_text("utf-8")
                assert re.search(r"^fuzz:", makefile, re.MULTILINE), each
            else:
                path = TESTS / ("extension" if file.endswith(".js") else "") / file
                assert path.exists(), each
                assert not part or part in names(path), each


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "perhaps"},
        {"state": "held", "missing": "much"},
        {"state": "partly"},
        {"state": "held", "tests": []},
    ],
)
def test_a_state_that_says_too_much_or_too_little_is_refused(
    promises: ModuleType, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    row = {"promise": "p", "kept": "k", "inputs": "i", "tests": ["t"], "state": "held"}
    monkeypatch.setattr(promises, "_source", lambda: {"A1": row})
    assert promises.promises()[0].state == "held"
    monkeypatch.setattr(promises, "_source", lambda: {"A1": row | changes})
    with pytest.raises(ValueError, match="A1"):
        promises.promises()


def row(promises: ModuleType, *tests: str) -> object:
    return promises.Promise(key="A1", promise="p", kept="k", inputs="i", tests=tests, state="held")


def test_a_test_that_did_not_run_is_no_success(promises: ModuleType, trust: ModuleType) -> None:
    passed = {"test_a.py::test_one": trust.Outcome(passed=2, tried=400, figures=["0 lost"])}
    whole = trust.joined(row(promises, "test_a.py::test_one"), passed)
    assert (whole.tried, whole.passed, whole.failed, whole.figures) == (400, 2, 0, ["0 lost"])
    whole = trust.joined(row(promises, "test_a.py::test_one", "test_a.py::test_two"), passed)
    assert (whole.passed, whole.failed) == (2, 1)
    assert whole.reasons == ["test_a.py::test_two did not run"]


def test_what_tests_record_is_counted(
    trust: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By running it, on tests that pass, fail, are skipped and crash while they are set up."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_sample.py").write_text(
        "import pytest\n"
        "@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_good(n, record_property):\n"
        "    record_property('tried', 200)\n"
        "    record_property('figure', '0 lost')\n"
        "def test_bad():\n"
        "    assert not 'this'\n"
        "def test_left_out():\n"
        "    pytest.skip('no browser')\n"
        "@pytest.fixture\n"
        "def broken():\n"
        "    raise OSError\n"
        "def test_broken(broken): ...\n"
    )
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "trust_plugin.py").write_text((TESTS.parent / ".ci" / "trust_plugin.py").read_text())
    monkeypatch.setattr(trust, "ROOT", tmp_path)
    found = trust.run_pytest(["test_sample.py"], tmp_path)
    counted = {name.partition("::")[2]: dataclasses.astuple(each)[:4] for name, each in found.items()}
    assert counted == {
        "": (400, 2, 2, 1),
        "test_good": (400, 2, 0, 0),
        "test_bad": (0, 0, 1, 0),
        "test_left_out": (0, 0, 0, 1),
        "test_broken": (0, 0, 1, 0),
    }
    assert found["test_sample.py::test_good"].figures == ["0 lost"]
    assert found["test_sample.py::test_left_out"].reasons == ["no browser"]


def test_the_last_run_that_is_kept_found_no_failure(promises: ModuleType) -> None:
    for key, ran in promises.found().get("rows", {}).items():
        assert not ran["failed"], key
