"""Imports point one way, and serving never pulls in training, evaluation or a browser of its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "service" / "truthlens"
SPREAD = {
    "voices",
    "relations",
    "ledgers",
    "digest",
    "rewording",
    "events",
    "store",
    "render",
    "server",
    "net",
}
"""Packages whose modules stand on levels of their own."""

LAYERS = [
    "domain errors baseline reporting precision bert model_file manifests action_verbs content_words",
    "firmness disclosure reply_cues periods numerals amounts offsets quotation attribution wording registry "
    "figures encode word_diff line clause noun_phrase subject attributed verb speech judgement sourcing "
    "carry",
    "roles segment voice seeds seed_file heads adapter weights symmetry names parties written_names cast "
    "speakers quoting interview countries markets mentions actors verb_group action_subject action_object",
    "modifiers change spelling",
    "reading stored_bank verify",
    "number_ledger headline_audit ladder accusations replies omissions credibility indicator section marking "
    "ledger overlap actions drawn event_trace revisions excerpt standalone summary impact values forecasts "
    "spoken_by voiced_bars event alignment vocabulary word_choice disagreement compared comparison "
    "headline_candidates plainer",
    "indicators sections",
    "analyse annotate",
    "wire",
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names.split()}
APART = {"training", "evaluation", "bench", "batch", "corpus"}
"""What serving never imports."""


def name_of(*parts: str) -> str:
    """How a module is called in LAYERS: by its package, or by its own name where that is spread out."""
    return parts[1] if parts[0] in SPREAD and len(parts) > 1 else parts[0]


def imported(path: str) -> set[str]:
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("truthlens"):
            parts = node.module.split(".")[1:]
            if not parts or (parts[0] in SPREAD and len(parts) == 1):
                names |= {name_of(*parts, alias.name) for alias in node.names}
            else:
                names.add(name_of(*parts))
    return names


@pytest.mark.parametrize("path", sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py")))
def test_imports_point_downwards(path: str) -> None:
    name = name_of(*path.removesuffix(".py").split("/"))
    # A registry names the package that it searches; that import is late and brings nothing in at start.
    lazy = {"indicator": {"indicators"}, "section": {"sections"}, "analyse": {"settings"}}
    for other in imported(path) - lazy.get(name, set()):
        if name in LEVEL and other in LEVEL:
            assert LEVEL[other] <= LEVEL[name], f"{name} imports {other}"
        if name in LEVEL:
            assert other in LEVEL or other == "__version__", f"{name} imports {other}, which stands above it"
        if name not in {"cli", "commands", *APART}:
            assert other not in APART, f"{name} imports {other}"


def test_every_name_is_a_module() -> None:
    found = {name_of(*path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")}
    assert LEVEL.keys() <= found


@pytest.mark.parametrize("module", ["truthlens.cli", "truthlens.extract.article", "truthlens.net.fetch"])
def test_light_parts_start_without_torch(module: str) -> None:
    code = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
