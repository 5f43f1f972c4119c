"""Pictures that a test run keeps under tests/shots, for a person to look at."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SHOTS = Path(__file__).resolve().parents[1] / "shots"


class Shot:
    def __call__(self, page: Page, name: str, *, whole: bool = False) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)
