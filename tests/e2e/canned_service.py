"""A service and a news site in one, without a model: it answers with the marks that a test has put down.

For what happens on the page. Whether the marks are right is tested against the real service.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTEXT = 32

Json = dict[str, object]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""As strict as news sites come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One mark: the ``nth`` place in the article's text where ``exact`` stands."""

    exact: str
    nth: int = 0
    indicator: str = "loaded_language"
    title: str = "Loaded language"
    colour: str = "loaded"
    voice: str = "own"
    score: float = 0.85
    plainer: str | None = None

    def annotation(self, text: str, number: int) -> Json:
        start = -1
        for _ in range(self.nth + 1):
            start = text.index(self.exact, start + 1)
        end = start + len(self.exact)
        before = len(text[:start].encode("utf-16-le")) // 2
        length = len(self.exact.encode("utf-16-le")) // 2
        strength = "strong" if self.score >= 0.75 else "clear" if self.score >= 0.55 else "slight"
        return {
            "id": f"urn:truthlens:canned:{number}",
            "target": {
                "source": "",
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": self.exact,
                        "prefix": text[max(0, start - CONTEXT) : start],
                        "suffix": text[end : end + CONTEXT],
                    },
                    {"type": "TextPositionSelector", "start": start, "end": end},
                ],
            },
            "body": {
                "indicator": self.indicator,
                "indicator_title": self.title,
                "colour": self.colour,
                "voice": self.voice,
                "speaker": "",
                "verb": "",
                "score": self.score,
                "strength": strength,
                "message": "Judges instead of counting.",
                "paragraph": text[:start].count("\n"),
                "sentence": 0,
                "utf16_start": before,
                "utf16_end": before + length,
                "wording": None if self.plainer is None else {"plainer": self.plainer, "lost": ""},
                "similar": [],
            },
        }


class CannedService:
    """``port`` serves both: the interface of the service, and the pages under any name of *.test.

    While ``busy`` it is at work on everything that was handed in.
    """

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.results: dict[str, Json] = {}
        self.received: list[Json] = []
        self.busy = False
        canned = self

        class Handler(_Handler):
            service = canned

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_port)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def put(self, name: str, body: str, text: str, words: list[Words]) -> str:
        """Serve ``body`` as a page whose article reads ``text``. Returns its address."""
        address = f"http://news.test:{self.port}/{name}"
        self.pages[f"/{name}"] = (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>A</title>{body}</html>"
        )
        self.results[address] = {
            "id": name,
            "state": "done",
            "progress": 1,
            "article": {
                "title": "A page",
                "url": address,
                "canonical_url": address,
                "byline": "",
                "published": "",
                "modified": "",
                "outlet": "News",
                "language": "en",
                "extracted_by": "test",
                "text": text,
                "words": len(text.split()),
                "paragraphs": text.count("\n") + 1,
                "links": [],
                "labels": [],
            },
            "annotations": [one.annotation(text, number) for number, one in enumerate(words)],
            "report": {"counts": {}, "sections": [], "problems": []},
            "versions": {},
            "timings_ms": {"total": 1.0},
        }
        return address

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    service: CannedService

    def do_GET(self) -> None:
        if self.path == "/v1/status":
            model = {"state": "ready", "detail": ""}
            self._answer(
                {"name": "truthlens", "version": "0", "api": 1, "model": model, "pairing_open": False}
            )
        elif self.path in self.service.pages:
            body = self.service.pages[self.path].encode()
            self._send(200, "text/html; charset=utf-8", body, policy=POLICY)
        else:
            known = (one for one in self.service.results.values() if self.path == f"/v1/analyses/{one['id']}")
            self._answer(self._job(next(known, None)))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        asked = json.loads(self.rfile.read(length))
        if self.path == "/v1/analyses":
            self.service.received.append(asked)
            self._answer(self._job(self.service.results.get(asked["url"])))
        else:
            self._answer(None)

    def _job(self, result: Json | None) -> Json | None:
        if result is None or not self.service.busy:
            return result
        return {
            "id": result["id"],
            "state": "working",
            "stage_title": "weighing the wording",
            "progress": 0.5,
        }

    def do_DELETE(self) -> None:
        self._answer({})

    def _answer(self, body: Json | None) -> None:
        error = {"error": {"code": "not_found", "message": "Not here.", "remedy": ""}}
        found = json.dumps(error if body is None else body).encode()
        self._send(404 if body is None else 200, "application/json", found)

    def _send(self, status: int, kind: str, body: bytes, *, policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """The test runner's output is no place for an access log."""
