"""Our own hard pages in Chromium: every mark on its words, and the page byte for byte as it was."""

from __future__ import annotations

import pytest
from at_the_page import HTML, SHIFTS, WATCH_SHIFTS, press
from browser import Reader, wait_for
from canned_service import CannedService
from hard_pages import HARD_PAGES, HardPage
from playwright.sync_api import Page

IN_ORDER = """() => [...CSS.highlights]
  .filter(([name]) => name.startsWith("truthlens-loaded_language"))
  .flatMap(([, highlight]) => [...highlight].map(String))"""
WHERE = """() => {
  const [range] = CSS.highlights.get("truthlens-loaded_language-own");
  const { startContainer: { parentElement } } = range;
  return { id: parentElement.id, after: parentElement.textContent.slice(-8) };
}"""


def opened(reader: Reader, canned: CannedService, hard: HardPage) -> tuple[Page, str]:
    page = reader.open(hard.put(canned))
    page.evaluate(WATCH_SHIFTS)
    return page, str(page.evaluate(HTML))


@pytest.mark.parametrize("hard", HARD_PAGES, ids=lambda hard: hard.name)
def test_every_mark_stands_and_the_page_stays_as_it_was(
    canned_reader: Reader, canned: CannedService, hard: HardPage
) -> None:
    page, before = opened(canned_reader, canned, hard)
    press(canned_reader, page)
    assert page.evaluate(IN_ORDER) == list(hard.painted)
    assert page.evaluate(HTML) == before
    canned_reader.press(page)
    wait_for(lambda: not canned_reader.painted(page), "the second press takes the marks off")
    assert page.evaluate(HTML) == before
    assert page.evaluate(SHIFTS) == []


def test_the_right_one_of_many_is_marked(canned_reader: Reader, canned: CannedService) -> None:
    hard = {page.name: page for page in HARD_PAGES}
    page, _ = opened(canned_reader, canned, hard["duplicates"])
    press(canned_reader, page)
    assert page.evaluate(WHERE)["after"] == "And yet."
    page, _ = opened(canned_reader, canned, hard["unseen-twin"])
    press(canned_reader, page)
    assert page.evaluate(WHERE)["id"] == "second", "what nobody sees is not marked"
