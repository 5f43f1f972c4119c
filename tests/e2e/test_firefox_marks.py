"""Marks, card and changing pages in a real Firefox. The service is canned: see there."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from browser import wait_for
from canned_service import CannedService, Words
from firefox import Firefox
from hard_pages import HARD_PAGES
from test_changing_pages import (
    BODY,
    OTHER_BODY,
    OTHER_TEXT,
    OTHER_WORDS,
    RENDERED_ANEW,
    TEXT,
    WORDS,
)
from trust import tries

HTML = "return document.documentElement.outerHTML"
CARD, LAYER = "truthlens-card", "truthlens-layer"
PLACE = """
  let found = null;
  CSS.highlights.forEach((highlight) => highlight.forEach((range) => {
    if (String(range) !== arguments[0]) return;
    const box = range.getBoundingClientRect();
    found = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }));
  return found;
"""
CURRENT = """
  let found = null;
  CSS.highlights.get("truthlens-current")?.forEach((range) => { found = String(range); });
  return found;
"""


@pytest.fixture
def firefox(running: Firefox, canned: CannedService) -> Iterator[Firefox]:
    running.use(canned.port, "any")
    yield running
    running.tidy()


def marked(firefox: Firefox, address: str) -> None:
    firefox.open(address)
    firefox.press()
    firefox.wait_until_marked(address)


def town(firefox: Firefox, canned: CannedService) -> None:
    marked(firefox, canned.put("town", BODY, TEXT, WORDS))


def open_card(firefox: Firefox, text: str) -> None:
    place = firefox.page(PLACE, text)
    firefox.click_page(place["x"], place["y"])
    wait_for(lambda: firefox.within(CARD), "the card opens")


def test_hard_pages_are_marked_and_stay_as_they_were(firefox: Firefox, canned: CannedService) -> None:
    for hard in HARD_PAGES[:: tries(2, 1)]:
        address = hard.put(canned)
        firefox.open(address)
        before = firefox.page(HTML)
        firefox.press()
        firefox.wait_until_marked(address)
        assert firefox.painted() == list(hard.painted), hard.name
        assert firefox.page(HTML) == before, hard.name
        firefox.press()
        wait_for(lambda: not firefox.painted(), "the second press takes the marks off")
        assert firefox.page(HTML) == before, hard.name


def test_the_card_by_mouse(firefox: Firefox, canned: CannedService) -> None:
    town(firefox, canned)
    before = firefox.page(HTML)
    open_card(firefox, "stunning")
    assert "Loaded language" in firefox.within(CARD)
    firefox.press_within(CARD, "plain")
    wait_for(lambda: firefox.within(LAYER) == "large", "the plainer word stands over the phrase")
    firefox.press_within(CARD, "plain")
    wait_for(lambda: firefox.within(LAYER) == "", "and is taken back")
    firefox.type_page("\ue00c")  # Escape
    wait_for(lambda: firefox.page(HTML) == before, "nothing of ours is left in the page")


def test_the_card_by_key(firefox: Firefox, canned: CannedService) -> None:
    town(firefox, canned)
    firefox.page("document.body.focus()")
    firefox.shortcut("J")
    wait_for(lambda: firefox.page(CURRENT) == "stunning", "the first mark is current")
    firefox.shortcut("J")
    wait_for(lambda: firefox.page(CURRENT) == "reckless", "then the second")
    firefox.type_page("\ue007")  # Enter
    wait_for(lambda: "reckless" in firefox.within(CARD), "Enter opens the card")
    assert firefox.page("return document.activeElement.localName") == CARD
    firefox.type_page("\ue00c")
    wait_for(lambda: firefox.within(CARD) == "", "Escape closes it")


def test_rendered_anew_every_200_ms(firefox: Firefox, canned: CannedService) -> None:
    town(firefox, canned)
    firefox.page(f"({RENDERED_ANEW})(10)")
    seen = []
    for _ in range(60):
        seen.append(sorted(firefox.painted()))
        time.sleep(0.04)
    assert ["", ""] in seen, "the page has thrown away what was marked"
    assert ["reckless", "stunning"] in seen, "marks are on the page between two renderings"
    wait_for(lambda: sorted(firefox.painted()) == ["reckless", "stunning"], "they stand when it rests")


def test_another_address_without_loading(firefox: Firefox, canned: CannedService) -> None:
    town(firefox, canned)
    other = canned.put("sea", OTHER_BODY, OTHER_TEXT, OTHER_WORDS)
    firefox.page(
        """
        history.pushState({}, "", arguments[0]);
        document.querySelector("main").textContent = "A shameless wave.";
        """,
        other,
    )
    wait_for(lambda: "".join(firefox.painted()) == "", "the old marks have gone with their words")
    firefox.press()
    wait_for(lambda: firefox.painted() == ["shameless"], "one press reads what is there now")


def test_two_windows(firefox: Firefox, canned: CannedService) -> None:
    town(firefox, canned)
    other = canned.put("sea", OTHER_BODY, OTHER_TEXT, OTHER_WORDS)
    first = firefox.open_window(other)
    firefox.press()
    firefox.wait_until_marked(other)
    assert firefox.painted() == ["shameless"]
    firefox.press()
    wait_for(lambda: not firefox.painted(), "off in one window")
    firefox.go_to(first)
    assert sorted(firefox.painted()) == ["reckless", "stunning"], "and still on in the other"


def test_words_in_a_closed_root_have_their_card(firefox: Firefox, canned: CannedService) -> None:
    body = "<main><div><template shadowrootmode=closed><p>A reckless end.</p></template></div></main>"
    marked(firefox, canned.put("closed", body, "A reckless end.", [Words(exact="reckless")]))
    open_card(firefox, "reckless")
    assert "reckless" in firefox.within(CARD)
