"""The service is killed, stopped and started at bad moments, and run where few programs are tried."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from held_service import FREE, STAGES, STEPPING, HeldService, comparable, held_service
from job_queue import code
from service_under_test import running, until
from trust import FULL, tries
from truthlens.cli_token import FILE_NAME as TOKEN
from truthlens.cli_token import cli_token
from truthlens.client import Client
from truthlens.server.pairing import Pairings
from truthlens.store.library import Library

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "seeds" / "articles" / "police-budget.html"
ASKED = {"url": "https://news.example/story", "html": PAGE.read_text("utf-8")}
ORDINARY = ("saving",)  # of the stages, those that the ordinary run tries

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")


def client_of(data_dir: Path, port: int) -> Client:
    library = Library.open(data_dir)
    try:
        return Client(port, cli_token(data_dir, Pairings(library)))
    finally:
        library.close()


def saved(data_dir: Path) -> int:
    """How many analyses a library holds that is looked through as at every start."""
    library = Library.open(data_dir, thorough=True)
    try:
        assert not library.notice
        return len(library.listing())
    finally:
        library.close()


@pytest.mark.parametrize("stage", [each for each in STAGES if each in ORDINARY or FULL])
def test_a_service_that_is_killed_has_saved_all_or_nothing(tmp_path: Path, stage: str) -> None:
    with held_service(tmp_path, stage) as first:
        client = client_of(tmp_path, first.port)
        job = client.start(ASKED)
        first.wait_for(f"at {stage}")
        first.kill()
        until(first.is_gone)  # its workers end of themselves
        assert code(lambda: client.read(job["id"])) == "service_unreachable"
        port = first.port
    whole = stage == "saved"
    assert saved(tmp_path) == int(whole)
    with held_service(tmp_path, FREE, port=port):
        if whole:
            assert client.read(job["id"])["state"] == "done"
        else:
            assert code(lambda: client.read(job["id"])) == "unknown_analysis"
        assert client.analyse(ASKED)["state"] == "done"
    assert saved(tmp_path) == 1


# A clean end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("stage", [STEPPING, "encode"])
def test_it_stops_with_eight_analyses_under_way(
    tmp_path: Path, number: signal.Signals, times: int, stage: str
) -> None:
    """``encode`` stands for a computation that does not even look whether it was cancelled."""
    if not FULL and (number, times, stage) != (signal.SIGTERM, 2, STEPPING):
        pytest.skip("the ordinary run tries SIGTERM, twice, alone")
    with held_service(tmp_path, stage) as service:
        ends: list[str] = []

        def read(asked: dict[str, str]) -> None:
            ends.append(code(lambda: client.analyse(asked)))

        client = client_of(tmp_path, service.port)
        wanted = [{"text": f"The mayor said number {each} was disastrous. " * 60} for each in range(8)]
        assert {client.start(each)["state"] for each in wanted} <= {"queued", "working"}
        clients = [threading.Thread(target=read, args=(each,)) for each in wanted]
        for each in clients:
            each.start()
        service.wait_for(f"at {stage}")
        for _ in range(times):
            service.signal(number)
            threading.Event().wait(0.2)
        ended = service.wait()
        for each in clients:
            each.join()
        assert ended in ({0} if times == 1 else {0, 1, 130, -number}), service.lines
        assert not [line for line in service.lines if "Traceback" in line]
        until(service.is_gone)
    assert len(ends) == 8
    assert set(ends) <= {"service_unreachable", "cancelled"}
    assert saved(tmp_path) == 0


# Surroundings


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "truthlens", *words],
        env=os.environ | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with running(tmp_path / "one") as run:
        surroundings = {
            "TRUTHLENS_PORT": str(run.port),
            "TRUTHLENS_DATA_DIR": str(tmp_path / "two"),
        }
        done = command("serve", **surroundings)
    assert done.returncode == 3
    assert str(run.port) in done.stderr.decode()
    assert "TRUTHLENS_PORT" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def as_folder(path: Path) -> None:
    path.mkdir()


def as_noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def as_nothing(path: Path) -> None:
    path.write_bytes(b"")


def as_closed(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)


@pytest.mark.parametrize("damage", [as_noise, as_nothing, as_closed])
def test_a_token_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with running(tmp_path) as run:
        damage(tmp_path / TOKEN)
        client = client_of(tmp_path, run.port)
        assert client.indicators()["indicators"]
        assert (tmp_path / TOKEN).stat().st_mode & 0o777 == 0o600


def test_a_token_that_cannot_be_replaced_is_told(tmp_path: Path) -> None:
    as_folder(tmp_path / TOKEN)
    with running(tmp_path) as run:
        assert code(lambda: client_of(tmp_path, run.port)) == "token_unusable"
        surroundings = {"TRUTHLENS_DATA_DIR": str(tmp_path), "TRUTHLENS_PORT": str(run.port)}
        done = command("analyse", str(PAGE), **surroundings)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert TOKEN.encode() in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(TOKEN)] == [TOKEN]


PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
UNCOERCED = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
ODD = {
    "a locale that knows no letter beyond ASCII": {"LC_ALL": "C", **UNCOERCED, "TZ": "Pacific/Apia"},
    "Turkish, whose i has no dot when it is large": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Europe/Istanbul"},
    "POSIX": {"LC_ALL": "POSIX", "TZ": "Asia/Kathmandu"},
    "a locale that does not exist": {"LC_ALL": "xx_YY.KOI8-R", "TZ": "Nowhere/Atall"},
    "letters of one byte": {"PYTHONIOENCODING": "iso8859-9", "LC_ALL": "C", "TZ": "America/St_Johns"},
    "a day behind": {"LC_ALL": "C.UTF-8", "TZ": "Etc/GMT+12"},
}


def seen_in(folder: Path, environment: dict[str, str]) -> tuple[str, Any]:
    """What an article gives, and what the command line then says of it, in these surroundings."""
    data_dir = folder / "data"
    with held_service(data_dir, environment=environment) as service:
        result = client_of(data_dir, service.port).analyse(ASKED)
        surroundings = {
            **environment,
            "TRUTHLENS_DATA_DIR": str(data_dir),
            "TRUTHLENS_PORT": str(service.port),
        }
        for form in ("text", "md", "html")[: tries(1, 3)]:
            done = command("analyse", str(PAGE), "--format", form, **surroundings)
            assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
            assert done.stdout
        out = folder / "out.json"
        done = command("analyse", str(PAGE), "--format", "json", "--out", str(out), **surroundings)
        assert done.returncode == 0, done.stderr
        done = command("library", "list", **surroundings)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        stop(service)
    return comparable(result), comparable(json.loads(out.read_text("utf-8")))


def stop(service: HeldService) -> None:
    service.signal(signal.SIGTERM)
    assert service.wait() == 0, service.lines
    assert not [line for line in service.lines if "Traceback" in line]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    return seen_in(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.mark.parametrize("where", list(ODD)[: tries(1, len(ODD))])
def test_locale_and_time_zone_change_nothing(tmp_path: Path, plain: tuple[str, Any], where: str) -> None:
    assert seen_in(tmp_path, ODD[where]) == plain


def test_a_home_folder_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / "Zoë’s files 日本 İ"
    home.mkdir()
    surroundings = {"HOME": str(home), "XDG_DATA_HOME": "", "TRUTHLENS_DATA_DIR": "", "LC_ALL": "C.UTF-8"}
    with held_service(None, environment=surroundings) as service:
        port = {"TRUTHLENS_PORT": str(service.port)}
        done = command("analyse", str(PAGE), "--out", str(home / "a report.txt"), **surroundings, **port)
        assert done.returncode == 0, done.stderr
        stop(service)
    assert (home / "a report.txt").stat().st_size
    kept = list(home.rglob(TOKEN))
    assert len(kept) == 1
    assert saved(kept[0].parent) == 1
