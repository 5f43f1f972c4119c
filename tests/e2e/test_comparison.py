"""Two papers on one event: both are read in the browser, and the panel sets them side by side."""

from __future__ import annotations

import tomllib

from axe_playwright_python.sync_playwright import Axe
from browser import Reader
from playwright.sync_api import expect
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site
from truthlens.client import Client
from truthlens.seeds import articles_dir

FIRST, SECOND = "rate-decision", "rate-decision-rival"


def test_the_panel_compares_two_reports_of_one_event(
    reader: Reader, service: ServiceProcess, site: Site, shot: Shot
) -> None:
    about = {
        slug: tomllib.loads((articles_dir() / f"{slug}.toml").read_text("utf-8")) for slug in (FIRST, SECOND)
    }
    assert about[SECOND]["same_event"] == FIRST
    token = reader.worker.evaluate("async () => (await chrome.storage.local.get('token')).token")
    Client(service.port, token).request("DELETE", "/v1/library")  # other tests read these articles too
    page = reader.open(site.address(FIRST, "northgatewire.test"))
    reader.press(page)
    reader.wait_until_marked(page)
    second = reader.open(site.address(SECOND, "veldenmorning.test"))
    reader.press(second)
    reader.wait_until_marked(second)
    panel = reader.panel()
    section = panel.get_by_test_id("section_comparison")
    expect(section.get_by_test_id("siblings_count")).to_contain_text("1")
    section.locator("summary").first.click()
    sibling = section.locator("label", has=panel.get_by_test_id("sibling"))
    expect(sibling).to_contain_text("Estrava central bank holds key rate")
    section.get_by_test_id("compare").click()
    compared = section.get_by_test_id("compared")
    # The one figure on which they disagree, and words that only one of them uses.
    expect(compared).to_contain_text("140")
    expect(compared).to_contain_text("150")
    expect(compared.get_by_test_id("evidence").first).to_be_visible()
    assert panel.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(panel)
    assert found.violations_count == 0, found.generate_report()
    shot.panel(panel, "panel-comparison")
