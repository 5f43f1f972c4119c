"""A library that is damaged or replaced, before the start or while the service runs: said, and got over."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from service_under_test import ask, client_headers, running
from truthlens.cli import main
from truthlens.store.library import REPLACED, Library
from truthlens.store.library_file import FILE_NAME
from truthlens.store.restoring import restore


def save(library: Library, *names: str) -> None:
    for name in names:
        article = {"article": {"text": f"The harbour of {name}. " * 50, "title": name}}
        library.save(name, article, request_id=f"r{name}", versions="v", url="", title=name)


def spoil(path: Path) -> bytes:
    """In place, as a failing disk does; the file stays the same file."""
    with path.open("r+b") as file:
        file.write(b"\xff" * 4096 * 4)
        file.seek(0)
        return file.read()


def test_the_service_runs_with_a_new_library_and_every_reader_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with closing(Library.open(data)) as library:
        save(library, "a", "b")
        backup = library.back_up()
    damaged = spoil(data / FILE_NAME)
    with running(data) as run:
        [aside] = run.service.library.set_aside()
        assert aside.read_bytes() == damaged
        token = run.cli_token()
        for told in (
            run.service.notices[0],
            ask(run.port, "GET", "/v1/status").json["notice"],
            ask(run.port, "GET", "/v1/library", client_headers(token)).json["notice"],
        ):
            assert told.startswith("The library was damaged and has been set aside")
            assert "restore" in told
        result = run.client().analyse({"url": "https://news.example/", "text": "The new harbour. " * 9})
        assert result["report"]["problems"] == []
        restore(run.service.library, backup.path)
        assert {saved.id for saved in run.service.library.listing()} == {"a", "b"}
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", str(data))
    checked = CliRunner().invoke(main, ["library", "check"])
    assert (checked.exit_code, aside.name in checked.output) == (0, True)
    assert aside.name in CliRunner().invoke(main, ["doctor"]).output


def test_damage_while_it_runs_is_said_and_the_next_start_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data) as run:
        save(run.service.library, *(f"n{number}" for number in range(30)))
        token = run.cli_token()
        spoil(data / FILE_NAME)
        reply = ask(run.port, "GET", "/v1/library", client_headers(token))
        assert (reply.status, reply.code) == (503, "library_damaged")
        status = ask(run.port, "GET", "/v1/status")
        assert (status.status, "damaged" in status.json["notice"]) == (200, True)
    with running(data) as run:
        assert len(run.service.library.set_aside()) == 1
        assert run.client().analyse({"url": "", "text": "A new harbour. " * 9})["report"]["problems"] == []


def test_what_is_saved_goes_to_the_file_that_is_in_place(tmp_path: Path) -> None:
    """Another program set the file aside, or somebody put another one there."""
    with closing(Library.open(tmp_path)) as library:
        save(library, "a")
        os.rename(tmp_path / FILE_NAME, tmp_path / "elsewhere.sqlite3")
        save(library, "b")
        assert library.notice == REPLACED
        assert [saved.id for saved in library.listing()] == ["b"]
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT id FROM analyses").fetchall() == [("b",)]
    with closing(sqlite3.connect(tmp_path / "elsewhere.sqlite3")) as connection:
        assert connection.execute("SELECT id FROM analyses").fetchall() == [("a",)]


def test_what_a_command_set_aside_the_running_service_does_not_write_to(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data) as run:
        save(run.service.library, "a")
        spoil(data / FILE_NAME)
        with closing(Library.open(data)) as command:  # finds the damage first
            assert command.notice
            [aside] = command.set_aside()
        damaged = aside.read_bytes()
        assert run.client().analyse({"url": "", "text": "A new harbour. " * 9})["report"]["problems"] == []
        assert aside.read_bytes() == damaged
    with closing(Library.open(data)) as library:
        assert len(library.listing()) == 1
