"""What a reader reads stays here: nothing of it reaches a log, an error or the network."""

from __future__ import annotations

import ast
import json
import logging
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import service_under_test
from closed_network import is_closed, read, real_analyser
from fake_encoder import fake_analyser
from namespaces import in_namespace
from service_under_test import CHROME, Page, Reply, Running, ask, client_headers, running, until
from traced_fetches import SITE
from trust import FULL, tries
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.net.fetch import fetch
from truthlens.server.intake import Intake

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "service" / "truthlens"
HOST, PATH, TITLE, TEXT = "canaryhost.example", "canarypath", "Canarytitle", "Canarytext"
URL = f"https://{HOST}/{PATH}"
CANARIES = (HOST, PATH, TITLE, TEXT)


class Crash(Exception):
    """Quotes what it was about, as exceptions of libraries do."""

    def __init__(self) -> None:
        super().__init__(" ".join(CANARIES))


def crash(*_: object, **__: object) -> None:
    raise Crash


def refuse(*_: object, **__: object) -> None:
    raise ServiceError("too_short", "The page holds too little text.", "Open the article.", status=422)


def extracted(html: str, url: str, cancelled: Callable[[], bool]) -> Article:
    return Article(text=f"{TITLE}\n{html}", title=TITLE, url=url, extracted_by="trafilatura")


def unreachable(url: str) -> Page:
    """The real fetcher, and a resolver whose error names what it was asked for."""

    def resolver(host: str, port: int) -> list[str]:
        raise OSError(f"{host} is unknown")

    return fetch(url, resolver=resolver)  # type: ignore[return-value]  # it never returns


WAYS: dict[str, Intake] = {
    "all goes well": Intake(extract=extracted, fetch=unreachable, admit=lambda article: article),
    "extraction crashes": Intake(extract=crash, fetch=crash, admit=lambda article: article),  # type: ignore[arg-type]
    "admission crashes": Intake(extract=extracted, fetch=unreachable, admit=crash),  # type: ignore[arg-type]
    "admission refuses": Intake(extract=extracted, fetch=unreachable, admit=refuse),  # type: ignore[arg-type]
}


class Watch:
    """Replies that are errors, and whatever the process says meanwhile."""

    def __init__(self, run: Running, token: str) -> None:
        self.run, self.token = run, token
        self.errors: list[str] = []

    def ask(self, method: str, target: str, body: bytes | None = None, token: str = "") -> Reply:
        headers = client_headers(token or self.token, ("Origin", CHROME))
        reply = ask(self.run.port, method, target, headers, body)
        if reply.status >= 400 or b'"failed"' in reply.body:
            self.errors.append(reply.body.decode())
        return reply

    def analyse(self, **fields: object) -> str:
        """The state in which an analysis ends, or the code of its refusal."""
        started = self.ask("POST", "/v1/analyses", json.dumps(fields).encode())
        if started.status >= 400:
            return started.code
        target = f"/v1/analyses/{started.json['id']}"
        until(lambda: self.ask("GET", target).json.get("state", "done") not in {"queued", "working"})
        return str(self.ask("GET", target).json.get("state", "done"))


@pytest.mark.parametrize("way", WAYS)
def test_neither_logs_nor_errors_hold_what_was_read(
    tmp_path: Path,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(service_under_test, "bare_intake", lambda: WAYS[way])
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)  # prints, as it does for readers
    caplog.set_level(logging.DEBUG)
    with running(tmp_path) as run:
        token = run.token(CHROME)
        watch = Watch(run, token)
        ended = [watch.analyse(url=URL, html=f"{TEXT} {number}") for number in range(5)]
        ended += [watch.analyse(text=f"{TEXT} {number}", title=TITLE, url=URL) for number in range(5)]
        ended += [watch.analyse(url=f"{URL}?{number}") for number in range(3)]
        run.analyser.error = Crash()
        ended += [watch.analyse(text=f"{TEXT} crash", url=URL)]
        assert "failed" in ended
        assert way != "all goes well" or ended[:10] == ["done"] * 10
        for body in (
            b"[",
            b'{"text":',
            json.dumps({TEXT: TITLE}).encode(),
            json.dumps({"url": PATH}).encode(),
        ):
            assert watch.ask("POST", "/v1/analyses", body).status in {400, 422}
        for target in (f"/{PATH}", f"/v1/analyses/{PATH}", f"/v1/library?query={TEXT}&{PATH}=1"):
            watch.ask("GET", target)
        watch.ask("GET", f"/v1/status?{URL}")
        watch.ask("GET", "/v1/indicators", token=f"{TEXT}{PATH}")
        watch.ask("PATCH", f"/v1/analyses/{PATH}")
        monkeypatch.setattr(run.service.jobs, "view", crash)
        monkeypatch.setattr(run.service.library, "preferences", crash)
        assert watch.ask("GET", "/v1/analyses/0").status == 500
        assert watch.ask("GET", "/v1/library/preferences").status == 500
    said = caplog.text + "".join(capfd.readouterr()) + "".join(watch.errors)
    assert "crashed" in caplog.text
    assert len(watch.errors) >= 10
    for needle in (*CANARIES, token):
        assert needle.lower() not in said.lower()


LEVELS = {"debug", "info", "warning", "warn", "error", "critical", "exception", "log"}


def test_what_is_logged_is_a_fixed_sentence_and_at_most_a_place() -> None:
    seen = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr not in LEVELS or "log" not in ast.unparse(call.func.value):
                continue
            seen += 1
            said = (path.name, ast.unparse(call))
            assert isinstance(call.args[0], ast.Constant), said
            assert all(ast.unparse(each) == "place_of(error)" for each in call.args[1:]), said
            assert not call.keywords, said  # exc_info would bring a traceback
    assert seen


def test_no_traceback_is_printed_anywhere() -> None:
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        assert "print_exc" not in source, path.name
        assert ".exception(" not in source, path.name


# Nothing leaves. The namespace is Linux's, and not every machine lets one be made.


def test_a_page_is_read_alike_where_there_is_no_network(
    record_property: Callable[[str, object], None],
) -> None:
    """Under `make trust` by the real model, and all demo pages."""
    pages = sorted((ROOT / "seeds" / "articles").glob("*.html"))
    pages = pages[: tries(1, len(pages))]
    there = json.loads(
        in_namespace("-rn", "closed_network.py", "real" if FULL else "fake", *(str(page) for page in pages))
    )
    here = json.loads(json.dumps(read(pages, real_analyser() if FULL else fake_analyser())))
    assert there[:-1] == here[:-1]
    assert there[-1] == {"left": []}
    record_property("tried", len(pages))
    record_property("figure", f"{len(pages)} pages read alike, with the {'real' if FULL else 'fake'} encoder")


def test_a_fetch_connects_to_its_site_alone(record_property: Callable[[str, object], None]) -> None:
    """Every system call that names a peer, of the service and all its processes, as the kernel saw it."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed here")
    count = tries(3, 50)
    seen = json.loads(in_namespace("-rnm", "traced_fetches.py", str(count)))
    assert seen["states"] == ["done"] * count
    peers = {(peer["family"], peer["address"], peer["port"]) for peer in seen["peers"]}
    assert peers == {("AF_INET", SITE, 80)}
    assert len(seen["peers"]) == count
    assert seen["left"] == [{"host": "news.example", "requests": count}]
    record_property("tried", count)
    record_property("figure", f"{count} fetches, {len(seen['peers'])} connections, all to their site")


def test_the_probe_tells_an_open_network_from_a_closed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Open:
        def __enter__(self) -> Open:
            return self

        def __exit__(self, *_: object) -> None: ...

        def connect_ex(self, _: object) -> int:
            return 0

    monkeypatch.setattr("closed_network.socket.socket", lambda *_: Open())
    assert not is_closed()


def test_no_library_that_asks_a_hub_is_imported_but_to_measure_against_it() -> None:
    hubs = re.compile(r"^\s*(?:from|import) (?:sentence_transformers|transformers|huggingface_hub)\b", re.M)
    found = {path for path in PACKAGE.rglob("*.py") if hubs.search(path.read_text("utf-8"))}
    assert found == {PACKAGE / "bench" / "library.py"}
    source = (PACKAGE / "bench" / "library.py").read_text("utf-8").partition("def library_model")[2]
    names = ("HF_HUB_OFFLINE=", "TRANSFORMERS_OFFLINE=", "HF_HUB_DISABLE_TELEMETRY=", "DO_NOT_TRACK=")
    assert max(source.index(name) for name in names) < hubs.search(source).start()
    assert "local_files_only=True" in source
