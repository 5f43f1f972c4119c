"""A small client of the service on this computer, for the command line and for tests."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from truthlens.cli_token import cli_token
from truthlens.errors import ServiceError
from truthlens.server.pairing import Pairings
from truthlens.settings import Settings
from truthlens.store.library import Library

REQUEST_SECONDS = 30.0
POLL_SECONDS = 0.25

Json = dict[str, Any]
OnProgress = Callable[[str, float], None]


def _silent(title: str, share: float) -> None:
    """For callers that do not watch."""


class Client:
    """``origin`` is for tests that play an extension; the command line has none."""

    def __init__(self, port: int, token: str = "", *, origin: str = "", host: str = "127.0.0.1") -> None:
        self._address = (host, port)
        self._headers = {"X-TruthLens-Client": "1"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        if origin:
            self._headers["Origin"] = origin

    @classmethod
    def of_settings(cls, settings: Settings) -> Client:
        """The command line's client: its token is read from the data folder, or made there."""
        library = Library.open(settings.data_dir)
        try:
            return cls(settings.port, cli_token(settings.data_dir, Pairings(library)), host=settings.host)
        finally:
            library.close()

    def status(self) -> Json:
        return self.request("GET", "/v1/status")

    def indicators(self) -> Json:
        return self.request("GET", "/v1/indicators")

    def pair(self, code: str, name: str = "") -> Json:
        return self.request("POST", "/v1/pair", {"code": code, "name": name})

    def start(self, payload: Mapping[str, object]) -> Json:
        """POST an analysis: its state, or the whole result when it is known already."""
        return self.request("POST", "/v1/analyses", payload)

    def read(self, analysis_id: str) -> Json:
        return self.request("GET", f"/v1/analyses/{analysis_id}")

    def end(self, analysis_id: str) -> Json:
        """Cancel an analysis under way, or forget a stored one."""
        return self.request("DELETE", f"/v1/analyses/{analysis_id}")

    def analyse(self, payload: Mapping[str, object], on_progress: OnProgress = _silent) -> Json:
        """Start an analysis and ask until it is done; ``on_progress`` gets the stage's title and 0..1.

        Raises ServiceError as the service gives it, also when the analysis failed or was cancelled. When the
        caller is interrupted, the analysis is cancelled.
        """
        view = self.start(payload)
        try:
            while view["state"] in {"queued", "working"}:
                on_progress(view["stage_title"], view["progress"])
                time.sleep(POLL_SECONDS)
                view = self.read(view["id"])
        except KeyboardInterrupt:
            self.end(view["id"])
            raise
        if view["state"] == "failed":
            raise _error(view["error"], status=422)
        if view["state"] == "cancelled":
            raise ServiceError("cancelled", "The analysis was cancelled.", "Start it again.", status=409)
        on_progress(view["stage_title"], 1.0)
        return view

    def request(self, method: str, path: str, payload: Mapping[str, object] | None = None) -> Json:
        """One exchange. Raises ServiceError from the error envelope, or ``service_unreachable``."""
        body = None if payload is None else json.dumps(payload).encode()
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        connection = http.client.HTTPConnection(*self._address, timeout=REQUEST_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            fields = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ServiceError(
                "service_unreachable",
                f"TruthLens does not answer on port {self._address[1]}.",
                "Start it with `truthlens serve`, or set TRUTHLENS_PORT to the port it uses.",
                status=503,
            ) from error
        finally:
            connection.close()
        if response.status >= 400:
            raise _error(fields.get("error", {}), status=response.status)
        return dict(fields)


def _error(fields: Mapping[str, str], *, status: int) -> ServiceError:
    return ServiceError(
        fields.get("code", "internal"), fields.get("message", ""), fields.get("remedy", ""), status=status
    )
