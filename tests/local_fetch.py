"""Fetches from a site on this computer, which stands for the public web, and a wire that nobody may touch."""

from __future__ import annotations

import socket
import threading
from typing import Any

from local_site import LocalSite
from truthlens.errors import ServiceError
from truthlens.net.fetch import Limits, Page, fetch

HERE = "127.0.0.1"  # counts as public in these tests
INSIDE = "127.0.0.3"  # counts as private: a Tripwire listens there
QUICK = Limits(connect_seconds=0.3, read_seconds=0.3, total_seconds=0.6)


def get(site: LocalSite, path: str = "/", **options: Any) -> Page:
    settings = {"resolver": lambda host, port: [HERE], "approve": lambda a: a == HERE, "ports": {site.port}}
    return fetch(site.url(path), **(settings | options))


def outcome(site: LocalSite, path: str = "/", **options: Any) -> str:
    """The page's HTML, or the code of the refusal."""
    try:
        return get(site, path, **options).html
    except ServiceError as error:
        return error.code if error.message and error.remedy else "a refusal without words"


class Tripwire:
    """Listens at a private address and counts who connects."""

    def __init__(self, port: int, address: str = INSIDE) -> None:
        self._listener = socket.create_server((address, port))
        self.touched = 0
        self._last: object = None
        self._thread = threading.Thread(target=self._count)

    def __enter__(self) -> Tripwire:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.socket() as last:
            last.bind((self._listener.getsockname()[0], 0))
            self._last = last.getsockname()
            last.connect(self._listener.getsockname())
        self._thread.join()
        self._listener.close()

    def _count(self) -> None:
        while True:
            client, peer = self._listener.accept()
            client.close()
            if peer == self._last:  # who came before it, however late, is counted
                return
            self.touched += 1
