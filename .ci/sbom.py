"""Writes dist/sbom.cdx.json: what is installed to run TruthLens, as a CycloneDX 1.6 bill of materials.

Read from the packages that lie in .venv and not from the lock, so that it says what is there; it is compared
with the lock, and the program ends with 1 where they differ. The same environment gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from lock import HASH, SERVICE, blocks, versions
from third_party import licence
from truthlens.encode import MODEL_SHA256

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "service" / "truthlens" / "weights"


def bill() -> dict[str, Any]:
    """The bill: a component for each package, for the model, and for each file of weights of our own."""
    installed = versions(set())
    hashes = {name: HASH.findall(entry) for name, entry in blocks(SERVICE.read_text("utf-8")).items()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "truthlens",
                "name": "truthlens",
                "version": metadata.version("truthlens"),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [
            *(package(name, installed[name], hashes.get(name, [])) for name in sorted(installed)),
            model("all-MiniLM-L6-v2", MODEL_SHA256, "Apache-2.0"),
            *(model(path.name, digest(path), "MIT") for path in sorted(WEIGHTS.glob("*.safetensors"))),
        ],
        "dependencies": [
            {"ref": "truthlens", "dependsOn": [purl(name, installed[name]) for name in sorted(installed)]}
        ],
    }


def purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def package(name: str, version: str, allowed: list[str]) -> dict[str, Any]:
    """``allowed`` are the hashes of the files it may have come in; an installed package keeps none itself."""
    return {
        "type": "library",
        "bom-ref": purl(name, version),
        "name": name,
        "version": version,
        "purl": purl(name, version),
        "licenses": [{"license": {"name": licence(name)}}],
        "properties": [{"name": "truthlens:allowed-sha256", "value": each} for each in allowed],
    }


def model(name: str, sha256: str, terms: str) -> dict[str, Any]:
    return {
        "type": "machine-learning-model",
        "bom-ref": name,
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
        "licenses": [{"license": {"id": terms}}],
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences() -> list[str]:
    """What the lock names and is not installed so, or is installed and not locked, a line each."""
    text = SERVICE.read_text("utf-8").replace("# torch==", "torch==")
    named = {name: entry.split()[0].partition("==")[2] for name, entry in blocks(text).items()}
    other_systems = {name for name, entry in blocks(text).items() if " ; " in entry.partition("\n")[0]}
    installed = versions(set())
    absent = other_systems - installed.keys()
    return [
        f"{name}: locked {named.get(name, 'not')}, installed {installed.get(name, 'not')}"
        for name in sorted((named.keys() | installed.keys()) - absent)
        if named.get(name) != installed.get(name)
    ]


if __name__ == "__main__":
    out = ROOT / "dist" / "sbom.cdx.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(out)
    for line in differences():
        print(line, file=sys.stderr)
    sys.exit(1 if differences() else 0)
