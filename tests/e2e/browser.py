"""Chromium with the extension: launching it, pressing its button, and the real side panel."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
SECONDS = 20.0  # a bound for waiting, never a measure


def executable() -> str | None:
    """The Chromium that can load an unpacked extension, as `.ci/chromium` finds it."""
    found = subprocess.run([str(ROOT / ".ci" / "chromium")], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def extension_id() -> str:
    """Chromium derives it from the manifest's public key: 32 hexadecimal digits, spelt a–p."""
    key = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["key"]
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], Any], said: str, *, seconds: float = SECONDS) -> Any:
    """The first true value of ``what``. Fails with ``said`` after a bound that only a fault can reach."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        value = what()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"never happened: {said}")


HIGHLIGHTS = """() => Object.fromEntries(
  [...CSS.highlights]
    .filter(([name]) => name.startsWith("truthlens-"))
    .map(([name, highlight]) => [name, [...highlight].map(String)]),
)"""


class Reader:
    """A browser with the extension loaded, used as a reader uses it."""

    def __init__(
        self,
        playwright: Playwright,
        chromium: str,
        *,
        headless: bool = True,
        dark: bool = False,
        language: str = "",
        beside: tuple[Path, ...] = (),
    ) -> None:
        """``beside`` are folders of further extensions; ``language`` is one that the browser came with."""
        loaded = ",".join(map(str, (EXTENSION, *beside)))
        self._profile = tempfile.mkdtemp(prefix="truthlens-profile-")
        self._debugging = free_port()
        self._playwright = playwright
        self._panels: Browser | None = None
        arguments = [
            "--no-sandbox",  # root has no other choice
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # Pages must not be at 127.0.0.1: there the host permission would stand in for activeTab.
            "--host-resolver-rules=MAP *.test 127.0.0.1",
            f"--disable-extensions-except={loaded}",
            f"--load-extension={loaded}",
            f"--remote-debugging-port={self._debugging}",
        ]
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=chromium,
            headless=False,
            color_scheme="dark" if dark else "light",
            viewport={"width": 1000, "height": 900} if headless else None,
            no_viewport=None if headless else True,
            env={**os.environ, **({"LANGUAGE": language} if language else {})},
            args=[*(["--headless=new"] if headless else []), *arguments],
        )
        self.worker = self._worker()
        self.welcome().close()

    def _worker(self) -> Worker:
        def ours(worker: Worker) -> bool:
            return extension_id() in worker.url

        worker = next(filter(ours, self.context.service_workers), None)
        if worker is None:
            worker = self.context.wait_for_event("serviceworker", predicate=ours)
        # A press before the worker listens is silently lost.
        wait_for(lambda: worker.evaluate("chrome.action.onClicked.hasListeners()"), "the worker listens")
        return worker

    def welcome(self) -> Page:
        """The page of the first steps, which opens by itself after the installation."""

        def look() -> Page | None:
            self.worker.evaluate("0")  # Playwright hears of new pages only while it is asked something
            return next((page for page in self.context.pages if "/welcome/" in page.url), None)

        page = wait_for(look, "the first steps open")
        assert isinstance(page, Page)
        return page

    def close(self) -> None:
        self.forget_panel()
        self.context.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def use(self, port: int, token: str = "") -> None:
        """Set where the service is, and the token of a pairing."""
        self.worker.evaluate("(values) => chrome.storage.local.set(values)", {"port": port, "token": token})

    def open(self, url: str) -> Page:
        page = self.context.new_page()
        page.goto(url)
        return page

    def press(self, page: Page) -> None:
        """A real press of the toolbar button: it counts as a gesture and grants activeTab."""
        browser = self.context.browser
        assert browser is not None
        session = browser.new_browser_cdp_session()
        page.bring_to_front()
        found = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        targets = [target for target in found if target["url"] == page.url]
        assert len(targets) == 1, "the page's address must be open once only"
        session.send("Extensions.triggerAction", {"id": extension_id(), "targetId": targets[0]["targetId"]})
        session.detach()

    def panel(self) -> Page:
        """The open side panel. Playwright lists it only on a connection made after it was opened."""

        def look() -> Page | None:
            self.forget_panel()
            address = f"http://127.0.0.1:{self._debugging}"
            self._panels = self._playwright.chromium.connect_over_cdp(address)
            pages = [page for context in self._panels.contexts for page in context.pages]
            return next((page for page in pages if page.url.endswith("/panel/panel.html")), None)

        panel = wait_for(look, "the side panel opens")
        assert isinstance(panel, Page)
        panel.set_default_timeout(SECONDS * 1000)
        return panel

    def wait_until_marked(self, page: Page) -> None:
        """Until the extension counts the page as done, which is a moment after its marks are painted."""
        runs = (
            "async () => Object.values(await chrome.storage.session.get()).map((run) => [run.url, run.phase])"
        )
        wait_for(lambda: [page.url, "done"] in self.worker.evaluate(runs), "the page is marked")

    def forget_panel(self) -> None:
        if self._panels is not None:
            self._panels.close()
            self._panels = None

    def highlights(self, page: Page) -> dict[str, list[str]]:
        """What is painted on the page: the marked texts by the name of their highlight."""
        return dict(page.evaluate(HIGHLIGHTS))

    def painted(self, page: Page) -> set[str]:
        """Every marked text, whatever its indicator."""
        return {
            text for name, texts in self.highlights(page).items() if "flash" not in name for text in texts
        }
