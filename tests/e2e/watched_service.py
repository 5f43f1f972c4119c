"""A service with a fake analyser that notes what arrives at its guard and what gets past it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service_under_test import Running, running


@contextmanager
def watched(folder: Path, **settings: Any) -> Iterator[tuple[Running, list[str]]]:
    """A service, and what arrives at its guard: `handled` has what got past it."""
    with running(folder, **settings) as run:
        arrived: list[str] = []
        guard: Any = run.service.app.wsgi_app

        def counting(environ: dict[str, Any], start_response: Any) -> Any:
            arrived.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
            return guard(environ, start_response)

        run.service._server.application = counting
        yield run, arrived
