"""The same page and panel for readers who prefer dark, and the panel under axe in both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Reader, extension_id, wait_for
from playwright.sync_api import Page, Playwright, expect
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site

MIDDLE = """() => {
  const marks = [...CSS.highlights].filter(([name]) => name.startsWith("truthlens-"));
  [...marks[0][1]][0].startContainer.parentElement.scrollIntoView({ block: "center" });
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def reading(
    request: pytest.FixtureRequest, playwright: Playwright, chromium: str, service: ServiceProcess, site: Site
) -> Iterator[tuple[Reader, Page, str]]:
    reader = Reader(playwright, chromium, dark=request.param == "dark")
    reader.use(service.port, service.token())
    page = reader.open(site.address("storm-live", "shore.test"))
    reader.press(page)
    yield reader, page, request.param
    reader.close()


def test_pictures(reading: tuple[Reader, Page, str], shot: Shot) -> None:
    reader, page, scheme = reading
    panel = reader.panel()
    expect(panel.get_by_test_id("result")).to_be_visible()
    wait_for(lambda: reader.painted(page), "the dark page is marked")
    page.evaluate(MIDDLE)
    shot(page, f"page-{scheme}")
    assert panel.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shot.panel(panel, f"panel-{scheme}", scheme=scheme)


def test_the_panel_is_accessible(reading: tuple[Reader, Page, str]) -> None:
    reader, _, _ = reading
    expect(reader.panel().get_by_test_id("result")).to_be_visible()
    for part in ("panel/panel.html", "options/options.html"):
        tab = reader.open(f"chrome-extension://{extension_id()}/{part}")
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
        tab.close()
