"""The pictures of the store listings, 1280 × 800, in dist/gallery: page and panel beside each other, as a
window shows them. The last part of `make gallery`.
"""

from __future__ import annotations

import base64
import tempfile
from contextlib import closing
from pathlib import Path

from browser import Reader, executable
from gallery import ARTICLE, BASE, FIND, HOST, MARKED, OUT, WAIT, open_card, panel_of, started
from playwright.sync_api import Page, expect, sync_playwright
from site_under_test import Site

WIDTH, HEIGHT = 1280, 800
PANEL = 400
_SIDE_BY_SIDE = """<!doctype html>
<style>body {{ margin: 0; display: flex; background: #cfcdc8; gap: 1px }}</style>
<img src="{page}"><img src="{panel}">"""


def take(reader: Reader, site: Site) -> None:
    """Marks, card, library and first steps, numbered in the order of the listing."""
    page = reader.open(site.address(ARTICLE, HOST))
    reader.press(page)
    reader.wait_until_marked(page)
    panel = panel_of(reader, page, "light")
    expect(panel.get_by_test_id("result")).to_be_visible(timeout=WAIT)
    blank = reader.context.new_page()
    beside(part_of(page, panel=False), part_of(panel, panel=True), blank, OUT / "store-1.png")
    page.bring_to_front()
    page.evaluate(FIND, MARKED)
    open_card(page)
    card = page.screenshot()
    panel.get_by_test_id("marks").scroll_into_view_if_needed()
    beside(card, part_of(panel, panel=True), blank, OUT / "store-2.png")
    for number, part, ready in ((3, "library", "measure"), (4, "welcome", "read_demo")):
        own = reader.open(f"{BASE}/{part}/{part}.html")
        expect(own.get_by_test_id(ready)).to_be_visible(timeout=WAIT)
        if part == "welcome":
            own.get_by_test_id(ready).click()
            expect(own.get_by_test_id("result")).to_be_visible(timeout=WAIT)
        own.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        own.screenshot(path=OUT / f"store-{number}.png")


def beside(page: bytes, panel: bytes, blank: Page, target: Path) -> None:
    """Two pictures put together in a ``blank`` page."""
    blank.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    blank.set_content(_SIDE_BY_SIDE.format(page=_address(page), panel=_address(panel)))
    blank.screenshot(path=target)


def part_of(page: Page, *, panel: bool) -> bytes:
    """What a window of that size shows of a page, or of the panel at its side."""
    page.set_viewport_size({"width": PANEL if panel else WIDTH - PANEL - 1, "height": HEIGHT})
    return page.screenshot()


def _address(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def main() -> None:
    chromium = executable()
    if chromium is None:
        raise SystemExit("Chromium was not found: `make test` says how to get it.")
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        started(Path(folder)) as service,
        closing(Site()) as site,
        sync_playwright() as playwright,
        closing(Reader(playwright, chromium)) as reader,
    ):
        reader.use(service.port, service.token())
        take(reader, site)


if __name__ == "__main__":
    main()
