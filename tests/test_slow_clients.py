"""Clients that send slowly hold up nobody, and are not waited for without end."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from service_under_test import SECONDS, ask, client_headers, running, until


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


def test_slow_clients_keep_nobody_out(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        slow = slow_clients(run.port, 150)
        token = run.cli_token()
        for _ in range(20):
            assert ask(run.port, "GET", "/v1/status").status == 200
            assert ask(run.port, "GET", "/v1/indicators", client_headers(token)).status == 200
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
