"""`make browse`: the service, and a Chromium with the extension loaded and paired on the demo page."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from browser import Reader, executable, wait_for
from playwright.sync_api import Error, sync_playwright
from service_process import ServiceProcess
from site_under_test import Site


def main() -> int:
    chromium = executable()
    if chromium is None:
        print("Chromium was not found: install it, or set TRUTHLENS_CHROMIUM.", file=sys.stderr)
        return 1
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        print("There is no screen here: `make browse` opens a window.", file=sys.stderr)
        return 1
    site = Site()
    with tempfile.TemporaryDirectory(prefix="truthlens-browse-") as folder, sync_playwright() as playwright:
        service = ServiceProcess(Path(folder) / "data")
        service.start()
        print("Loading the model …")
        service.wait_until_ready()
        reader = Reader(playwright, chromium, headless=False)
        try:
            reader.use(service.port, service.token())
            page = reader.open(site.address("arms-transfers", "meridianpost.test"))
            reader.press(page)
            wait_for(lambda: reader.painted(page), "the page is marked")
            print("The demo page is marked. Close the window, or press Ctrl-C, to end.")
            reader.context.wait_for_event("close", timeout=0)
        except (KeyboardInterrupt, Error):
            print("Ended.")
        finally:
            service.close()
            site.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
