"""`truthlens serve`: the service in the foreground, with what a reader at the terminal needs to know."""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib import resources
from pathlib import Path

from rich.console import Console

from truthlens import seeds
from truthlens.client import Client
from truthlens.commands.pair import LOOK_SECONDS, described, extensions, revoking
from truthlens.errors import ServiceError
from truthlens.serve import Service, serve
from truthlens.settings import Settings

DEMO = "arms-transfers"
DEMO_URL = "http://meridianpost.test/world/2025/05/30/arms-transfers"
OFFER_SECONDS = 600.0  # for how long a fresh code follows an expired one while nothing is paired


def run(*, demo: bool, once: bool) -> None:
    """Serve until a signal. Exits with 1 when the model cannot be used or the demo fails."""
    console = Console()
    session = _Session(console, demo=demo, once=once)
    settled = serve(Settings.from_env(), on_ready=session.ready, on_model=session.model)
    if not once:
        console.print("Stopped.")
        if not settled:
            sys.stdout.flush()
            os._exit(0)
    if session.failed:
        sys.exit(1)


class _Session:
    """What is said while the service runs. The model reports from another thread."""

    def __init__(self, console: Console, *, demo: bool, once: bool) -> None:
        self._console = console
        self._demo = demo
        self._once = once
        self._service: Service | None = None
        self.failed = False

    def ready(self, service: Service) -> None:
        self._service = service
        for notice in service.notices:
            self._console.print(notice, style="yellow")
        self._console.print(
            f"TruthLens listens on http://127.0.0.1:{service.settings.port} · loading the model …"
        )

    def model(self, state: str, detail: str) -> None:
        service = self._service
        assert service is not None  # `serve` calls `ready` before it loads the model
        if state != "ready":
            self._console.print(detail, style="red")
            self.failed = True
        elif self._demo:
            self._show_demo(service)
        if self._once:
            service.stop()
            return
        if state == "ready":
            self._console.print("Ready. Ctrl-C stops it.", style="bold")
        threading.Thread(target=self._offer_codes, args=(service,), daemon=True).start()

    def _show_demo(self, service: Service) -> None:
        from truthlens.render.terminal import render

        try:
            page = (seeds.articles_dir() / f"{DEMO}.html").read_text("utf-8")
            render(
                Client.of_settings(service.settings).analyse({"html": page, "url": DEMO_URL}), self._console
            )
        except ServiceError as error:
            self._console.print(f"{error.message} {error.remedy}", style="red")
            self.failed = True

    def _offer_codes(self, service: Service) -> None:
        """Until something is paired: the steps to load the extension, and a code that is renewed."""
        pairings = service.pairings
        paired = extensions(pairings)
        if paired:
            self._console.print(f"Paired with {described(paired[0])}. `make pair` pairs another browser.")
            return
        for line in _steps():
            self._console.print(line, highlight=False)
        until = time.monotonic() + OFFER_SECONDS
        while not service.stopping.is_set() and time.monotonic() < until:
            code = pairings.mint()
            self._console.print(
                f"     Pairing code: [bold]{code.text}[/bold] (for {code.seconds:.0f} seconds)",
                highlight=False,
            )
            while not service.stopping.wait(LOOK_SECONDS) and pairings.is_open():
                pass
            paired = extensions(pairings)
            if paired:
                self._console.print(f"Paired with {described(paired[0])}.")
                self._console.print(f"Not your browser? {revoking(paired[0])} ends it at once.")
                return
        if not service.stopping.is_set():
            self._console.print("No further code is offered. `make pair` prints one when it is wanted.")


def _steps() -> list[str]:
    return [
        "\nThe extension, in three steps:",
        "  1. Open chrome://extensions and switch on “Developer mode”.",
        f"  2. “Load unpacked”, and choose the folder {_extension_folder()}",
        "  3. Open a news page, press the TruthLens button, and type the code into the panel.",
    ]


def _extension_folder() -> Path:
    """The folder in the checkout this package runs from; its bare name where there is no checkout."""
    package = Path(str(resources.files("truthlens")))
    folder = package.parents[1] / "extension"
    return folder if (folder / "manifest.json").exists() else Path("extension")
