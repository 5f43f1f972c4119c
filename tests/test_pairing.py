"""Codes are short-lived, single-use and not guessable; tokens are bound, hashed and revocable at once."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from service_under_test import CHROME, FIREFOX, Clock, Reply, Running, ask, client_headers, running
from truthlens.cli_token import FILE_NAME, cli_token
from truthlens.errors import ServiceError
from truthlens.server.pairing import Pairings, holder
from truthlens.server.pairing_code import CODE_ALPHABET, CODE_SECONDS, CODE_TRIES
from truthlens.store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def pairings(library: Library, clock: Clock) -> Pairings:
    return Pairings(library, now=clock)


def refusal(pairings: Pairings, code: str, origin: str = CHROME) -> str:
    with pytest.raises(ServiceError) as caught:
        pairings.claim(code, origin=origin, name="")
    return caught.value.code


def test_a_code_can_be_read_aloud_and_typed(pairings: Pairings) -> None:
    code = pairings.mint()
    first, second = code.text.split("-")
    assert len(first) == len(second) == 4
    assert set(first + second) <= set(CODE_ALPHABET)
    assert not set("01OIL") & set(CODE_ALPHABET)
    assert pairings.claim(f" {first.lower()} {second.lower()} ", origin=CHROME, name="")


def test_codes_differ(pairings: Pairings) -> None:
    assert len({pairings.mint().text for _ in range(50)}) == 50


def test_without_a_code_pairing_is_closed(pairings: Pairings) -> None:
    assert not pairings.is_open()
    assert refusal(pairings, "ABCD-2345") == "pairing_closed"


def test_a_code_works_once(pairings: Pairings) -> None:
    code = pairings.mint()
    assert pairings.is_open()
    pairings.claim(code.text, origin=CHROME, name="")
    assert not pairings.is_open()
    assert refusal(pairings, code.text, FIREFOX) == "pairing_closed"


def test_a_code_expires(pairings: Pairings, clock: Clock) -> None:
    code = pairings.mint()
    clock.seconds += CODE_SECONDS - 0.1
    assert pairings.is_open()
    clock.seconds += 0.1
    assert not pairings.is_open()
    assert refusal(pairings, code.text) == "pairing_closed"


def test_a_new_code_ends_the_old_one(pairings: Pairings) -> None:
    old, new = pairings.mint(), pairings.mint()
    assert refusal(pairings, old.text) == "wrong_code"
    assert pairings.claim(new.text, origin=CHROME, name="")


def test_a_code_can_be_withdrawn(pairings: Pairings) -> None:
    code = pairings.mint()
    pairings.close()
    assert refusal(pairings, code.text) == "pairing_closed"


def test_five_wrong_tries_lock_until_there_is_a_new_code(pairings: Pairings) -> None:
    code = pairings.mint()
    wrong = ["", "ABCD", "A" * 8, "☃" * 8, code.text[:-1]]
    assert len(wrong) == CODE_TRIES
    assert [refusal(pairings, each) for each in wrong] == ["wrong_code"] * CODE_TRIES
    assert refusal(pairings, code.text) == "pairing_locked"
    assert not pairings.is_open()
    assert pairings.claim(pairings.mint().text, origin=CHROME, name="")


def test_of_two_claims_at_once_one_wins(pairings: Pairings) -> None:
    code = pairings.mint()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def claim(origin: str) -> None:
        start.wait()
        try:
            pairings.claim(code.text, origin=origin, name="")
            outcomes.append("token")
        except ServiceError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=claim, args=(origin,)) for origin in (CHROME, FIREFOX)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["pairing_closed", "token"]


def test_guessing_at_once_gives_no_more_tries_than_guessing_in_turn(tmp_path: Path, clock: Clock) -> None:
    code = "".join("B" if letter == "A" else "A" for letter in open_code(tmp_path, clock))
    outcomes: list[str] = []
    start = threading.Barrier(16)

    def guess() -> None:
        library = Library.open(tmp_path)  # a connection of its own, as another process has
        start.wait()
        outcomes.append(refusal(Pairings(library, now=clock), code))
        library.close()

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["pairing_locked"] * (16 - CODE_TRIES) + ["wrong_code"] * CODE_TRIES


def open_code(folder: Path, clock: Clock) -> str:
    library = Library.open(folder)
    code = Pairings(library, now=clock).mint()
    library.close()
    return code.text.replace("-", "")


def test_a_clock_that_is_set_back_does_not_lengthen_a_code(pairings: Pairings, clock: Clock) -> None:
    code = pairings.mint()
    clock.seconds -= 3600
    assert not pairings.is_open()
    assert refusal(pairings, code.text) == "pairing_closed"


def test_tokens_and_codes_do_not_stand_in_for_one_another(pairings: Pairings) -> None:
    code = pairings.mint()
    token = pairings.claim(code.text, origin=CHROME, name="")
    assert not holder(pairings.listing(), token=code.text, origin=CHROME)
    assert refusal(pairings, token, FIREFOX) == "pairing_closed"
    pairings.mint()
    assert refusal(pairings, token, FIREFOX) == "wrong_code"


def test_a_token_is_long_and_bound_to_its_origin(pairings: Pairings) -> None:
    token = pairings.claim(pairings.mint().text, origin=CHROME, name="Chromium")
    assert len(token) >= 43  # 256 bits in base64
    found = pairings.listing()
    assert [(each.origin, each.name) for each in found] == [(CHROME, "Chromium")]
    assert holder(found, token=token, origin=CHROME)
    assert holder(found, token=token, origin=None)
    assert not holder(found, token=token, origin=FIREFOX)
    assert not holder(found, token=token + "x", origin=None)
    assert not holder(found, token="", origin=None)
    assert not holder(found, token="\ud800", origin=None)


def test_neither_code_nor_token_is_stored(pairings: Pairings, tmp_path: Path) -> None:
    code = pairings.mint()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert code.text.encode() not in stored
    assert code.text.replace("-", "").encode() not in stored
    token = pairings.claim(code.text, origin=CHROME, name="")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert CHROME.encode() in stored
    assert token.encode() not in stored


def test_another_process_may_mint_the_code(pairings: Pairings, tmp_path: Path, clock: Clock) -> None:
    other = Library.open(tmp_path)
    code = Pairings(other, now=clock).mint()
    other.close()
    assert pairings.claim(code.text, origin=CHROME, name="")


def test_the_command_lines_token_lies_in_a_file_of_its_own(pairings: Pairings, tmp_path: Path) -> None:
    token = cli_token(tmp_path, pairings)
    file = tmp_path / FILE_NAME
    assert file.read_text() == token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cli_token(tmp_path, pairings) == token
    assert pairings.revoke("")
    renewed = cli_token(tmp_path, pairings)
    assert renewed != token
    assert not holder(pairings.listing(), token=token, origin=None)
    assert holder(pairings.listing(), token=renewed, origin=None)
    assert not holder(pairings.listing(), token=renewed, origin=CHROME)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"something else"])
def test_a_spoilt_token_file_is_replaced(pairings: Pairings, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    token = cli_token(tmp_path, pairings)
    assert holder(pairings.listing(), token=token, origin=None)


# Through the service


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as service:
        yield service


def pair(run: Running, code: str, origin: str | None = CHROME, body: bytes | None = None) -> Reply:
    headers = [("X-TruthLens-Client", "1"), ("Content-Type", "application/json")]
    headers += [("Origin", origin)] if origin else []
    sent = body or b'{"code":"%b","name":"Chromium"}' % code.encode()
    return ask(run.port, "POST", "/v1/pair", headers, sent)


def indicators(run: Running, token: str, origin: str | None = CHROME) -> Reply:
    more = [("Origin", origin)] if origin else []
    return ask(run.port, "GET", "/v1/indicators", client_headers(token, *more))


def test_an_extension_pairs_and_is_let_in_at_once(run: Running) -> None:
    status = ask(run.port, "GET", "/v1/status")
    assert status.json["pairing_open"] is False
    code = run.service.pairings.mint()
    assert ask(run.port, "GET", "/v1/status").json["pairing_open"] is True
    reply = pair(run, code.text)
    assert reply.status == 200
    assert set(reply.json) == {"token", "origin"}
    assert reply.json["origin"] == CHROME
    allowed = indicators(run, reply.json["token"])
    assert allowed.status == 200
    assert allowed.header("Access-Control-Allow-Origin") == CHROME


def test_the_service_says_why_pairing_failed(run: Running) -> None:
    assert (pair(run, "ABCD-2345").status, pair(run, "ABCD-2345").code) == (403, "pairing_closed")
    code = run.service.pairings.mint()
    for _ in range(CODE_TRIES):
        wrong = pair(run, "AAAA-AAAA")
        assert (wrong.status, wrong.code) == (403, "wrong_code")
    locked = pair(run, code.text)
    assert (locked.status, locked.code) == (429, "pairing_locked")


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "file://", CHROME + "x"])
def test_only_extensions_pair_and_others_use_up_no_try(run: Running, origin: str | None) -> None:
    code = run.service.pairings.mint()
    for _ in range(CODE_TRIES + 1):
        reply = pair(run, code.text, origin)
        assert (reply.status, reply.code) == (403, "origin_refused")
    assert pair(run, code.text).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"code":1}',
        b'{"code":"ABCD-2345","name":"\\u001b[31m"}',
        b'{"code":"ABCD-2345","name":"' + b"x" * 65 + b'"}',
        b'{"code":"' + b"A" * 17 + b'"}',
        b'{"code":"ABCD-2345","admin":true}',
    ],
)
def test_a_malformed_claim_uses_up_no_try(run: Running, body: bytes) -> None:
    code = run.service.pairings.mint()
    for _ in range(CODE_TRIES + 1):
        reply = pair(run, "", body=body)
        assert (reply.status, reply.code) == (422, "bad_request")
    assert pair(run, code.text).status == 200


def test_pairing_takes_no_get(run: Running) -> None:
    assert ask(run.port, "GET", "/v1/pair", [("Origin", CHROME)]).code == "method_not_allowed"


def test_revoking_holds_at_once(run: Running) -> None:
    token = run.token(CHROME)
    assert indicators(run, token).status == 200
    assert run.service.pairings.revoke(CHROME)
    assert not run.service.pairings.revoke(CHROME)
    refused = indicators(run, token)
    assert (refused.status, refused.code) == (403, "origin_refused")
    assert refused.header("Access-Control-Allow-Origin") is None
    assert indicators(run, token, None).code == "wrong_token"


def test_what_another_program_changes_is_known_at_once(run: Running) -> None:
    """Pairings are kept in memory for as long as nothing says that they have changed."""
    token = run.token(CHROME)
    assert indicators(run, token).status == 200
    other = Library.open(run.service.settings.data_dir)
    try:
        assert Pairings(other).revoke(CHROME)
        assert indicators(run, token, None).code == "wrong_token"
        again = Pairings(other).claim(Pairings(other).mint().text, origin=CHROME, name="")
        assert again is not None
        assert indicators(run, again).status == 200
    finally:
        other.close()


def test_who_is_paired_is_answered_while_something_is_saved(run: Running) -> None:
    """The disk may take its time over it; the thread that saves holds the library until then."""
    token = run.token(CHROME)
    assert indicators(run, token).status == 200
    with run.service.library.writing():
        assert ask(run.port, "GET", "/v1/status").json["pairing_open"] is False
        assert indicators(run, token).status == 200


def test_pairing_again_ends_the_earlier_token(run: Running) -> None:
    old, new = run.token(CHROME), run.token(CHROME)
    assert indicators(run, old).code == "wrong_token"
    assert indicators(run, new).status == 200


def test_pairings_outlive_a_restart_and_revoked_ones_do_not_return(tmp_path: Path) -> None:
    with running(tmp_path / "data") as run:
        kept, revoked = run.token(CHROME), run.token(FIREFOX)
        run.service.pairings.revoke(FIREFOX)
    with running(tmp_path / "data") as run:
        assert indicators(run, kept).status == 200
        assert indicators(run, revoked, None).code == "wrong_token"
