"""No regular expression that meets a stranger's text grows faster than that text."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "service" / "truthlens"
LEFT_OUT = {"training", "evaluation", "bench"}  # read what their user chose, or what is ours
METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
BOUNDS = {
    # Patterns that would grow faster, and the characters that whoever uses them lets them see at most.
    "truthlens.ledgers.amounts._BEFORE": 40,
    "truthlens.symmetry._MARK": 2000,  # a sentence of our own seeds
    r"seed_file.py: \s*\[\[\s*word\s*\]\]": 2000,  # a line of them
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not LEFT_OUT & {*path.relative_to(PACKAGE).parts}:
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def written(node: ast.expr) -> str | None:
    """The pattern that an argument spells, with a word for each part put in; None when it spells none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "word" for each in node.values)
    return None


def methods() -> dict[str, list[str]]:
    """Which methods are called on names, by the name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
                found[node.value.id].add(node.attr)
    return {name: sorted(used) for name, used in found.items()}


def inline() -> dict[str, tuple[str, str]]:
    """Patterns that stand inside functions, each with its method, by file and spelling."""
    found = {}
    for name, tree in sources():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.Lambda):
                continue
            for node in ast.walk(function):
                if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("re."):
                    continue
                method = ast.unparse(node.func).removeprefix("re.")
                pattern = written(node.args[0]) if method in {*METHODS, "compile"} else None
                if pattern is not None:
                    found[f"{name}: {pattern}"] = (pattern, method)
    return found


@cache
def grown() -> dict[str, Any]:
    asked = {"uses": methods(), "inline": inline(), "bounds": BOUNDS}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "pattern_growth.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def test_no_pattern_grows_faster_than_its_input() -> None:
    assert grown()["slow"] == {}


def test_all_patterns_are_tried() -> None:
    tried = grown()["patterns"]
    for name, tree in sources():
        module = "truthlens." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("re.compile("):
                assert f"{module}.{ast.unparse(node.targets[0])}" in tried
    assert {*BOUNDS} <= {*tried}


ALONE = """
import json, sys, pattern_growth as growth
growth.patterns = lambda: iter(())
print(json.dumps(growth.main(json.load(sys.stdin))))
"""


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"\s+$", r"(\w+\s?)+:", r"<!--.*?-->", r"a*a*b", r",\s(?:[A-Z]\w*\s?){1,4},"]
)
def test_the_search_finds_what_it_looks_for(pattern: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT / "tests",
        input=json.dumps({"uses": {}, "inline": {"here": (pattern, "search")}, "bounds": {}}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert {*json.loads(done.stdout)["slow"]} == {"here"}
