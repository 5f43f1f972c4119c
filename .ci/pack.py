"""Packs the extension: dist/truthlens-{chrome,firefox}-<version>.zip, or in the folder that is named.

The same source gives the same bytes on every machine: entries are sorted, dated alike and stored as they are,
since what a compressor makes differs with its version.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"
SHIPS = {".css", ".html", ".js", ".json", ".png"}
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can name

FOREIGN = {
    # Firefox takes service_worker and sidePanel with a warning each; the others it ignores.
    "firefox": ["key", "minimum_chrome_version", "side_panel", "background.service_worker"],
    "chrome": ["browser_specific_settings", "sidebar_action", "background.scripts"],
}
"""What only the other browser understands, by key of the manifest."""


def manifest_for(browser: str) -> bytes:
    """The manifest without what is the other browser's."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    for path in FOREIGN[browser]:
        *parents, key = path.split(".")
        holder = manifest
        for parent in parents:
            holder = holder[parent]
        del holder[key]
    if browser == "firefox":
        manifest["permissions"].remove("sidePanel")
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def entries(browser: str) -> dict[str, bytes]:
    """Every file of the archive by its name in it. Ends the program for a file of a kind that never ships."""
    found = {"LICENSE": (ROOT / "LICENSE").read_bytes()}
    for path in EXTENSION.rglob("*"):
        name = PurePosixPath(path.relative_to(EXTENSION).as_posix())
        if path.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        if path.suffix not in SHIPS:
            raise SystemExit(
                f"extension/{name} is of no kind that ships: take it away, or add it to .ci/pack.py"
            )
        found[str(name)] = path.read_bytes()
    return found | {"manifest.json": manifest_for(browser)}


def pack(browser: str, folder: Path) -> Path:
    """Writes the archive for ``browser`` into ``folder``, over an older one."""
    files = entries(browser)
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"truthlens-{browser}-{json.loads(files['manifest.json'])['version']}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            zipped.writestr(entry, files[name])
    return archive


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    for name in sorted(FOREIGN):
        sys.stdout.write(f"{pack(name, target)}\n")
