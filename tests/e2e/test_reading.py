"""The main job in a real browser against the real service: press, read, marks, panel, and back."""

from __future__ import annotations

from browser import Reader, wait_for
from playwright.sync_api import Page, expect
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site


def read(reader: Reader, url: str) -> tuple[Page, Page]:
    """Open a page, press the button, wait for the report: the page and the panel."""
    page = reader.open(url)
    reader.press(page)
    panel = reader.panel()
    expect(panel.get_by_test_id("result")).to_be_visible()
    reader.wait_until_marked(page)
    return page, panel


FLASHED = """() => {
  const pulse = CSS.highlights.get("truthlens-flash") ?? CSS.highlights.get("truthlens-flash-soft");
  if (!pulse) return null;
  const [range] = pulse;
  const box = range.getBoundingClientRect();
  return { text: String(range), seen: box.top >= 0 && box.bottom <= innerHeight };
}"""
PLACE_OF = """(text) => {
  const ranges = [...CSS.highlights.get("truthlens-loaded_language-own")];
  const range = ranges.find((one) => String(one) === text);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const box = range.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}"""


def test_a_press_fills_the_panel_and_paints_the_page(reader: Reader, site: Site) -> None:
    page, panel = read(reader, site.address("arms-transfers", "meridianpost.test"))
    expect(panel.get_by_test_id("title")).to_contain_text("14,000 troops")
    expect(panel.get_by_test_id("outlet")).to_contain_text("Meridian Post")
    for part in ("sourcing", "balance", "language", "headline", "transparency"):
        expect(panel.get_by_test_id(f"part_{part}")).to_be_visible()
    expect(panel.get_by_test_id("part_headline")).to_contain_text("14,000 is not stated in the text")
    painted = reader.highlights(page)
    own = painted["truthlens-loaded_language-own"]
    assert "massive" in own
    assert any("stunning" in text for text in own)
    assert any("massive" in text for text in painted["truthlens-loaded_language-headline"])
    expect(panel.get_by_test_id("unplaced")).to_contain_text("0")


def test_whose_words_is_told_apart_on_the_page(reader: Reader, site: Site) -> None:
    page, _ = read(reader, site.address("police-budget", "sentinel.test"))
    painted = reader.highlights(page)
    assert "thug" in painted["truthlens-name_calling-quote"]
    assert "disastrous" in painted["truthlens-loaded_language-own"]


def test_a_neutral_article_stays_unmarked(reader: Reader, site: Site, shot: Shot) -> None:
    page, panel = read(reader, site.address("rate-decision", "wire.test"))
    assert reader.painted(page) == set()
    expect(panel.get_by_test_id("marks_count")).to_have_text("0")
    expect(panel.get_by_test_id("section_manipulative_elements")).to_contain_text("nothing found")
    shot.panel(panel, "panel-neutral")


def test_from_the_list_to_the_page(reader: Reader, site: Site) -> None:
    page, panel = read(reader, site.address("police-budget", "sentinel.test"))
    page.evaluate("scrollTo(0, 0)")
    panel.get_by_test_id("finding").filter(has_text="disastrous").first.click()
    flashed = wait_for(lambda: page.evaluate(FLASHED), "the mark pulses")
    assert flashed == {"text": "disastrous", "seen": True}
    wait_for(lambda: "truthlens-flash" not in str(reader.highlights(page).keys()), "the pulse ends")


def test_from_the_page_to_the_list(reader: Reader, site: Site, shot: Shot) -> None:
    page, panel = read(reader, site.address("police-budget", "sentinel.test"))
    place = page.evaluate(PLACE_OF, "disastrous")
    page.mouse.move(place["x"] - 3, place["y"])
    page.mouse.click(place["x"], place["y"])
    chosen = panel.locator('[data-testid="finding"][aria-current="true"]')
    expect(chosen).to_contain_text("disastrous")
    expect(chosen).to_be_in_viewport()
    wait_for(lambda: page.evaluate("!!document.querySelector('truthlens-card')"), "the card opens")
    shot(page, "readme-page")
    shot.panel(panel, "panel-partisan")
    shot.first_screen(panel, "readme-panel", 900)
    page.keyboard.press("Escape")
    wait_for(
        lambda: page.evaluate("!document.querySelector('truthlens-card:popover-open')"),
        "Escape closes the card",
    )


def test_evidence_opens_its_place(reader: Reader, site: Site) -> None:
    page, panel = read(reader, site.address("arms-transfers", "meridianpost.test"))
    panel.get_by_test_id("part_headline").click()
    panel.locator("[data-testid=evidence]:visible").first.click()
    flashed = wait_for(lambda: page.evaluate(FLASHED), "a place pulses")
    assert flashed["text"] == "14,000 troops"


def test_off_leaves_the_page_as_it_was(reader: Reader, site: Site) -> None:
    address = site.address("police-budget", "sentinel.test")
    page = reader.open(address)
    before = page.evaluate("document.documentElement.outerHTML")
    reader.press(page)
    panel = reader.panel()
    reader.wait_until_marked(page)
    assert reader.painted(page)
    assert page.evaluate("document.documentElement.outerHTML") == before
    reader.press(page)
    wait_for(lambda: not reader.painted(page), "the second press takes the marks off")
    assert page.evaluate("document.documentElement.outerHTML") == before
    panel.get_by_test_id("toggle_marks").click()
    wait_for(lambda: reader.painted(page), "the panel shows them again")


def test_a_filter_hides_its_marks_on_the_page(reader: Reader, site: Site) -> None:
    page, panel = read(reader, site.address("police-budget", "sentinel.test"))
    assert "truthlens-doubt-own" in reader.highlights(page)
    panel.get_by_role("button", name="Doubt").first.click()
    wait_for(lambda: "truthlens-doubt-own" not in reader.highlights(page), "the marks are hidden")
    assert "truthlens-loaded_language-own" in reader.highlights(page)


def test_marks_survive_a_page_that_renders_itself_anew(reader: Reader, site: Site) -> None:
    page, _ = read(reader, site.address("police-budget", "sentinel.test"))
    painted = reader.painted(page)
    page.evaluate(
        """() => { for (const p of document.querySelectorAll("article p, main p"))
             p.replaceWith(p.cloneNode(true)); }"""
    )
    wait_for(lambda: reader.painted(page) == painted, "the marks are placed again")


def test_two_tabs_keep_their_own_marks(reader: Reader, site: Site) -> None:
    one, _ = read(reader, site.address("police-budget", "sentinel.test"))
    other, panel = read(reader, site.address("rate-decision", "wire.test"))
    expect(panel.get_by_test_id("title")).to_contain_text("Estrava")
    assert reader.painted(one)
    assert not reader.painted(other)
    one.bring_to_front()
    expect(panel.get_by_test_id("title")).to_contain_text("Radical mayor")


def test_the_service_is_restarted_in_the_middle(
    reader: Reader, service: ServiceProcess, site: Site, shot: Shot
) -> None:
    page, panel = read(reader, site.address("migraine-trial", "vital.test"))
    service.stop()
    second = reader.open(site.address("pool-sale-column", "courier.test"))
    reader.press(second)
    face = panel.get_by_test_id("face")
    expect(face).to_have_attribute("data-code", "service_down")
    expect(panel.get_by_test_id("command")).to_have_text("make run")
    shot.panel(panel, "panel-service-down")
    service.start()
    service.wait_until_ready()
    panel.get_by_test_id("retry").click()
    expect(panel.get_by_test_id("title")).to_contain_text("They sold our pool")
    wait_for(lambda: reader.painted(second), "the page is marked after the restart")
    assert reader.painted(page)
