"""Before a token is given, the terminal that showed the code is asked; and copies bring no pairing back."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from browser import extension_id
from service_under_test import CHROME, FIREFOX, Clock, Reply, Running, ask, client_headers, running, until
from truthlens.errors import ServiceError
from truthlens.server import pairing
from truthlens.server.pairing import PUBLISHED, Pairings
from truthlens.server.pairing_code import CODE_SECONDS, CODE_TRIES
from truthlens.server.pairing_stamp import FILE_NAME as STAMP
from truthlens.store.library import Library


@pytest.fixture
def pairings(tmp_path: Path, clock: Clock) -> Iterator[Pairings]:
    library = Library.open(tmp_path)
    yield Pairings(library, now=clock)
    library.close()


def outcome(pairings: Pairings, code: str, origin: str = CHROME) -> str:
    try:
        return "token" if pairings.claim(code, origin=origin, name="Chromium") else "asking"
    except ServiceError as error:
        return error.code


def test_our_own_extension_is_known_by_its_address() -> None:
    assert f"chrome-extension://{extension_id()}" == PUBLISHED


def test_a_token_is_given_only_after_a_yes(pairings: Pairings) -> None:
    code = pairings.mint(asks=True).text
    assert pairings.asking() is None
    assert [outcome(pairings, code) for _ in range(3)] == ["asking"] * 3
    waiting = pairings.asking()
    assert waiting is not None
    assert (waiting.origin, waiting.name) == (CHROME, "Chromium")
    assert pairings.listing() == []
    pairings.answer(origin=CHROME, accept=True)
    assert pairings.asking() is None
    assert outcome(pairings, code) == "token"
    assert outcome(pairings, code) == "pairing_closed"
    assert [each.origin for each in pairings.listing()] == [CHROME]


def test_after_a_no_nobody_gets_in(pairings: Pairings) -> None:
    code = pairings.mint(asks=True).text
    outcome(pairings, code)
    pairings.answer(origin=CHROME, accept=False)
    assert not pairings.is_open()
    assert outcome(pairings, code) == "pairing_declined"
    assert outcome(pairings, code, FIREFOX) == "pairing_closed"
    with pytest.raises(ServiceError):
        pairings.answer(origin=CHROME, accept=True)
    assert pairings.listing() == []


def test_a_yes_is_for_the_one_that_was_shown(pairings: Pairings) -> None:
    code = pairings.mint(asks=True).text
    outcome(pairings, code)
    assert outcome(pairings, code, FIREFOX) == "pairing_closed"
    with pytest.raises(ServiceError):
        pairings.answer(origin=FIREFOX, accept=True)
    pairings.answer(origin=CHROME, accept=True)
    assert outcome(pairings, code, FIREFOX) == "pairing_closed"
    assert outcome(pairings, code) == "token"


def test_who_waits_may_not_go_on_guessing(pairings: Pairings) -> None:
    code = pairings.mint(asks=True).text
    outcome(pairings, code)
    wrong = "A" * 8 if code[0] != "A" else "B" * 8
    assert [outcome(pairings, wrong) for _ in range(CODE_TRIES)] == ["wrong_code"] * CODE_TRIES
    assert outcome(pairings, code) == "pairing_locked"


@pytest.mark.parametrize("answered", [False, True])
def test_the_wait_has_an_end(pairings: Pairings, clock: Clock, answered: bool) -> None:
    code = pairings.mint(asks=True).text
    clock.seconds += CODE_SECONDS - 1  # typed in the last second, there is still time to answer
    assert outcome(pairings, code) == "asking"
    clock.seconds += CODE_SECONDS - 1
    assert pairings.is_open()
    if answered:
        pairings.answer(origin=CHROME, accept=True)
    clock.seconds += 1
    assert not pairings.is_open()
    assert outcome(pairings, code) == "pairing_closed"
    with pytest.raises(ServiceError):
        pairings.answer(origin=CHROME, accept=True)


def test_a_new_code_sends_away_who_waits(pairings: Pairings) -> None:
    old = pairings.mint(asks=True).text
    outcome(pairings, old)
    new = pairings.mint(asks=True).text
    assert pairings.asking() is None
    assert outcome(pairings, old) == "wrong_code"
    assert outcome(pairings, new) == "asking"


# Through the service, with `truthlens pair` at a real terminal


class Terminal:
    """`truthlens pair` with a terminal of its own, in which somebody reads and types."""

    def __init__(self, data_dir: Path) -> None:
        self._own, theirs = pty.openpty()
        environment = {**os.environ, "TRUTHLENS_DATA_DIR": str(data_dir), "NO_COLOR": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "truthlens", "pair"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        os.set_blocking(self._own, False)
        self.said = ""

    def wait_for(self, words: str) -> None:
        until(lambda: words in self._read())

    def _read(self) -> str:
        with suppress(OSError):  # nothing yet, or the program has gone
            self.said += os.read(self._own, 65536).decode("utf-8", "replace")
        return self.said

    def code(self) -> str:
        self.wait_for("within 120 seconds")
        found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", self.said)
        assert found is not None
        return found.group()

    def type(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def interrupt(self) -> None:
        # One that comes between the question and the waiting for a key is not heard before a key.
        for _ in range(3):
            self._process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(6)
                return

    def ended(self) -> int:
        status = self._process.wait(20)
        self._read()
        return status

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._own)


@contextmanager
def terminal(data_dir: Path) -> Iterator[Terminal]:
    opened = Terminal(data_dir)
    try:
        yield opened
    finally:
        opened.close()


def claim(run: Running, code: str, origin: str = CHROME) -> Reply:
    headers = [("X-TruthLens-Client", "1"), ("Content-Type", "application/json"), ("Origin", origin)]
    body = json.dumps({"code": code, "name": "Chromium"}).encode()
    return ask(run.port, "POST", "/v1/pair", headers, body)


def indicators(run: Running, token: str, origin: str | None = CHROME) -> Reply:
    more = [("Origin", origin)] if origin else []
    return ask(run.port, "GET", "/v1/indicators", client_headers(token, *more))


def test_the_terminal_shows_who_asks_and_a_yes_pairs(tmp_path: Path) -> None:
    with running(tmp_path) as run, terminal(tmp_path) as shown:
        code = shown.code()
        asked = claim(run, code, PUBLISHED)
        assert (asked.status, asked.json) == (202, {"state": "asking", "origin": PUBLISHED})
        shown.wait_for("[y/N]")
        assert f"Chromium typed the code. It is {PUBLISHED}" in shown.said
        assert "That is the TruthLens extension." in shown.said
        assert run.service.pairings.listing() == []
        shown.type("y\n")
        replies: list[Reply] = []
        until(lambda: replies.append(claim(run, code, PUBLISHED)) or replies[-1].status == 200)
        assert shown.ended() == 0
        assert "Paired with Chromium" in shown.said
        assert indicators(run, replies[-1].json["token"], PUBLISHED).status == 200


@pytest.mark.parametrize(
    ("origin", "does", "code"),
    [
        (CHROME, lambda shown: shown.type("n\n"), "pairing_declined"),
        (FIREFOX, lambda shown: shown.type("\n"), "pairing_declined"),
        (CHROME, lambda shown: shown.interrupt(), "pairing_closed"),
    ],
    ids=["no", "nothing", "Ctrl-C"],
)
def test_all_but_a_yes_is_a_no(
    tmp_path: Path, origin: str, does: Callable[[Terminal], None], code: str
) -> None:
    with running(tmp_path) as run, terminal(tmp_path) as shown:
        text = shown.code()
        assert claim(run, text, origin).status == 202
        shown.wait_for("[y/N]")
        assert ("NOT the TruthLens extension" in shown.said) == (origin == CHROME)
        assert ("by lot" in shown.said) == (origin == FIREFOX)
        does(shown)
        assert shown.ended() != 0
        assert claim(run, text, origin).code == code
        assert run.service.pairings.listing() == []


def test_where_no_terminal_can_ask_it_says_who_was_paired_and_how_to_end_that(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        said = subprocess.Popen(
            [sys.executable, "-m", "truthlens", "pair"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TRUTHLENS_DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        )
        assert said.stdout is not None
        code = said.stdout.readline().split()[2]
        assert claim(run, code).status == 200
        rest, _ = said.communicate(timeout=20)
        assert said.returncode == 0
        assert CHROME in rest
        assert f"truthlens pair --revoke {CHROME}" in rest


# What a restart and an old copy of the library's file change


def test_what_a_code_has_come_to_outlives_a_restart(tmp_path: Path) -> None:
    with running(tmp_path / "data") as run:
        locked = run.service.pairings.mint().text
        for _ in range(CODE_TRIES):
            assert claim(run, "AAAA-AAAA").code == "wrong_code"
    with running(tmp_path / "data") as run:
        assert claim(run, locked).code == "pairing_locked"
        asked = run.service.pairings.mint(asks=True).text
        assert claim(run, asked).status == 202
    with running(tmp_path / "data") as run:
        assert claim(run, asked, FIREFOX).code == "pairing_closed"
        assert claim(run, asked).status == 202
        run.service.pairings.answer(origin=CHROME, accept=True)
        assert claim(run, asked).status == 200
        assert claim(run, asked).code == "pairing_closed"


def put_back(copy: Path, folder: Path) -> None:
    """What a reader does who restores a copy of the library by hand."""
    for path in folder.glob("library.sqlite3*"):
        path.unlink()
    shutil.copy(copy, folder / "library.sqlite3")


def test_an_old_copy_of_the_library_brings_no_revoked_pairing_back(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    with running(data) as run:
        revoked, cli = run.token(CHROME), run.cli_token()
    shutil.copy(data / "library.sqlite3", copy)
    with running(data) as run:
        assert indicators(run, revoked).status == 200
        assert run.service.pairings.revoke(CHROME)
    put_back(copy, data)
    with running(data) as run:
        assert indicators(run, revoked).code == "origin_refused"
        assert indicators(run, revoked, None).code == "wrong_token"
        assert indicators(run, cli, None).code == "wrong_token"  # nobody knows who else was revoked
        assert indicators(run, run.cli_token(), None).status == 200
        assert indicators(run, run.token(CHROME)).status == 200


def test_an_old_copy_brings_no_replaced_token_back(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    with running(data) as run:
        old = run.token(CHROME)
    shutil.copy(data / "library.sqlite3", copy)
    with running(data) as run:
        run.token(CHROME)
    put_back(copy, data)
    with running(data) as run:
        assert indicators(run, old, None).code == "wrong_token"


def test_a_copy_that_misses_nothing_keeps_its_pairings(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    with running(data) as run:
        token = run.token(CHROME)
    shutil.copy(data / "library.sqlite3", copy)
    put_back(copy, data)
    with running(data) as run:
        assert indicators(run, token).status == 200
        assert stat.S_IMODE((data / STAMP).stat().st_mode) == 0o600


def test_a_service_that_runs_notices_too(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        token = run.token(CHROME)
        assert indicators(run, token).status == 200
        (tmp_path / STAMP).write_text("of a later time")
        assert indicators(run, token, None).code == "wrong_token"


def test_pairing_at_once_in_many_programs_voids_nothing(tmp_path: Path) -> None:
    """Word and file change one after the other; who looks in between must not take that for an old copy."""
    Library.open(tmp_path).close()
    origins = [f"chrome-extension://{letter * 32}" for letter in "abcdefgh"]

    def pair(origin: str) -> None:
        library = Library.open(tmp_path)
        with library.writing() as connection:
            pairing._issue(connection, origin=origin, name="", now=1.0)
        for _ in range(20):
            Pairings(library).listing()
        library.close()

    threads = [threading.Thread(target=pair, args=(origin,)) for origin in origins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    library = Library.open(tmp_path)
    assert sorted(each.origin for each in Pairings(library).listing()) == origins
    library.close()
