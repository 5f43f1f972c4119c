"""Pages that do not keep still: rendered anew all the time, other addresses without loading, two windows."""

from __future__ import annotations

import pytest
from at_the_page import HTML, SHIFTS, STYLE, WATCH_SHIFTS, command, marked, open_card, press
from browser import Reader, wait_for
from canned_service import CannedService, Words
from closed_root import ClosedRoot
from playwright.sync_api import Page, expect
from shot import Shot

BODY = f"""{STYLE}<main><h1>The town</h1><p>A stunning plan.</p><p>The reckless plan of a town.</p></main>"""
TEXT = "The town\nA stunning plan.\nThe reckless plan of a town."
WORDS = [Words(exact="stunning", plainer="large"), Words(exact="reckless")]
OTHER_BODY = f"""{STYLE}<main><h1>The sea</h1><p>A shameless wave.</p></main>"""
OTHER_TEXT, OTHER_WORDS = "The sea\nA shameless wave.", [Words(exact="shameless")]
RENDERED_ANEW = """(times) => {
  const main = document.querySelector("main");
  let left = times;
  const timer = setInterval(() => {
    main.replaceChildren(...[...main.children].map((child) => child.cloneNode(true)));
    left -= 1;
    globalThis.rendered = times - left;
    if (left === 0) clearInterval(timer);
  }, 200);
}"""
LABEL = "truthlens-layer"


@pytest.fixture
def reader(canned_reader: Reader) -> Reader:
    return canned_reader


def town(reader: Reader, canned: CannedService) -> Page:
    return marked(reader, canned.put("town", BODY, TEXT, WORDS))


def test_rendered_anew_every_200_ms(reader: Reader, canned: CannedService) -> None:
    page = town(reader, canned)
    open_card(page, "stunning").click("plain")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "the plainer word stands there")
    page.keyboard.press("Escape")
    page.evaluate(RENDERED_ANEW, 12)
    seen: list[set[str]] = []
    while int(page.evaluate("globalThis.rendered ?? 0")) < 12:
        seen.append(reader.painted(page))
    assert {"stunning", "reckless"} in seen, "marks are on the page between two renderings"
    wait_for(lambda: reader.painted(page) == {"stunning", "reckless"}, "they stand when it rests")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "and so does the plainer word")


def test_the_plainer_word_outlives_off_and_on_and_a_panel_opened_anew(
    reader: Reader, canned: CannedService
) -> None:
    page = town(reader, canned)
    before = page.evaluate(HTML)
    open_card(page, "stunning").click("plain")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "the plainer word stands there")
    page.keyboard.press("Escape")
    command(reader, page, "toggle")
    wait_for(lambda: not reader.painted(page), "the marks are off")
    wait_for(lambda: page.evaluate(HTML) == before, "and nothing of ours is in the page")
    command(reader, page, "toggle")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "on again, with the plainer word")
    page.evaluate("() => { globalThis.kept = [...CSS.highlights.values()]; }")
    reader.panel().reload()  # as a panel that was closed and opened: it shows the marks anew
    anew = "() => [...CSS.highlights.values()].every((one) => !globalThis.kept.includes(one))"
    wait_for(lambda: reader.painted(page) and page.evaluate(anew), "the marks are shown anew")
    reader.wait_until_marked(page)
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "it stands after that")
    card = open_card(page, "stunning")
    card.click("plain")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "", "it can be taken back")


def test_another_address_without_loading(reader: Reader, canned: CannedService) -> None:
    page = town(reader, canned)
    panel = reader.panel()
    other = canned.put("sea", OTHER_BODY, OTHER_TEXT, OTHER_WORDS)
    page.evaluate(
        """([address]) => {
          history.pushState({}, "", address);
          const [title, text] = [document.createElement("h1"), document.createElement("p")];
          title.textContent = "The sea";
          text.textContent = "A shameless wave.";
          document.querySelector("main").replaceChildren(title, text);
        }""",
        [other],
    )
    expect(panel.get_by_test_id("moved")).to_be_visible()
    expect(panel.get_by_test_id("unplaced")).to_contain_text("2")
    wait_for(lambda: not reader.painted(page), "the old marks have gone with their words")
    press(reader, page)
    assert reader.painted(page) == {"shameless"}, "one press reads what is there now"
    expect(reader.panel().get_by_test_id("moved")).to_be_hidden()


def test_two_windows(reader: Reader, canned: CannedService) -> None:
    one = town(reader, canned)
    other = canned.put("sea", OTHER_BODY, OTHER_TEXT, OTHER_WORDS)
    with reader.context.expect_page() as opened:
        reader.worker.evaluate("(url) => void chrome.windows.create({ url })", other)
    page = opened.value
    page.wait_for_load_state()
    reader.press(page)
    reader.wait_until_marked(page)
    assert reader.painted(page) == {"shameless"}
    assert reader.painted(one) == {"stunning", "reckless"}
    badges = """async () => Promise.all(
      (await chrome.tabs.query({})).map(({ id }) => chrome.action.getBadgeText({ tabId: id })))"""
    assert sorted(filter(None, reader.worker.evaluate(badges))) == ["1", "2"]
    reader.press(page)
    wait_for(lambda: not reader.painted(page), "off in one window")
    assert reader.painted(one) == {"stunning", "reckless"}, "and still on in the other"


def test_nothing_shifts(reader: Reader, canned: CannedService) -> None:
    page = reader.open(canned.put("town", BODY, TEXT, WORDS))
    page.evaluate(WATCH_SHIFTS)
    press(reader, page)
    open_card(page, "stunning").click("plain")
    wait_for(lambda: ClosedRoot(page, LABEL).text() == "large", "the plainer word stands there")
    page.keyboard.press("Escape")
    command(reader, page, "next")
    wait_for(lambda: "truthlens-flash" in str(reader.highlights(page)), "a mark pulses")
    command(reader, page, "toggle")
    wait_for(lambda: not reader.painted(page), "off again")
    assert page.evaluate(SHIFTS) == []


def test_reduced_motion_is_one_still_pulse(reader: Reader, canned: CannedService) -> None:
    page = town(reader, canned)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(
        """() => {
          globalThis.beats = new Set();
          const look = () => {
            for (const name of CSS.highlights.keys()) if (name.includes("flash")) beats.add(name);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    command(reader, page, "next")
    wait_for(lambda: page.evaluate("beats.size > 0"), "it pulses")
    wait_for(lambda: "flash" not in str(reader.highlights(page)), "it ends")
    assert page.evaluate("[...beats]") == ["truthlens-flash"]
    page.emulate_media(reduced_motion="no-preference")


def test_the_service_goes_away_half_way(reader: Reader, shot: Shot) -> None:
    second = CannedService()
    second.busy = True
    reader.use(second.port, "any")
    page = reader.open(second.put("town", BODY, TEXT, WORDS))
    reader.press(page)
    panel = reader.panel()
    expect(panel.get_by_test_id("stage")).to_contain_text("weighing")
    second.close()
    face = panel.get_by_test_id("face")
    expect(face).to_have_attribute("data-code", "service_stopped")
    expect(panel.get_by_test_id("command")).to_have_text("make run")
    assert reader.painted(page) == set()
    shot.panel(panel, "panel-service-stopped")
