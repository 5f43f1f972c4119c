"""The archives of `make pack`: what is in them, what is not, and the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"
WEB_EXT = ROOT / "tests" / "extension" / "node_modules" / ".bin" / "web-ext"
VERSION = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["version"]


def pack(folder: Path) -> dict[str, Path]:
    """Both archives, by browser."""
    subprocess.run([sys.executable, ROOT / ".ci" / "pack.py", folder], check=True, capture_output=True)
    found = {browser: folder / f"truthlens-{browser}-{VERSION}.zip" for browser in ("chrome", "firefox")}
    assert set(folder.iterdir()) == set(found.values())
    return found


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return pack(tmp_path_factory.mktemp("packed"))


def manifest(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as zipped:
        return dict(json.loads(zipped.read("manifest.json")))


@pytest.mark.parametrize("browser", ["chrome", "firefox"])
def test_the_extension_and_its_licence_are_inside_and_nothing_else(
    archives: dict[str, Path], browser: str
) -> None:
    source = {path.relative_to(EXTENSION).as_posix() for path in EXTENSION.rglob("*") if path.is_file()}
    shipped = {name for name in source if not any(part.startswith(".") for part in name.split("/"))}
    with zipfile.ZipFile(archives[browser]) as zipped:
        names = zipped.namelist()
        assert names == sorted(names)
        assert set(names) == shipped | {"LICENSE"}
        for name in shipped - {"manifest.json"}:
            assert zipped.read(name) == (EXTENSION / name).read_bytes(), name
    for name in names:
        assert name == "LICENSE" or name.endswith((".css", ".html", ".js", ".json", ".png")), name
        assert not any(word in name.lower() for word in ("test", "stub", "package", "node_modules", "config"))


def test_each_manifest_is_without_what_is_the_other_browsers(archives: dict[str, Path]) -> None:
    source = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    chrome, firefox = manifest(archives["chrome"]), manifest(archives["firefox"])
    assert source.keys() - chrome.keys() == {"browser_specific_settings", "sidebar_action"}
    assert source.keys() - firefox.keys() == {"key", "minimum_chrome_version", "side_panel"}
    assert chrome["background"] == {"service_worker": "background.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background.js"], "type": "module"}
    assert chrome["permissions"] == source["permissions"]
    assert set(source["permissions"]) - set(firefox["permissions"]) == {"sidePanel"}
    changed = {"background", "permissions"}
    for packed in (chrome, firefox):
        assert packed.keys() <= source.keys()
        assert all(packed[key] == source[key] for key in packed.keys() - changed)


def test_the_same_source_gives_the_same_bytes(archives: dict[str, Path], tmp_path: Path) -> None:
    again = pack(tmp_path / "again")
    for browser, archive in archives.items():
        assert again[browser].read_bytes() == archive.read_bytes()
        with zipfile.ZipFile(archive) as zipped:
            for entry in zipped.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                assert entry.compress_type == zipfile.ZIP_STORED


def test_mozillas_linter_has_nothing_to_say(archives: dict[str, Path]) -> None:
    if not WEB_EXT.exists():
        said = "web-ext was not found: `make test` installs it"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    # The notifier would ask the registry for a newer version.
    environment = {**os.environ, "NO_UPDATE_NOTIFIER": "1"}
    options = ["--no-config-discovery", "--output", "json", "--source-dir", str(archives["firefox"])]
    ran = subprocess.run(
        [WEB_EXT, "lint", *options], env=environment, capture_output=True, text=True, check=False
    )
    summary = json.loads(ran.stdout)["summary"]
    assert summary == {"errors": 0, "notices": 0, "warnings": 0}, ran.stdout
