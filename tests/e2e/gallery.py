"""Pictures of all that a reader can see, in both browsers, light, dark, in forced colours: `make gallery`.

Writes dist/gallery/index.html. It is made to be looked at; whether things are right, the tests say.
"""

from __future__ import annotations

import html
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from browser import ROOT, Reader, executable, extension_id, wait_for
from firefox import Firefox, packed
from firefox import executable as firefox_executable
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from service_process import ORIGIN, ServiceProcess
from shot import PANEL_WIDTH
from site_under_test import Site
from truthlens.client import Client
from truthlens.seeds import articles_dir

OUT = ROOT / "dist" / "gallery"
BASE = f"chrome-extension://{extension_id()}"
ARTICLE, HOST = "police-budget", "sentinel.test"
SAVED = ("rate-decision", "rate-decision-rival", "police-budget", "storm-live", "arms-transfers")
LOOKS = ("light", "dark", "forced")
GERMAN = "German"
# Firefox's settings: pages follow the first, the sidebar the second; 2 puts the reader's colours over others.
FIREFOX_LOOKS = {
    look: {
        "layout.css.prefers-color-scheme.content-override": 0 if look == "dark" else 1,
        "browser.theme.toolbar-theme": 0 if look == "dark" else 1,
        "browser.display.document_color_use": 2 if look == "forced" else 0,
    }
    for look in LOOKS
}
WAIT = 60_000.0

# Every face of the panel that says why there is no report. Those in OURS are worded by _locales, those in
# PROVOKED by the service.
OURS = (
    "service_down",
    "service_stopped",
    "no_answer",
    "not_truthlens",
    "wrong_version",
    "address_not_allowed",
    "not_paired",
    "wrong_token",
    "page_not_supported",
    "permission_missing",
    "page_moved",
    "unknown_analysis",
    "unexpected",
)
PROVOKED = {"no_article": "links", "not_english": "french", "too_short": "short"}
FACE = """([tabId, code]) => import("/lib/service.js").then(({ failure }) => {
  const error = failure(code, 8765, "2", "1").toJSON();
  const run = { runId: crypto.randomUUID(), tabId, phase: "failed", url: "https://news.test/",
    title: "A page", keep: true, analysisId: "", error, visible: true, sheet: "" };
  return chrome.storage.session.set({ [`run:${tabId}`]: run });
})"""
MARKED = "so-called"
FIND = """(words) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && !walker.currentNode.data.includes(words));
  const range = document.createRange();
  range.setStart(walker.currentNode, walker.currentNode.data.indexOf(words));
  range.setEnd(walker.currentNode, range.startOffset + words.length);
  walker.currentNode.parentElement.scrollIntoView({ block: "center" });
  const box = range.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
"""Of the page's text, not of the highlights: in forced colours there are none, but lines of our own."""


class Gallery:
    """Collects pictures by their part and name."""

    def __init__(self) -> None:
        self._pictures: dict[str, list[tuple[str, str]]] = {}
        OUT.mkdir(parents=True, exist_ok=True)
        for old in OUT.glob("*.png"):
            old.unlink()

    def path(self, part: str, name: str) -> Path:
        file = f"{part}-{name}.png".lower().replace(" ", "-").replace(",", "")
        self._pictures.setdefault(part, []).append((name, file))
        return OUT / file

    def take(self, page: Page, part: str, name: str, *, width: int = 1100, whole: bool = True) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        height = int(page.evaluate("document.documentElement.scrollHeight")) if whole else 900
        page.set_viewport_size({"width": width, "height": min(max(height, 400), 6000)})
        page.screenshot(path=self.path(part, name))

    def write(self) -> Path:
        parts = "".join(
            f"<h2>{html.escape(part)}</h2><div>"
            + "".join(
                f'<figure><a href="{file}"><img src="{file}" loading="lazy" alt="{html.escape(name)}"></a>'
                f"<figcaption>{html.escape(name)}</figcaption></figure>"
                for name, file in pictures
            )
            + "</div>"
            for part, pictures in self._pictures.items()
        )
        style = (
            "body{font:14px system-ui;margin:24px;background:#eee;color:#222}div{display:flex;flex-wrap:wrap;"
            "gap:16px;align-items:start}figure{margin:0;background:#fff;padding:8px}img{display:block;"
            "max-width:340px;max-height:640px;object-fit:cover;object-position:top}figcaption{padding-top:6px}"
        )
        index = OUT / "index.html"
        index.write_text(
            f"<!doctype html><meta charset=utf-8><title>TruthLens gallery</title><style>{style}</style>"
            f"<h1>TruthLens gallery</h1>{parts}",
            "utf-8",
        )
        return index


def dress(page: Page, look: str) -> None:
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced" else "none",
    )


@contextmanager
def started(folder: Path) -> Iterator[ServiceProcess]:
    """A service that has read the demo articles."""
    service = ServiceProcess(folder / "data")
    service.start()
    try:
        service.wait_until_ready()
        client = Client(service.port, service.token(), origin=ORIGIN)
        for slug in SAVED:
            about = tomllib.loads((articles_dir() / f"{slug}.toml").read_text("utf-8"))
            page = (articles_dir() / f"{slug}.html").read_text("utf-8")
            client.analyse({"url": about["url"], "html": page})
        yield service
    finally:
        service.close()


def in_chromium(
    playwright: Playwright, chromium: str, service: ServiceProcess, site: Site, gallery: Gallery
) -> None:
    for look in LOOKS:
        reader = Reader(playwright, chromium, dark=look == "dark")
        reader.use(service.port, service.token())
        try:
            _page_and_panel(reader, site, gallery, look)
            _faces(reader, site, gallery, look)
            _own_pages(reader, gallery, look)
        finally:
            reader.close()
    reader = Reader(playwright, chromium, language="de")
    reader.use(service.port, service.token())
    try:
        if reader.worker.evaluate("chrome.i18n.getUILanguage()").startswith("de"):
            _page_and_panel(reader, site, gallery, GERMAN)
            _faces(reader, site, gallery, GERMAN)
            _own_pages(reader, gallery, GERMAN)
        else:
            sys.stderr.write("This Chromium came without German, so there are no pictures of it.\n")
    finally:
        reader.close()


def panel_of(reader: Reader, page: Page, look: str) -> Page:
    """The panel as a page that is held to a tab: the side panel itself takes no emulated colours."""
    page.bring_to_front()
    tab = reader.worker.evaluate("async () => (await chrome.tabs.query({ active: true }))[0].id")
    panel = reader.open(f"{BASE}/panel/panel.html?tab={tab}")
    dress(panel, look)
    return panel


def open_card(page: Page) -> None:
    """By a click on the marked words."""
    page.mouse.click(*page.evaluate(FIND, MARKED))
    # Asked from here: a page's policy forbids Playwright to ask within.
    opened = "document.querySelector('truthlens-card:popover-open') !== null"
    wait_for(lambda: page.evaluate(opened), "the card opens")


def _page_and_panel(reader: Reader, site: Site, gallery: Gallery, look: str) -> None:
    page = reader.open(site.address(ARTICLE, HOST))
    dress(page, look)
    reader.press(page)
    reader.wait_until_marked(page)
    page.evaluate(FIND, MARKED)
    gallery.take(page, "The page", f"Chromium, marks, {look}", width=1000, whole=False)
    open_card(page)
    page.screenshot(path=gallery.path("The page", f"Chromium, card, {look}"))
    page.keyboard.press("Escape")
    panel = panel_of(reader, page, look)
    expect(panel.get_by_test_id("result")).to_be_visible(timeout=WAIT)
    gallery.take(panel, "The panel", f"Chromium, first screen, {look}", width=PANEL_WIDTH, whole=False)
    gallery.take(panel, "The panel", f"Chromium, report, {look}", width=PANEL_WIDTH)
    panel.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    gallery.take(panel, "The panel", f"Chromium, all sections open, {look}", width=PANEL_WIDTH)
    panel.close()
    page.close()
    other = reader.open(site.address("rate-decision-rival", "veldenmorning.test"))
    reader.press(other)
    reader.wait_until_marked(other)
    panel = panel_of(reader, other, look)
    section = panel.get_by_test_id("section_comparison")
    section.locator("summary").first.click(timeout=WAIT)
    section.get_by_test_id("compare").click()
    expect(section.get_by_test_id("compared").get_by_test_id("evidence").first).to_be_visible(timeout=WAIT)
    gallery.take(panel, "The panel", f"Chromium, comparison, {look}", width=PANEL_WIDTH)
    panel.close()
    other.close()


def _faces(reader: Reader, site: Site, gallery: Gallery, look: str) -> None:
    page = reader.open(site.address("storm-live", "shore.test"))
    panel = panel_of(reader, page, look)
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "idle")
    gallery.take(panel, "Faces", f"Chromium, idle, {look}", width=PANEL_WIDTH)
    tab = int(panel.url.rpartition("=")[2])
    for code in OURS:
        panel.evaluate(FACE, [tab, code])
        expect(panel.get_by_test_id("face")).to_have_attribute("data-code", code)
        gallery.take(panel, "Faces", f"Chromium, {code}, {look}", width=PANEL_WIDTH)
    panel.close()
    page.close()
    for code, name in PROVOKED.items():
        page = reader.open(site.address(name))
        reader.press(page)
        panel = panel_of(reader, page, look)
        expect(panel.get_by_test_id("face")).to_have_attribute("data-code", code, timeout=WAIT)
        gallery.take(panel, "Faces", f"Chromium, {code}, {look}", width=PANEL_WIDTH)
        panel.close()
        page.close()


def _own_pages(reader: Reader, gallery: Gallery, look: str) -> None:
    for part, ready in (("options", "versions_service"), ("library", "measure"), ("welcome", "read_demo")):
        page = reader.open(f"{BASE}/{part}/{part}.html")
        dress(page, look)
        expect(page.get_by_test_id(ready)).to_be_visible(timeout=WAIT)
        gallery.take(page, "Own pages", f"Chromium, {part}, {look}")
        gallery.take(page, "Own pages", f"Chromium, {part}, 360 px, {look}", width=PANEL_WIDTH)
        if part == "library":
            page.get_by_test_id("show_report").nth(2).click()
            expect(page.get_by_test_id("result")).to_be_visible(timeout=WAIT)
            gallery.take(page, "Own pages", f"Chromium, saved report, {look}", whole=False)
        if part == "welcome":
            page.get_by_test_id("read_demo").click()
            expect(page.get_by_test_id("result")).to_be_visible(timeout=WAIT)
            gallery.take(page, "Own pages", f"Chromium, welcome with its article, {look}", whole=False)
        page.close()


def in_firefox(found: str, folder: Path, service: ServiceProcess, site: Site, gallery: Gallery) -> None:
    """The whole window: the sidebar is no page of its own there."""
    firefox = Firefox(found, packed(folder))
    try:
        token = str(Client(service.port, origin=firefox.origin).pair(service.code(), "gallery")["token"])
        firefox.use(service.port, "")
        firefox.open(site.address(ARTICLE, HOST))
        firefox.press()
        firefox.wait_to_see('[data-code="not_paired"]')
        firefox.picture(gallery.path("Firefox", "not paired"))
        firefox.use(service.port, token)
        for scheme in LOOKS:
            for name, value in FIREFOX_LOOKS[scheme].items():
                firefox.chrome("Services.prefs.setIntPref(arguments[0], arguments[1])", name, value)
            address = site.address(ARTICLE, HOST)
            firefox.open(address)
            firefox.press()
            firefox.wait_to_see('[data-testid="result"]')
            firefox.wait_until_marked(address)
            firefox.picture(gallery.path("Firefox", f"page and sidebar, {scheme}"))
            firefox.tidy()
            for part in ("options", "library", "welcome"):
                firefox.open(f"{firefox.origin}/{part}/{part}.html")
                firefox.page("return new Promise((resolve) => setTimeout(resolve, 1500));")
                firefox.picture(gallery.path("Firefox", f"{part}, {scheme}"))
            firefox.tidy()
    finally:
        firefox.close()


def main() -> None:
    chromium, firefox = executable(), firefox_executable()
    if chromium is None and firefox is None:
        raise SystemExit("Neither Chromium nor Firefox was found: `make test` says how to get them.")
    gallery = Gallery()
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as service, closing(Site()) as site:
        if chromium is not None:
            with sync_playwright() as playwright:
                in_chromium(playwright, chromium, service, site, gallery)
        if firefox is not None:
            in_firefox(firefox, Path(folder) / "packed", service, site, gallery)
    sys.stdout.write(f"{gallery.write()}\n")


if __name__ == "__main__":
    main()
