"""The command line: what it prints, where it writes, with which code it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from truthlens import __version__, seeds
from truthlens.cli import main
from truthlens.commands import doctor
from truthlens.server.pairing import Pairings
from truthlens.store.library import Library

ORIGIN = "chrome-extension://" + "a" * 32
PAGE = str(seeds.articles_dir() / "rate-decision.html")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRUTHLENS_PORT", "18799")  # nothing listens there, so everything runs in this process
    return lambda *words, **more: CliRunner().invoke(main, list(words), **more)


def test_help_documents_the_exit_codes(run: Callable[..., Result]) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in ("serve", "analyse", "pair", "doctor", "train", "evaluate", "Exit codes", "130"):
        assert word in result.output


def test_version(run: Callable[..., Result]) -> None:
    assert __version__ in run("--version").output


def test_module_and_script_are_one() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "truthlens", "--version"], capture_output=True, text=True, check=True
    )
    assert __version__ in shown.stdout


@pytest.mark.parametrize(
    ("words", "given", "code", "said"),
    [
        (["analyse", "no-such-file.html"], None, 1, "cannot be read"),
        (["analyse", "-"], "Too short.", 4, "at least 50"),
        (["analyse", "-"], "%PDF-1.7 …", 4, "PDF"),
        (["analyse", "-"], "", 1, ""),
        (["analyse"], None, 2, "Missing argument"),
        (["serve", "--once"], None, 2, "--demo"),
        (["evaluate", "nonsense", "--data", "."], None, 2, "unknown task"),
        (["pair", "--revoke", ORIGIN], None, 1, "No such extension"),
    ],
)
def test_refusals_have_a_message_and_a_code(
    run: Callable[..., Result], words: list[str], given: str | None, code: int, said: str
) -> None:
    result = run(*words, input=given)
    assert said in result.output
    assert result.exit_code == code if given != "" else result.exit_code in {1, 4}


def test_pairing(run: Callable[..., Result], tmp_path: Path) -> None:
    assert "Nothing is paired" in run("pair", "--list").output
    result = run("pair", "--no-wait")
    assert result.exit_code == 0
    code = result.output.split()[2]
    library = Library.open(tmp_path)
    try:
        Pairings(library).claim(code, origin=ORIGIN, name="Chromium")
    finally:
        library.close()
    assert ORIGIN in run("pair", "--list").output
    assert run("pair", "--revoke", ORIGIN).exit_code == 0
    assert "Nothing is paired" in run("pair", "--list").output


def test_doctor_finds_a_missing_model(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUTHLENS_MODEL_DIR", str(tmp_path / "nowhere"))
    result = run("doctor")
    assert result.exit_code == 1
    assert "weights cannot be read" in result.output
    assert "Reinstall" in result.output


@pytest.mark.parametrize("command", ["doctor", "serve", "pair"])
def test_a_data_folder_that_cannot_be_used_is_named(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", str(tmp_path / "file" / "data"))
    result = run(command)
    assert result.exit_code == 1
    assert "cannot be used" in result.output
    assert "TRUTHLENS_DATA_DIR" in result.output


@pytest.mark.model
def test_doctor_is_content_with_a_sound_installation(run: Callable[..., Result]) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "no extension is paired" in result.output
    assert f"torch {metadata.version('torch')}\n" in result.output


def test_doctor_names_a_package_that_is_missing(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "trafilatura" else find_spec(name))
    result = run("doctor")
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if line.startswith("packages"))
    assert line.endswith("trafilatura not installed")
    assert "make setup" in result.output


@pytest.mark.model
def test_analyse_writes_all_three_formats(run: Callable[..., Result], tmp_path: Path) -> None:
    for form, start in (("json", "{"), ("html", "<!doctype html>"), ("text", "\nEstrava")):
        out = tmp_path / f"report.{form}"
        result = run("analyse", PAGE, "--format", form, "--out", str(out))
        assert result.exit_code == 0, result.output
        assert out.read_text("utf-8").startswith(start)
    fields = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert fields["article"]["extracted_by"]
    assert fields["annotations"] == []
