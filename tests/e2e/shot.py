"""Pictures that a test run keeps under tests/shots, for a person to look at."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SHOTS = Path(__file__).resolve().parents[1] / "shots"
PANEL_WIDTH = 360


class Shot:
    def __call__(self, page: Page, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")

    def first_screen(self, panel: Page, name: str, height: int) -> None:
        """What a reader sees of the panel without scrolling."""
        panel.set_viewport_size({"width": PANEL_WIDTH, "height": height})
        panel.evaluate("scrollTo(0, 0)")
        self(panel, name)

    def panel(self, panel: Page, name: str, *, scheme: str = "light") -> None:
        """The whole panel, as high as its content: Playwright's full page cuts off a scroll bar."""
        dark = scheme == "dark"
        panel.emulate_media(color_scheme="dark" if dark else "light")
        height = int(panel.evaluate("document.documentElement.scrollHeight"))
        panel.set_viewport_size({"width": PANEL_WIDTH, "height": height})
        self(panel, name)
