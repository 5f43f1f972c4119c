"""A real service on a free port with a fake analyser behind it, and sockets to talk to it byte by byte."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from fake_encoder import BagOfWordsEncoder, fake_heads, fake_thresholds
from truthlens.analyse import Analyser
from truthlens.cli_token import cli_token
from truthlens.client import Client
from truthlens.domain import Article, Nothing, Report, SectionResult, Sentence, Span, Voiced
from truthlens.model_file import DIM
from truthlens.reading import Reading, SeedBank
from truthlens.serve import Service
from truthlens.server.checks import PAIR_PATH, STATUS_PATH
from truthlens.server.intake import Intake
from truthlens.server.rate import Rate, Rates
from truthlens.settings import Settings

CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
FIREFOX = "moz-extension://0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e"
LONGEST_READ = 1000  # characters of an article that the fake reads, however many it is given
WIDE = Rate(burst=1_000_000, per_second=1_000_000.0)
UNLIMITED = Rates(client=WIDE, pairing=WIDE, stranger=WIDE)  # tests ask faster than any client
SECONDS = 20.0  # the longest any test waits for something that must happen


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


class FakeAnalyser:
    """Counts what it is given. With ``gate`` cleared it stops inside the analysis until the gate opens."""

    def __init__(self) -> None:
        self.versions = {"truthlens": "0", "model": "fake"}
        self.seen: list[str] = []
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.error: BaseException | None = None

    def analyse_with_reading(
        self, article: Article, *, progress: Callable[[str, float], None], early: Callable[..., None]
    ) -> tuple[Report, Reading]:
        self.seen.append(article.text)
        progress("voice", 0.2)
        self.entered.set()
        assert self.gate.wait(SECONDS)
        progress("encode", 0.5)
        if self.error is not None:
            raise self.error
        span = Span(0, len(article.text))
        nothing = SectionResult(
            key="limits", title="Limits", placement="report", blocks=(Nothing(text="nothing found"),)
        )
        report = Report(
            article=article,
            sentences=(Sentence(0, span, article.text, 0),),
            voices=(Voiced(span=span, voice="own"),),
            findings=(),
            sections=(nothing,),
            versions=dict(self.versions),
            timings_ms={"voice": 1.0},
        )
        return report, reader().reading(Article(text=article.text[:LONGEST_READ]))


@cache
def reader() -> Analyser:
    """Reads articles for the traces of their events; finds nothing."""
    return Analyser(
        encoder=BagOfWordsEncoder(),
        heads=fake_heads(),
        thresholds=fake_thresholds(),
        digest="fake",
        families={},
        bank=SeedBank.of(np.zeros((0, 2 * DIM), np.float32), {}),
    )


@dataclass(frozen=True)
class Page:
    url: str
    html: str


def bare_intake() -> Intake:
    """Takes a page's HTML as the article's text; fetches nothing."""
    return Intake(
        extract=lambda html, url, cancelled: Article(text=html, url=url, extracted_by="trafilatura"),
        fetch=lambda url: Page(url=url, html=f"fetched from {url}"),
        admit=lambda article: article,
    )


@dataclass
class Running:
    service: Service
    analyser: FakeAnalyser
    handled: list[str] = field(default_factory=list)  # paths that got past the guard

    @property
    def port(self) -> int:
        return self.service.settings.port

    def token(self, origin: str) -> str:
        """Pair an origin."""
        code = self.service.pairings.mint()
        return self.service.pairings.claim(code.text, origin=origin, name="a browser")

    def cli_token(self) -> str:
        return cli_token(self.service.settings.data_dir, self.service.pairings)

    def client(self, origin: str = "") -> Client:
        """A client with a token of its own, which ends the one an earlier client of that origin had."""
        return Client(self.port, self.token(origin) if origin else self.cli_token(), origin=origin)


@contextmanager
def running(
    data_dir: Path, *, analyser: FakeAnalyser | None = None, loading: bool = False, **settings: Any
) -> Iterator[Running]:
    """Serve in a thread; with ``loading`` the model stays out until ``jobs.model_ready`` is called."""
    fake = analyser or FakeAnalyser()
    service = Service(
        Settings(data_dir=data_dir, **{"port": 0, "rates": UNLIMITED, **settings}),
        obtain=bare_intake(),
        analyser=None if loading else fake,
    )
    run = Running(service, fake)
    guard: Any = service.app.wsgi_app
    flask_app = guard._app

    def counting(environ: dict[str, Any], start_response: Any) -> Any:
        run.handled.append(environ["PATH_INFO"])
        return flask_app(environ, start_response)

    guard._app = counting
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield run
    finally:
        fake.gate.set()
        service.stop()
        thread.join(SECONDS)
        service.close()


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error's code, after a look at the shape of the whole."""
        assert set(self.json) == {"error"}
        assert set(self.json["error"]) == {"code", "message", "remedy"}
        assert all(isinstance(value, str) and value for value in self.json["error"].values())
        return str(self.json["error"]["code"])

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) < 2, f"{name} stands twice"
        return values[0] if values else None


def send(port: int, raw: bytes) -> Reply:
    """Send these very bytes and read until the service hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall(raw)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").split("\r\n")
    headers = [(name, value) for name, _, value in (each.partition(": ") for each in fields)]
    if ("Transfer-Encoding", "chunked") in headers:
        body = _joined(body)
    return Reply(int(line.split(" ")[1]), headers, body)


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        body += rest[: int(size, 16)]
        chunks = rest[int(size, 16) + 2 :]
    return body


def ask(
    port: int,
    method: str,
    target: str,
    headers: list[tuple[str, str]] | None = None,
    body: bytes | None = None,
    *,
    host: str | None = None,
) -> Reply:
    """One request with exactly these headers beside `Host`, `Connection` and the length of a body."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers or []]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return send(port, "\r\n".join([*lines, "", ""]).encode("utf-8") + (body or b""))


def client_headers(token: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """What our clients send with a POST."""
    return [
        ("Authorization", f"Bearer {token}"),
        ("X-TruthLens-Client", "1"),
        ("Content-Type", "application/json"),
        *more,
    ]


def routes(run: Running) -> list[tuple[str, str]]:
    """Each method and target that the URL map knows, an unknown id where one is wanted. No pre-flights."""
    return [
        (method, re.sub(r"<[^<>]*>", "0", rule.rule))
        for rule in run.service.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def data_routes(run: Running) -> list[tuple[str, str]]:
    """The routes that want a token."""
    return [each for each in routes(run) if each[1] not in {STATUS_PATH, PAIR_PATH}]


def places(run: Running) -> list[tuple[str, str]]:
    """All that may be asked: every route, a pre-flight of each, and what is not there."""
    paths = sorted({target for _, target in routes(run)})
    unknown = [("GET", "/"), ("GET", "/v1/nothing-here"), ("POST", "/favicon.ico"), ("OPTIONS", "/v2")]
    return [*routes(run), *(("OPTIONS", path) for path in paths), *unknown]


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)
