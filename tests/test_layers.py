"""Imports point one way, and serving never pulls in training, evaluation or a browser of its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "service" / "truthlens"
LAYERS = [
    {"domain", "errors", "baseline", "reporting", "precision", "action_verbs", "content_words"},
    {"firmness", "disclosure", "reply_cues", "periods", "numerals", "amounts"}
    | {"offsets", "quotation", "attribution", "wording", "registry", "figures", "encode", "word_diff"}
    | {"line", "clause", "subject", "attributed", "verb", "speech", "judgement", "sourcing", "carry"},
    {
        "roles",
        "segment",
        "voice",
        "seeds",
        "seed_file",
        "heads",
        "adapter",
        "weights",
        "symmetry",
        "names",
        "parties",
        "written_names",
        "cast",
        "speakers",
        "quoting",
        "interview",
        "countries",
        "markets",
        "mentions",
        "actors",
        "verb_group",
        "action_subject",
        "action_object",
    },  # fmt: skip
    {"modifiers", "rewording", "spelling"},
    {"reading", "stored_bank", "verify"},
    {"number_ledger", "headline_audit", "ladder", "accusations", "replies", "omissions", "credibility"}
    | {
        "indicator",
        "section",
        "marking",
        "ledger",
        "overlap",
        "actions",
        "relations",
        "event_trace",
        "revisions",
    }
    | {"excerpt", "standalone", "summary", "impact", "values", "forecasts", "spoken_by", "voiced_bars"}
    | {"event", "alignment", "vocabulary", "word_choice", "disagreement"}
    | {"compared", "comparison"}
    | {"headline_candidates", "plainer"},
    {"indicators", "sections"},
    {"analyse", "annotate"},
    {"wire"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imported(path: str) -> set[str]:
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("truthlens"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py")))
def test_imports_point_downwards(path: str) -> None:
    name = path.split("/", maxsplit=1)[0].removesuffix(".py")
    # A registry names the package that it searches; that import is late and brings nothing in at start.
    lazy = {"indicator": {"indicators"}, "section": {"sections"}, "analyse": {"settings"}}
    for other in imported(path) - lazy.get(name, set()):
        if name in LEVEL and other in LEVEL:
            assert LEVEL[other] <= LEVEL[name], f"{name} imports {other}"
        if name in LEVEL:
            assert other in LEVEL or other == "__version__", f"{name} imports {other}, which stands above it"
        if name not in {"training", "evaluation", "cli", "commands", "bench", "batch"}:
            assert other not in {"training", "evaluation", "bench", "batch"}, f"{name} imports {other}"


@pytest.mark.parametrize("module", ["truthlens.cli", "truthlens.extract.article", "truthlens.fetch"])
def test_light_parts_start_without_torch(module: str) -> None:
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
