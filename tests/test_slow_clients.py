"""Clients that send or read slowly hold up nobody, and are not waited for without end."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from service_under_test import SECONDS, Running, ask, client_headers, running, until
from trust import tries

LONG = "A sentence of an article that goes on. " * 25_000  # just under the longest text that is taken


def slow_clients(port: int, count: int) -> list[socket.socket]:
    """Connections that have each sent a part of a request: of its line, its headers or its body."""
    parts = [
        b"GET /v1/sta",
        b"GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        b"POST /v1/analyses HTTP/1.1\r\nContent-Length: 5000\r\n\r\n{",
    ]
    opened = []
    for number in range(count):
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=SECONDS))
        opened[-1].sendall(parts[number % len(parts)])
    return opened


def slow_readers(run: Running, count: int) -> list[socket.socket]:
    """Connections that have each asked for a reply of megabytes, and take nothing of it."""
    token = run.cli_token()
    headers = client_headers(token)
    started = ask(run.port, "POST", "/v1/analyses", headers, json.dumps({"text": LONG}).encode())
    target = f"/v1/analyses/{started.json['id']}"
    until(lambda: ask(run.port, "GET", target, headers).json["state"] == "done")
    said = "".join(f"{name}: {value}\r\n" for name, value in headers)
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{run.port}\r\n{said}\r\n".encode()
    opened = []
    for _ in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(SECONDS)
        client.connect(("127.0.0.1", run.port))
        client.sendall(request)
        assert client.recv(1, socket.MSG_PEEK) == b"H"  # the answer has begun
        opened.append(client)
    return opened


def test_slow_clients_keep_nobody_out(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Three kinds at once: such as send slowly, such as read slowly, and one that behaves."""
    rounds = tries(20, 600)  # under `make trust` for about as long as the service waits for anybody
    with running(tmp_path) as run:
        slow = [*slow_readers(run, 50), *slow_clients(run.port, 100)]
        token = run.cli_token()
        for _ in range(rounds):
            assert ask(run.port, "GET", "/v1/status").status == 200
            assert ask(run.port, "GET", "/v1/indicators", client_headers(token)).status == 200
        assert len(slow) == 150
        for client in slow:
            client.close()
    record_property("tried", rounds)
    record_property("figure", f"{len(slow)} slow clients, {2 * rounds} requests answered beside them")


def test_who_does_not_read_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truthlens.server.listener.CHANNEL_SECONDS", 1)
    monkeypatch.setattr("truthlens.server.listener.LOOK_SECONDS", 1)
    with running(tmp_path) as run:
        slow = slow_readers(run, 3)
        until(lambda: not run.service._server.active_channels)
        assert ask(run.port, "GET", "/v1/status").status == 200
        for client in slow:
            client.close()


def test_a_request_that_drips_in_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truthlens.server.listener.CHANNEL_SECONDS", 1)
    monkeypatch.setattr("truthlens.server.listener.LOOK_SECONDS", 1)
    with running(tmp_path) as run:
        slow = slow_clients(run.port, 3)
        until(lambda: all(hung_up(client) for client in slow))
        assert ask(run.port, "GET", "/v1/status").status == 200
        for client in slow:
            client.close()


def hung_up(client: socket.socket) -> bool:
    """Whether the service has closed the connection; sends it one more byte to keep it awake."""
    try:
        client.sendall(b"x")
        client.settimeout(0.05)
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
