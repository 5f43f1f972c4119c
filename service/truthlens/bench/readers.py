"""Clients for the service under load: readers who want reports, one who asks for the status, slow ones."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from truthlens.client import POLL_SECONDS, REQUEST_SECONDS

STATUS_SECONDS = 0.1  # between two looks at the status
Json = dict[str, Any]


class Tally:
    """What all clients saw. ``wrong`` are replies that the service may not give, a line for each."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self.done = 0
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def reply(self, status: int, headers: Mapping[str, str], seconds: float) -> None:
        with self._lock:
            self.statuses[status] += 1
            self.slowest = max(self.slowest, seconds)
            if status >= 500 and (status != 503 or "Retry-After" not in headers):
                self.wrong.append(f"status {status}")

    def failure(self, error: Exception) -> None:
        with self._lock:
            self.wrong.append(type(error).__name__)

    def finished(self) -> None:
        with self._lock:
            self.done += 1

    @property
    def replies(self) -> int:
        return self.statuses.total()


class Reader:
    """One paired client. Each call is one request, or one analysis from beginning to end."""

    def __init__(self, port: int, origin: str, token: str, tally: Tally) -> None:
        self._port = port
        self._tally = tally
        self._headers = {"X-TruthLens-Client": "1", "Authorization": f"Bearer {token}", "Origin": origin}

    def request(
        self, method: str, path: str, payload: Json | None = None
    ) -> tuple[int, Mapping[str, str], Json]:
        """Raises OSError, HTTPException or ValueError when no reply could be read; it is tallied as well."""
        body = None if payload is None else json.dumps(payload).encode()
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=REQUEST_SECONDS)
        began = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            fields = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._tally.failure(error)
            raise
        finally:
            connection.close()
        told = dict(response.headers)
        self._tally.reply(response.status, told, time.monotonic() - began)
        return response.status, told, dict(fields)

    def analyse(self, payload: Json, *, stop: threading.Event | None = None) -> Json | None:
        """The report, or None when ``stop`` came first or the service refused for good."""
        never = threading.Event()
        view: Json | None = None
        while view is None:
            status, headers, fields = self.request("POST", "/v1/analyses", payload)
            if status in {200, 202}:
                view = fields
            elif status not in {429, 503} or (stop or never).wait(float(headers.get("Retry-After", 1))):
                return None
        return self.follow(view, stop=stop)

    def follow(self, view: Json, *, stop: threading.Event | None = None) -> Json | None:
        """Ask until an analysis has ended; its report if it was done."""
        while view["state"] in {"queued", "working"}:
            if stop is not None and stop.is_set():
                return None
            time.sleep(POLL_SECONDS)
            status, _, fields = self.request("GET", f"/v1/analyses/{view['id']}")
            if status == 200:
                view = fields
            elif status != 429:
                return None
        if view["state"] != "done":
            return None
        self._tally.finished()
        return view


def watch_status(port: int, stop: Any, answer: Any) -> None:
    """Put the seconds of each look at the status, or -1 for one that failed, on the queue ``answer`` once the
    event ``stop`` is set. Run in a process of its own, so that no other client delays what it measures.
    """
    times = []
    while not stop.wait(STATUS_SECONDS):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_SECONDS)
        began = time.perf_counter()
        try:
            connection.request("GET", "/v1/status")
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - began if response.status == 200 else -1.0)
        except (OSError, http.client.HTTPException):
            times.append(-1.0)
        finally:
            connection.close()
    answer.put(times)


class SlowClients:
    """``count`` connections that send a byte of a request now and then, or ask and do not read the reply."""

    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._count = count
        self._open: list[socket.socket] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._drip, daemon=True)

    def __enter__(self) -> SlowClients:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for each in self._open:
            each.close()

    def _drip(self) -> None:
        host = f"Host: 127.0.0.1:{self._port}\r\n".encode()
        beginnings = [
            b"GET /v1/sta",
            b"GET /v1/status HTTP/1.1\r\nX: ",
            b"POST /v1/analyses HTTP/1.1\r\nContent-Length: 500000\r\n\r\n{",
            b"GET /v1/status HTTP/1.1\r\n" + host + b"\r\n",  # and reads nothing
        ]
        opened = 0
        while not self._stop.wait(1.0):
            for each in list(self._open):
                try:
                    each.sendall(b"x")
                except OSError:  # the service hung up, as it should
                    each.close()
                    self._open.remove(each)
            while len(self._open) < self._count:
                with suppress(OSError):
                    self._open.append(socket.create_connection(("127.0.0.1", self._port), timeout=5.0))
                    self._open[-1].sendall(beginnings[opened % len(beginnings)])
                opened += 1
