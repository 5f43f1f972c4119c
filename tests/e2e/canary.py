"""A server that nobody should reach: it counts every connection and every request."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Canary:
    """``connections`` counts those that were opened, also without a word; ``asked`` holds what was
    asked for.
    """

    def __init__(self) -> None:
        self.connections = 0
        self.asked: list[str] = []
        canary = self

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def process_request(self, request: Any, client_address: Any) -> None:
                canary.connections += 1
                super().process_request(request, client_address)

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                canary.asked.append(f"{self.command} {self.path}")
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """The test runner's output is no place for an access log."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://canary.test:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def forget(self) -> None:
        self.connections = 0
        self.asked.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
