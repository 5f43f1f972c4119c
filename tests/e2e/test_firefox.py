"""The main job in a real Firefox, with the archive of `make pack`: press, read, sidebar, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import free_port, wait_for
from firefox import Firefox
from service_process import ServiceProcess
from shot import SHOTS
from site_under_test import Site
from truthlens.client import Client
from truthlens.render.export import html
from truthlens.seeds import articles_dir

ARTICLE, HOST = "police-budget", "sentinel.test"
FLASHED = """
  const pulse = CSS.highlights.get("truthlens-flash") ?? CSS.highlights.get("truthlens-flash-soft");
  if (!pulse) return null;
  let found = null;
  pulse.forEach((range) => {
    const box = range.getBoundingClientRect();
    found = { text: String(range), seen: box.top >= 0 && box.bottom <= innerHeight };
  });
  return found;
"""
PLACE_OF = """
  let found = null;
  CSS.highlights.get("truthlens-loaded_language-own").forEach((range) => {
    if (String(range) !== arguments[0]) return;
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    const box = range.getBoundingClientRect();
    found = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  return found;
"""
FITS = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth;"
SET = """
  const [selector, value] = arguments;
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
"""
TINT = """
  const paragraph = document.querySelector("p");
  return getComputedStyle(paragraph, "::highlight(truthlens-loaded_language-own)").backgroundColor;
"""


def by_id(name: str) -> str:
    return f'[data-testid="{name}"]'


def face(code: str) -> str:
    return f'{by_id("face")}[data-code="{code}"]'


@pytest.fixture
def token(running: Firefox, service: ServiceProcess) -> str:
    """A new one for each test, since one of them pairs by hand and so ends the one before."""
    return str(Client(service.port, origin=running.origin).pair(service.code(), "test")["token"])


@pytest.fixture
def firefox(running: Firefox, service: ServiceProcess, token: str) -> Iterator[Firefox]:
    """A paired Firefox with one blank tab and no sidebar."""
    running.use(service.port, token)
    yield running
    running.tidy()


def read(firefox: Firefox, url: str) -> None:
    """Open a page, press the button, wait for the report and the marks."""
    firefox.open(url)
    firefox.press()
    firefox.wait_to_see(by_id("result"))
    firefox.wait_until_marked(url)


def test_a_press_opens_the_sidebar_and_paints_the_page(firefox: Firefox, site: Site) -> None:
    assert not firefox.seen("body")
    read(firefox, site.address(ARTICLE, HOST))
    assert "Radical mayor" in firefox.said(by_id("title"))
    painted = firefox.highlights()
    assert "disastrous" in painted["truthlens-loaded_language-own"]
    assert "thug" in painted["truthlens-name_calling-quote"]
    unplaced = int(firefox.said(by_id("unplaced")).split()[0])
    assert len(firefox.painted()) + unplaced == int(firefox.said(by_id("marks_count")))
    assert unplaced == 0
    assert firefox.page(TINT).startswith("rgba("), "the style sheet has come to the page too"
    firefox.picture(SHOTS / "firefox.png")


def test_from_the_page_to_the_list(firefox: Firefox, site: Site) -> None:
    read(firefox, site.address(ARTICLE, HOST))
    place = firefox.page(PLACE_OF, "disastrous")
    firefox.click_page(place["x"], place["y"])
    wait_for(
        lambda: firefox.page("return !!document.querySelector('truthlens-card:popover-open')"),
        "the card opens",
    )
    assert "disastrous" in firefox.said(f'{by_id("finding")}[aria-current="true"]')


def test_evidence_opens_its_place(firefox: Firefox, site: Site) -> None:
    read(firefox, site.address("arms-transfers", "meridianpost.test"))
    firefox.click(by_id("part_headline"))
    firefox.click(f"{by_id('part_headline')} + * {by_id('evidence')}")
    flashed = wait_for(lambda: firefox.page(FLASHED), "a place pulses")
    assert flashed["text"].startswith("14,000")
    assert flashed["seen"]


def test_off_leaves_the_page_as_it_was(firefox: Firefox, site: Site) -> None:
    html = "return document.documentElement.outerHTML"
    address = site.address(ARTICLE, HOST)
    firefox.open(address)
    before = firefox.page(html)
    firefox.press()
    firefox.wait_until_marked(address)
    assert firefox.painted()
    assert firefox.page(html) == before
    firefox.press()
    wait_for(lambda: not firefox.painted(), "the second press takes the marks off")
    assert firefox.page(html) == before
    firefox.click(by_id("toggle_marks"))
    wait_for(firefox.painted, "the sidebar shows them again")


def test_a_press_after_firefox_has_ended_the_background(firefox: Firefox, site: Site) -> None:
    """It does so after half a minute; what is known of the page, and the press itself, must outlive that."""
    firefox.end_background()
    address = site.address(ARTICLE, HOST)
    read(firefox, address)
    firefox.end_background()
    firefox.press()
    wait_for(lambda: not firefox.painted(), "the press is known to be the second one")


def test_the_keyboard_does_what_the_button_does(firefox: Firefox, site: Site) -> None:
    address = site.address(ARTICLE, HOST)
    firefox.open(address)
    firefox.shortcut()
    firefox.wait_until_marked(address)
    assert firefox.painted()


def test_pairing_in_the_sidebar(firefox: Firefox, service: ServiceProcess, token: str, site: Site) -> None:
    firefox.use(service.port, "")
    firefox.open(site.address(ARTICLE, HOST))
    firefox.press()
    firefox.wait_to_see(face("not_paired"))
    firefox.click(by_id("pair_code"))
    firefox.type(service.code().lower())
    firefox.click(by_id("pair"))
    firefox.wait_to_see(by_id("result"))
    wait_for(firefox.painted, "the page is read as soon as the code is right")


def test_nothing_listens(firefox: Firefox, service: ServiceProcess, token: str, site: Site) -> None:
    firefox.use(free_port(), token)
    firefox.open(site.address("storm-live", "shore.test"))
    firefox.press()
    firefox.wait_to_see(face("service_down"))
    assert firefox.said(by_id("command")) == "make run"


def test_a_page_of_the_browser_is_not_supported(firefox: Firefox) -> None:
    firefox.open("about:license")
    firefox.press()
    firefox.wait_to_see(face("page_not_supported"))


def test_a_saved_report_opens(running: Firefox, service: ServiceProcess, tmp_path: Path) -> None:
    page = (articles_dir() / f"{ARTICLE}.html").read_text("utf-8")
    result = Client(service.port, service.token()).analyse(
        {"html": page, "url": f"http://{HOST}/a"}, lambda *_: None
    )
    saved = tmp_path / "report.html"
    saved.write_text(html(result), "utf-8")
    running.open(saved.as_uri())
    assert running.page("return document.title;").endswith("TruthLens report")
    assert running.page("return document.querySelectorAll('aside h2').length;") > 15
    assert running.page("return document.documentElement.scrollWidth <= innerWidth;")


def test_the_library_in_firefox(firefox: Firefox, service: ServiceProcess, site: Site) -> None:
    read(firefox, site.address("rate-decision", "northgatewire.test"))
    read(firefox, site.address("rate-decision-rival", "veldenmorning.test"))
    firefox.open(f"{firefox.origin}/library/library.html")
    entries = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent);"
    titles = wait_for(
        lambda: firefox.page(entries, f"{by_id('entry')} h2") or None, "the saved reports are listed"
    )
    assert any("snubs squeezed homeowners" in title for title in titles)
    firefox.page(SET, by_id("query"), "homeowners")
    wait_for(lambda: len(firefox.page(entries, by_id("entry"))) == 1, "the search finds one")
    firefox.page("document.querySelector(arguments[0]).click();", by_id("show_report"))
    wait_for(
        lambda: "snubs" in "".join(firefox.page(entries, ".text mark, .text .headline-line")),
        "the report stands beside its words",
    )
    firefox.picture(SHOTS / "firefox-library-report.png")
    assert firefox.page(FITS)
    firefox.page("location.hash = '';")
    measures = wait_for(
        lambda: firefox.page("return document.querySelector('#measure')?.options.length ?? 0;"),
        "the pictures can be chosen",
    )
    assert measures > 1
    firefox.page(SET, "#measure", "named")
    wait_for(lambda: "bodies and documents" in firefox.page(entries, by_id("plots_unit"))[0], "another unit")
    assert firefox.page("return document.querySelectorAll('.plots circle').length;") >= 4
    firefox.picture(SHOTS / "firefox-library.png")


@pytest.mark.parametrize("part", ["options/options.html", "welcome/welcome.html"])
def test_options_and_first_steps_in_firefox(firefox: Firefox, part: str) -> None:
    firefox.open(f"{firefox.origin}/{part}")
    wait_for(lambda: firefox.page("return document.querySelectorAll('h2').length > 2;"), "the page is there")
    ready = by_id("versions_service" if "options" in part else "read_demo")
    wait_for(lambda: firefox.page("return !!document.querySelector(arguments[0]);", ready), "it has asked")
    assert firefox.page(FITS)
    firefox.picture(SHOTS / f"firefox-{part.split('/', maxsplit=1)[0]}.png")
