"""What tests of marked pages do again and again: press and wait, open a card, watch for shifts."""

from __future__ import annotations

import time

from browser import Reader, extension_id, wait_for
from closed_root import ClosedRoot
from playwright.sync_api import Page, expect

STYLE = "<style>body{font:18px/1.6 serif;margin:0}main{max-width:640px;margin:32px auto}</style>"
HTML = "document.documentElement.outerHTML"
AGAIN_SECONDS = 3.0
CENTRE = """(text) => {
  const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
  const box = ranges.find((one) => String(one) === text).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}"""
WATCH_SHIFTS = """() => {
  globalThis.shifts = [];
  const keep = (list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value));
  globalThis.shifted = new PerformanceObserver(keep);
  globalThis.shifted.observe({ type: "layout-shift" });
}"""
SHIFTS = """() => {
  globalThis.shifts.push(...globalThis.shifted.takeRecords().map(({ value }) => value));
  return globalThis.shifts;
}"""


def marked(reader: Reader, address: str) -> Page:
    """The page of this address with its marks on it."""
    page = reader.open(address)
    press(reader, page)
    return page


def press(reader: Reader, page: Page) -> None:
    """Press the button and wait until the page is marked. The panel does the rest of the work."""
    reader.press(page)
    reader.panel()
    reader.wait_until_marked(page)


def open_card(page: Page, text: str) -> ClosedRoot:
    """The card of the first mark with this text, opened by a click; by another one where the first fell into
    the moment in which marks were shown anew.
    """
    card = ClosedRoot(page, "truthlens-card")
    clicked = 0.0

    def opened() -> str:
        nonlocal clicked
        if not clicked or (not card.text() and time.monotonic() - clicked > AGAIN_SECONDS):
            place = page.evaluate(CENTRE, text)
            page.mouse.click(place["x"], place["y"])
            clicked = time.monotonic()
        return card.text()

    wait_for(opened, "the card opens")
    return card


def command(reader: Reader, page: Page, name: str) -> None:
    """What the browser does when the key of a command is pressed: Playwright's keyboard cannot."""
    page.bring_to_front()
    reader.worker.evaluate(
        """async (name) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          chrome.commands.onCommand.dispatch(name, tab);
        }""",
        name,
    )


def choose(reader: Reader, page: Page, entry: str, selected: str = "") -> None:
    """What the browser does when an entry of a context menu is chosen: no protocol opens native menus."""
    page.bring_to_front()
    reader.worker.evaluate(
        """async ([menuItemId, selectionText]) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          chrome.contextMenus.onClicked.dispatch({ menuItemId, selectionText }, tab);
        }""",
        [entry, selected],
    )


class Grants:
    """Leave to read pages of a site without a press.

    Browsers ask for it in a window that no protocol reaches: so it is given beforehand, on the browser's own
    page of the extension, and then asked for as readers do.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def give(self, host: str) -> None:
        """By the options, with a click."""
        settings = self._reader.open(f"chrome://extensions/?id={extension_id()}")
        for pattern in patterns(host):
            settings.evaluate(
                "([id, site]) => chrome.developerPrivate.addHostPermission(id, site)",
                [extension_id(), pattern],
            )
        settings.close()
        options = self._reader.open(f"chrome-extension://{extension_id()}/options/options.html")
        options.get_by_test_id("sites_allow_field").fill(host)
        options.get_by_test_id("sites_allow_add").click()
        expect(options.get_by_test_id("sites_allowed")).to_contain_text(host)
        options.close()

    def take(self, host: str) -> None:
        """Behind the extension's back, as the browser's own pages do."""
        self._reader.worker.evaluate(
            "(origins) => chrome.permissions.remove({ origins })", list(patterns(host))
        )


def patterns(host: str) -> tuple[str, str]:
    """What the browser is asked for."""
    return f"*://{host}/*", f"*://*.{host}/*"
