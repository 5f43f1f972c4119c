"""The page of the first steps: it opens by itself and leads from nothing to a read article, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Reader, extension_id, free_port
from playwright.sync_api import Page, expect
from service_process import ServiceProcess
from shot import Shot

ADDRESS = f"chrome-extension://{extension_id()}/welcome/welcome.html"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def page(reader: Reader) -> Iterator[Page]:
    opened = reader.open(ADDRESS)
    yield opened
    opened.close()


def _state(page: Page, step: str) -> str | None:
    return page.get_by_test_id(f"step_{step}").get_attribute("data-state")


def test_from_nothing_to_a_read_article(
    reader: Reader, service: ServiceProcess, page: Page, shot: Shot
) -> None:
    reader.use(free_port())
    expect(page.get_by_test_id("step_start")).to_have_attribute("data-state", "now")
    expect(page.get_by_test_id("command")).to_have_text("make run")
    assert (_state(page, "pair"), _state(page, "try")) == ("waiting", "waiting")
    shot(page, "welcome-start")
    reader.use(service.port)
    expect(page.get_by_test_id("step_pair")).to_have_attribute("data-state", "now")
    page.get_by_test_id("pair_code").fill(service.code())
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("step_try")).to_have_attribute("data-state", "now")
    page.get_by_test_id("read_demo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("result")).to_be_visible()
    expect(page.get_by_test_id("step_try")).to_have_attribute("data-state", "done")
    marks = page.locator(".text mark")
    assert marks.count() >= 3
    classes = {str(mark.get_attribute("class")) for mark in marks.all()}
    assert {"own", "quote", "headline"} <= classes, "the demo shows whose words they are"
    assert page.evaluate(FITS)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    with service.library() as library:
        assert "demo.invalid" not in "".join(saved.url for saved in library.listing()), "it is not kept"
    shot(page, "welcome-read")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    expect(page.get_by_test_id("permissions").locator("tr")).not_to_have_count(0)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    for width in (360, 700):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width


def test_every_permission_has_its_reason(page: Page) -> None:
    manifest = page.evaluate("chrome.runtime.getManifest()")
    asked = manifest["permissions"] + manifest["host_permissions"] + manifest["optional_host_permissions"]
    rows = page.get_by_test_id("permissions").locator("tbody tr")
    assert rows.locator("td:first-child").all_inner_texts() == asked
    for reason in rows.locator("td:last-child").all_inner_texts():
        assert reason.endswith(".")
