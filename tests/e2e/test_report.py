"""The full report in the panel, and saved as a page of its own that needs nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Reader
from playwright.sync_api import Playwright, expect
from service_process import ServiceProcess
from shot import SHOTS, Shot
from site_under_test import Site
from truthlens.client import Client
from truthlens.render.export import html
from truthlens.seeds import articles_dir

SECTIONS = ("suggested_headline", "summary", "possible_omissions", "sources", "numbers", "headline_audit")
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module")
def exported(service: ServiceProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = (articles_dir() / "arms-transfers.html").read_text("utf-8")
    client = Client(service.port, service.token())
    result = client.analyse({"html": page, "url": "http://meridianpost.test/a"}, lambda *_: None)
    path = tmp_path_factory.mktemp("exported") / "report.html"
    path.write_text(html(result), "utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_report_in_the_panel(scheme: str, reader: Reader, site: Site, shot: Shot) -> None:
    page = reader.open(site.address("arms-transfers", "meridianpost.test"))
    reader.press(page)
    panel = reader.panel()
    expect(panel.get_by_test_id("result")).to_be_visible()
    panel.evaluate(OPEN_ALL)
    for key in SECTIONS:
        expect(panel.get_by_test_id(f"section_{key}")).to_be_visible()
    expect(panel.get_by_test_id("section_geopolitical_context").locator("svg")).to_be_visible()
    expect(panel.get_by_test_id("section_market_effects")).to_contain_text("does not mention markets")
    assert panel.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shot.panel(panel, f"report-{scheme}", scheme=scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_report_stands_alone_in_chromium(
    scheme: str, exported: Path, playwright: Playwright, chromium: str
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(exported.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [exported.as_uri()]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"saved-{scheme}.png", full_page=True)
    for size in ("A4", "Letter"):
        assert page.pdf(format=size).startswith(b"%PDF")
    browser.close()
