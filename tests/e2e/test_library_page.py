"""The library's page in a real browser: list, search, report, comparison, and how it looks."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Reader, extension_id, wait_for
from playwright.sync_api import Page, expect
from service_process import ORIGIN, ServiceProcess
from shot import Shot
from truthlens.client import Client
from truthlens.seeds import articles_dir

SEEN = {  # two on one event
    "police-budget": "https://wexcombesentinel.test/overtime",
    "police-budget-rival": "https://wexcombecommons.test/vote",
}
OLDER = [  # outlet, day, marks in its own words
    ("Wexcombe Sentinel", "2025-06-02", 9),
    ("Wexcombe Sentinel", "2025-05-20", 12),
    ("Wexcombe Sentinel", "2025-05-03", 5),
    ("The Lowmoor Wire", "2025-06-08", 0),
    ("The Lowmoor Wire", "2025-05-27", 1),
    ("The Lowmoor Wire", "2025-05-11", 0),
    ("The Lowmoor Wire", "2025-04-22", 2),
    ("Meridian Post", "2025-05-30", 4),
    ("Meridian Post", "2025-04-29", 7),
]
SIZES = (360, 700, 1400)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


KEEP_SAVED = """() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    void blob.text().then((text) => { window.saved = text; });
    return make(blob);
  };
}"""


@pytest.fixture(scope="module")
def filled(service: ServiceProcess) -> ServiceProcess:
    """A library of two analysed articles and of lines that only count."""
    client = Client(service.port, service.token(), origin=ORIGIN)
    client.request("DELETE", "/v1/library")
    for slug, url in SEEN.items():
        page = (articles_dir() / f"{slug}.html").read_text("utf-8")
        result = client.analyse({"url": url, "html": page})
    with service.library() as library:
        for number, (outlet, day, own) in enumerate(OLDER):
            made = _older(result, outlet, day, own, number)
            title, url = made["article"]["title"], made["article"]["url"]
            library.save(f"older{number}", made, request_id=f"r{number}", versions="", url=url, title=title)
    return service


def _older(result: dict[str, Any], outlet: str, day: str, own: int, number: int) -> dict[str, Any]:
    made = copy.deepcopy(result)
    url = f"https://older.test/{number}"
    made["article"] |= {"outlet": outlet, "published": day, "url": url, "canonical_url": url}
    made["article"] |= {"title": f"Council notes of {day}", "text": f"Council notes of {day}\nAll agreed."}
    made["report"]["counts"] |= {"findings": own + 2, "by_voice": {"own": own, "quote": 2}}
    return made


@pytest.fixture
def page(reader: Reader, filled: ServiceProcess) -> Iterator[Page]:
    reader.use(filled.port, filled.token())
    opened = reader.open(f"chrome-extension://{extension_id()}/library/library.html")
    yield opened
    opened.close()


def _without_violations(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(page: Page, shot: Shot, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    expect(page.get_by_test_id("entry")).to_have_count(len(SEEN) + len(OLDER))
    expect(page.get_by_test_id("rests_on").first).to_have_text(
        "Rests on 11 articles; 2 outlets have fewer than 3"
    )
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width
    _without_violations(page)
    shot(page, f"library-{scheme}")
    page.get_by_test_id("tick").nth(9).check()
    page.get_by_test_id("tick").nth(10).check()
    page.get_by_test_id("compare").click()
    expect(page.get_by_test_id("comparison")).to_be_visible()
    page.get_by_test_id("evidence").first.click()
    expect(page.locator(".text .here").first).to_be_visible()
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width
    _without_violations(page)
    shot(page, f"library-compare-{scheme}")
    page.go_back()
    expect(page.get_by_test_id("chosen")).to_be_visible()
    page.get_by_test_id("show_report").nth(9).click()
    expect(page.get_by_test_id("result")).to_be_visible()
    page.locator("[data-testid=finding]:visible").first.click()
    expect(page.locator(".text .here").first).to_be_in_viewport()
    _without_violations(page)
    shot(page, f"library-report-{scheme}")
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate(FITS)
    shot(page, f"library-narrow-{scheme}")


def test_search_report_and_back(page: Page) -> None:
    page.get_by_test_id("query").fill("courageous")
    expect(page.get_by_test_id("entry")).to_have_count(1)
    page.get_by_test_id("show_report").click()
    expect(page.get_by_test_id("title")).to_contain_text("Courageous council")
    chip = page.get_by_test_id("report").get_by_test_id("evidence").first
    chip.scroll_into_view_if_needed()
    kept = page.evaluate("scrollY")
    chip.click()
    expect(page.locator(".text .here").first).to_be_in_viewport()
    assert page.evaluate("scrollY") == kept
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("entry")).to_have_count(1)


def test_a_copy_of_everything(page: Page) -> None:
    # What is saved, not the file: where a browser puts its downloads, others that drive it have changed.
    page.evaluate(KEEP_SAVED)
    page.get_by_test_id("library_export").click()
    saved = wait_for(lambda: page.evaluate("window.saved"), "something is saved")
    assert len(json.loads(saved)["analyses"]) == len(SEEN) + len(OLDER)


def test_keeping_and_forgetting(page: Page, filled: ServiceProcess) -> None:
    page.get_by_test_id("keep").uncheck()
    expect(page.get_by_test_id("keeping_off")).to_be_visible()
    page.get_by_test_id("library_keep_again").click()
    expect(page.get_by_test_id("keeping_off")).to_have_count(0)
    page.get_by_test_id("library_forget").first.click()
    page.get_by_test_id("ask_yes").click()
    expect(page.get_by_test_id("entry")).to_have_count(len(SEEN) + len(OLDER) - 1)
    page.get_by_test_id("library_forget_all").click()
    page.get_by_test_id("ask_yes").click()
    expect(page.get_by_test_id("face")).to_have_attribute("data-code", "empty")
    with filled.library() as library:
        wait_for(lambda: not library.listing(), "nothing is kept")
