"""The page on security names each promise once, and only tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PAGE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| [A-I]\d", line)
]
PROMISES = {"A": 12, "B": 5, "C": 8, "D": 6, "E": 6, "F": 7, "G": 8, "H": 5, "I": 5}


@cache
def names(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_promise_has_its_row() -> None:
    wanted = [f"{group}{number}" for group, last in PROMISES.items() for number in range(1, last + 1)]
    assert [row[0] for row in ROWS] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_says_how_far_it_is_kept_and_names_real_tests(row: list[str]) -> None:
    state, _, missing = row[4].partition(": ")
    assert state in {"held", "partly", "not"}
    assert bool(missing) == (state != "held")
    named = re.findall(r"`([^`]+)`", row[3])
    assert bool(named) == (state != "not")
    for each in named:
        file, _, function = each.partition("::")
        path = TESTS / ("extension" if file.endswith(".js") else "") / file
        assert path.exists(), each
        assert not function or function in names(path), each
