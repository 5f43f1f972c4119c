"""An article in a frame of the page's own: read, marked and jumped to like the rest."""

from __future__ import annotations

import html

import pytest
from at_the_page import STYLE, command, press
from browser import Reader, wait_for
from canned_service import CannedService, Words
from closed_root import ClosedRoot
from playwright.sync_api import expect

SPARE = "The council met on a grey day and spoke of roads and lamps. " * 12
WITHIN = f"{STYLE}<main><p>{SPARE}</p><p>A shameless plan of a town.</p></main>"
SMALL = "<p>A reckless offer.</p>"
TEXT = f"The frame\nA stunning day.\n{SPARE}\nA shameless plan of a town."
WORDS = [Words(exact="stunning"), Words(exact="shameless", plainer="bold")]
OWN = """() => [...(CSS.highlights.get("truthlens-loaded_language-own") ?? [])].map(String)"""
TINT = """() => getComputedStyle(document.querySelector("p"), "::highlight(truthlens-loaded_language-own)")
  .backgroundColor"""
NONE = "rgba(0, 0, 0, 0)"
IN_WINDOW = """() => {
  const [range] = CSS.highlights.get("truthlens-loaded_language-own");
  const [inner, outer] = [range.getBoundingClientRect(), frameElement.getBoundingClientRect()];
  return {
    x: outer.x + frameElement.clientLeft + inner.x + inner.width / 2,
    y: outer.y + frameElement.clientTop + inner.y + inner.height / 2,
  };
}"""


@pytest.fixture
def address(canned: CannedService) -> str:
    body = f"""{STYLE}<main><h1>The frame</h1><p>A stunning day.</p><div style="height:1200px"></div>
<iframe id=article style="width:600px;height:420px;border:7px solid" srcdoc="{html.escape(WITHIN)}"></iframe>
<iframe srcdoc="{html.escape(SMALL)}"></iframe></main>"""
    return canned.put("frame", body, TEXT, WORDS)


def test_an_article_in_a_frame(canned_reader: Reader, canned: CannedService, address: str) -> None:
    page = canned_reader.open(address)
    frame = next(one for one in page.frames[1:] if "shameless" in one.content())
    documents = [page.content(), frame.content()]
    press(canned_reader, page)
    sent = str(canned.received[-1]["html"])
    assert "A shameless plan" in sent, "the service reads what stands in the frame"
    # It stands in the attribute of its frame, where nobody takes it for text.
    assert sent.count("reckless offer") == 1, "a frame with few words is a widget, no article"
    assert page.evaluate(OWN) == ["stunning"]
    assert frame.evaluate(OWN) == ["shameless"]
    assert frame.evaluate(TINT) != NONE
    assert [page.content(), frame.content()] == documents

    command(canned_reader, page, "next")
    command(canned_reader, page, "next")
    current = "() => [...(CSS.highlights.get('truthlens-current') ?? [])].map(String)"
    wait_for(lambda: frame.evaluate(current) == ["shameless"], "the second mark is within the frame")
    place = page.evaluate("() => document.querySelector('#article').getBoundingClientRect().top")
    assert place < 900, "and has come into view"

    place = frame.evaluate(IN_WINDOW)
    page.mouse.click(place["x"], place["y"])
    card = ClosedRoot(page, "truthlens-card")
    wait_for(lambda: "shameless" in card.text(), "its card opens over the page")
    top, height = card.place()
    assert abs(top - place["y"]) < 60 or abs(top + height - place["y"]) < 60, "beside its words"
    card.click("plain")
    wait_for(lambda: ClosedRoot(page, "truthlens-layer").text() == "bold", "the plainer word stands there")
    card.click("plain")
    page.keyboard.press("Escape")

    frame.evaluate(
        "() => { const main = document.querySelector('main'); main.replaceWith(main.cloneNode(true)); }"
    )
    wait_for(lambda: frame.evaluate(OWN) == ["shameless"], "marks survive what happens within")
    canned_reader.press(page)
    wait_for(lambda: frame.evaluate(OWN) == [] and page.evaluate(OWN) == [], "off, everywhere")
    assert [page.content(), frame.content()] == documents


def test_a_frame_that_comes_later_and_one_of_another_site(
    canned_reader: Reader, canned: CannedService
) -> None:
    foreign = "<iframe src='http://other.invalid/' width=400 height=300></iframe>"
    later = f'<template><iframe width=600 height=420 srcdoc="{html.escape(WITHIN)}"></iframe></template>'
    body = f"{STYLE}<main><h1>The frame</h1><p>A stunning day.</p>{foreign}{later}</main>"
    page = canned_reader.open(canned.put("late-frame", body, TEXT, WORDS))
    press(canned_reader, page)
    panel = canned_reader.panel()
    expect(panel.get_by_test_id("footer_foreign")).to_contain_text("1 frame of another site")
    expect(panel.get_by_test_id("unplaced")).to_contain_text("1")
    page.evaluate("() => document.querySelector('main').append(document.querySelector('template').content)")
    frame = wait_for(
        lambda: next((one for one in page.frames[1:] if "shameless" in one.content()), None), "it is there"
    )
    wait_for(lambda: frame.evaluate(OWN) == ["shameless"], "its words are marked")
    wait_for(lambda: frame.evaluate(TINT) != NONE, "and painted")
