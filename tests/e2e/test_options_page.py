"""The options in a real browser: what is set holds, what the service keeps is asked of it, keys suffice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Reader, extension_id, wait_for
from playwright.sync_api import Page, expect
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
GROUND = "getComputedStyle(document.body).backgroundColor"
STOP = """() => {
  const here = document.activeElement;
  return [here.tagName, here.id, here.dataset.testid ?? "", here.textContent.trim().slice(0, 20)].join(" ");
}"""


@pytest.fixture
def page(reader: Reader) -> Iterator[Page]:
    opened = reader.open(f"chrome-extension://{extension_id()}/options/options.html")
    expect(opened.get_by_test_id("versions_service")).to_be_visible()
    yield opened
    reader.worker.evaluate(
        "chrome.storage.local.remove(['theme', 'density', 'markStyle', 'own_words', 'ignored', 'floor'])"
    )
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(page: Page, shot: Shot, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    for width in (360, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), width
    shot(page, f"options-{scheme}")


def test_theme_and_spacing_hold_everywhere(page: Page, reader: Reader) -> None:
    page.emulate_media(color_scheme="light")
    light = page.evaluate(GROUND)
    page.get_by_test_id("theme").select_option("dark")
    wait_for(lambda: page.evaluate(GROUND) != light, "the page is dark")
    dark = page.evaluate(GROUND)
    page.get_by_test_id("density").select_option("compact")
    other = reader.open(f"chrome-extension://{extension_id()}/library/library.html")
    other.emulate_media(color_scheme="light")
    wait_for(lambda: other.evaluate(GROUND) == dark, "the library is dark too")
    expect(other.locator("html")).to_have_attribute("data-density", "compact")
    other.close()


def test_an_indicator_is_switched_off_and_on(page: Page) -> None:
    box = page.get_by_test_id("indicator_loaded_language")
    expect(box).to_be_checked()
    box.uncheck()
    expect(page.get_by_test_id("off")).to_contain_text("Loaded language")
    page.get_by_test_id("back_indicators").click()
    expect(box).to_be_checked()


def test_words_of_the_readers_own_are_marked(page: Page, reader: Reader, site: Site) -> None:
    page.get_by_test_id("own_words").fill("Harbour\nharbour\nmortgage\nx")
    page.get_by_test_id("own_words_save").click()
    expect(page.get_by_test_id("own_words")).to_have_value("harbour\nmortgage")
    article = reader.open(site.address("rate-decision-rival", "veldenmorning.test"))
    reader.press(article)
    reader.wait_until_marked(article)
    names = {name: set(texts) for name, texts in reader.highlights(article).items()}
    assert names["truthlens-own_words-own"] >= {"mortgage", "Harbour"}
    panel = reader.panel()
    expect(panel.get_by_test_id("filter_own_words")).to_be_visible()
    assert "outside quotation marks" in panel.get_by_test_id("findings").inner_text()


def test_feeds_must_be_feeds(page: Page) -> None:
    expect(page.get_by_test_id("feeds_none")).to_be_visible()
    page.get_by_test_id("feed").fill("http://127.0.0.1:1/feed")
    page.get_by_test_id("add_feed").click()
    expect(page.get_by_test_id("feeds_place").get_by_test_id("trouble")).to_be_visible()
    expect(page.get_by_test_id("feeds_none")).to_be_visible()


def test_a_language_model_stays_on_this_computer(page: Page, service: ServiceProcess) -> None:
    page.get_by_test_id("llm_url").fill("http://models.example/v1")
    page.get_by_test_id("llm_model").fill("small")
    page.get_by_test_id("llm_use").click()
    refused = page.get_by_test_id("llm").get_by_test_id("trouble")
    expect(refused).to_have_attribute("data-code", "bad_settings")
    page.get_by_test_id("llm_url").fill("http://127.0.0.1:9/v1")
    page.get_by_test_id("llm_use").click()
    expect(page.get_by_test_id("llm_state")).to_contain_text("Nothing listens")
    page.get_by_test_id("llm_off").click()
    expect(page.get_by_test_id("llm_state")).to_have_text("None is asked.")


def test_settings_go_into_a_file_and_back(page: Page, tmp_path: Path) -> None:
    page.get_by_test_id("theme").select_option("dark")
    kept = page.evaluate(
        "import('/options/settings-file.js').then(({ settingsNow }) => settingsNow()).then(JSON.stringify)"
    )
    assert json.loads(kept)["settings"]["theme"] == "dark"
    assert "token" not in kept
    page.get_by_test_id("theme").select_option("light")
    file = tmp_path / "settings.json"
    file.write_text(kept, "utf-8")
    page.get_by_test_id("settings_file").set_input_files(file)
    page.get_by_test_id("settings_load").click()
    page.get_by_test_id("ask_yes").click()
    expect(page.get_by_test_id("settings_said")).to_have_text("Loaded.")
    expect(page.get_by_test_id("theme")).to_have_value("dark")
    expect(page.get_by_test_id("paired")).to_have_text("This browser is paired.")


def test_the_tab_key_reaches_everything_and_is_never_caught(page: Page) -> None:
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, textarea")]
          .filter((one) => one.checkVisibility() && !one.disabled).length"""
    )
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
        assert page.evaluate("document.activeElement.matches(':focus-visible')"), stops[-1]
    # A file chooser and a list of dates may be several stops of one control; nothing else may repeat.
    assert len(set(stops)) >= wanted - 2, stops
