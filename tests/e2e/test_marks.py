"""Marks on pages that make it hard, and the card, in a real browser. The service is canned: see there."""

from __future__ import annotations

import pytest
from at_the_page import CENTRE, STYLE, command, marked, open_card
from browser import Reader, extension_id, wait_for
from canned_service import CannedService, Words
from closed_root import ClosedRoot
from playwright.sync_api import Page, expect
from shot import Shot

HARD = f"""{STYLE}<main><h1>The hard page</h1>
<p>It was a dis&shy;grace<b>ful</b>&nbsp;<i>betrayal</i>,
said the o&#xFB03;ce of שָׁלוֹם <bdi>כֹּהֵן</bdi> 🧑‍🚒.</p>
<p>Critics say yes. Critics say no. Critics say perhaps.</p>
<news-part><template shadowrootmode=open><style>p{{color:#222}}</style><slot></slot>
<p>The stunning part is within.</p></template><p>What is slotted is shameless.</p></news-part></main>"""
HARD_TEXT = """The hard page
It was a disgraceful betrayal, said the office of שלום כהן 🧑‍🚒.
Critics say yes. Critics say no. Critics say perhaps.
What is slotted is shameless.
The stunning part is within."""
HARD_WORDS = [
    Words(exact="disgraceful betrayal", voice="quote", plainer="decision"),
    Words(exact="office of שלום כהן", voice="attributed"),
    Words(exact="Critics say", nth=1, indicator="vague_source", title="Vague source", colour="vague"),
    Words(exact="shameless", score=0.6),
    Words(exact="stunning", plainer=""),
]

PLAIN = (
    STYLE
    + """<main><h1>The plain page</h1><p>A slightly odd and stunning plan.</p>
<p id=second>The reckless plan of a reckless town.</p><p>Nothing more.</p></main>"""
)
PLAIN_TEXT = """The plain page
A slightly odd and stunning plan.
The reckless plan of a reckless town.
Nothing more."""
PLAIN_WORDS = [
    Words(exact="slightly odd", score=0.4),
    Words(exact="stunning", plainer="large"),
    Words(exact="reckless", nth=0),
    Words(exact="reckless", nth=1),
    Words(exact="stunning plan", indicator="exaggeration", title="Exaggeration", colour="exaggeration"),
]

BOXES = """() => [...document.querySelectorAll("h1, p")]
  .map((one) => Object.values(one.getBoundingClientRect().toJSON()))"""
VOTES = """async () => {
  const { votes = [] } = await chrome.storage.local.get("votes");
  return votes.map(({ exact, agree }) => [exact, agree]);
}"""


@pytest.fixture
def reader(canned_reader: Reader) -> Reader:
    return canned_reader


def plain(reader: Reader, canned: CannedService) -> Page:
    return marked(reader, canned.put("plain", PLAIN, PLAIN_TEXT, PLAIN_WORDS))


def test_a_hard_page_is_marked_whole(reader: Reader, canned: CannedService, shot: Shot) -> None:
    page = marked(reader, canned.put("hard", HARD, HARD_TEXT, HARD_WORDS))
    painted = reader.highlights(page)
    assert painted["truthlens-loaded_language-quote"] == ["dis\u00adgraceful\u00a0betrayal"]
    assert painted["truthlens-loaded_language-own"] == ["shameless", "stunning"]
    assert painted["truthlens-loaded_language-attributed"] == ["oﬃce of שָׁלוֹם כֹּהֵן"]
    sent = str(canned.received[-1]["html"])
    assert "The stunning part is within." in sent, "the service reads what stands in shadow roots"
    card = open_card(page, "stunning")
    assert "Loaded language" in card.text()
    shot(page, "marks-hard-page")


def test_nothing_moves_and_nothing_is_left(reader: Reader, canned: CannedService, shot: Shot) -> None:
    page = reader.open(canned.put("plain", PLAIN, PLAIN_TEXT, PLAIN_WORDS))
    boxes, html = page.evaluate(BOXES), page.evaluate("document.documentElement.outerHTML")
    reader.press(page)
    reader.panel()
    reader.wait_until_marked(page)
    card = open_card(page, "stunning")
    card.click("plain")
    wait_for(
        lambda: ClosedRoot(page, "truthlens-layer").text() == "large", "the label stands over the phrase"
    )
    assert page.evaluate(BOXES) == boxes
    shot(page, "marks-in-place")
    page.keyboard.press("Escape")
    reader.press(page)
    wait_for(lambda: page.evaluate("document.documentElement.outerHTML") == html, "nothing is left")
    assert reader.highlights(page) == {}


def test_weak_marks_wait_until_they_are_wanted(reader: Reader, canned: CannedService) -> None:
    page = plain(reader, canned)
    assert "slightly odd" not in reader.painted(page)
    reader.worker.evaluate("() => chrome.storage.local.set({ floor: 'slight' })")
    wait_for(lambda: "slightly odd" in reader.painted(page), "weak marks are painted")


def test_marks_that_share_words_share_a_card(reader: Reader, canned: CannedService, shot: Shot) -> None:
    page = plain(reader, canned)
    card = open_card(page, "stunning")
    assert "Loaded language" in card.text()
    assert "Exaggeration" in card.text()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#second'))")
    card.click("agree")
    wait_for(lambda: reader.worker.evaluate(VOTES) == [["stunning", True]], "the vote is kept")
    assert page.evaluate("String(getSelection())").startswith("The reckless"), "the selection is left alone"
    shot(page, "marks-card")


def test_switched_off_here_everywhere_and_back_again(reader: Reader, canned: CannedService) -> None:
    page = plain(reader, canned)
    own = "truthlens-loaded_language-own"
    assert reader.highlights(page)[own] == ["stunning", "reckless", "reckless"]
    open_card(page, "reckless").click("mark")
    wait_for(lambda: reader.highlights(page)[own] == ["stunning", "reckless"], "one of two is gone")
    page.keyboard.press("Escape")
    options = reader.open(f"chrome-extension://{extension_id()}/options/options.html")
    expect(options.get_by_test_id("off")).to_contain_text("“reckless” on news.test")
    options.get_by_test_id("back_marks").click()
    wait_for(lambda: reader.highlights(page)[own].count("reckless") == 2, "it is marked again")
    options.close()
    page.bring_to_front()
    card = open_card(page, "reckless")
    card.click("mark")
    wait_for(lambda: "Undo" in card.text(), "the card says what was done")


def test_the_card_by_hovering(reader: Reader, canned: CannedService) -> None:
    # Before the page is marked: a page hears of a change a moment later.
    reader.worker.evaluate("() => chrome.storage.local.set({ hoverMs: 0 })")
    page = plain(reader, canned)
    card = ClosedRoot(page, "truthlens-card")
    place = page.evaluate(CENTRE, "reckless")
    page.mouse.move(place["x"] - 2, place["y"])
    page.mouse.move(place["x"], place["y"])
    page.wait_for_timeout(600)
    assert not card.text(), "with hovering off only a click opens it"
    reader.worker.evaluate("() => chrome.storage.local.set({ hoverMs: 350 })")

    def hovered() -> str:
        page.mouse.move(5, 5)
        page.wait_for_timeout(200)
        page.mouse.move(place["x"], place["y"])
        page.wait_for_timeout(600)
        return card.text()

    wait_for(hovered, "it opens by itself")
    top, height = card.place()
    page.mouse.move(place["x"] + 4, top + height / 2, steps=4)
    page.wait_for_timeout(600)
    assert card.text(), "the pointer may go into it"
    page.mouse.move(5, 5)
    wait_for(lambda: not card.text(), "it closes when the pointer has left")


def test_keys_go_through_the_marks(reader: Reader, canned: CannedService) -> None:
    page = plain(reader, canned)
    current = "() => [...(CSS.highlights.get('truthlens-current') ?? [])].map(String)"
    command(reader, page, "next")
    wait_for(lambda: page.evaluate(current) == ["stunning"], "the first mark is current")
    command(reader, page, "previous")
    wait_for(lambda: page.evaluate(current) == ["reckless"], "the last mark is current")
    page.keyboard.press("Enter")
    card = ClosedRoot(page, "truthlens-card")
    wait_for(card.text, "Enter opens the card")
    assert page.evaluate("document.activeElement.localName") == "truthlens-card"
    page.keyboard.press("Escape")
    wait_for(lambda: not card.text(), "Escape closes it")
    assert page.evaluate("document.activeElement.localName") == "body"


def test_forced_colours_keep_the_lines(reader: Reader, canned: CannedService, shot: Shot) -> None:
    page = marked(reader, canned.put("hard", HARD, HARD_TEXT, HARD_WORDS))
    page.emulate_media(forced_colors="active")
    layer = ClosedRoot(page, "truthlens-layer")
    wait_for(lambda: layer.count("quote") and layer.count("attributed"), "lines say whose words they are")
    assert reader.highlights(page) == {}
    shot(page, "marks-forced-colours")
    page.emulate_media(forced_colors="none")
    wait_for(lambda: "stunning" in reader.painted(page), "highlights come back")


def test_a_page_that_scrolls_without_end_keeps_its_marks(reader: Reader, canned: CannedService) -> None:
    page = plain(reader, canned)
    painted = reader.painted(page)
    page.evaluate(
        """() => {
          document.querySelector("#second").remove();
          setInterval(() => {
            const more = document.createElement("p");
            more.textContent = "More of the same page, and more again. ".repeat(20);
            document.body.append(more);
          }, 20);
        }"""
    )
    wait_for(lambda: "reckless" not in reader.painted(page), "what is gone is gone")
    page.evaluate(
        """() => {
          const again = document.createElement("p");
          again.textContent = "The reckless plan of a reckless town.";
          document.querySelector("main").append(again);
        }"""
    )
    wait_for(lambda: reader.painted(page) == painted, "what comes back is marked again")


def test_a_browser_without_highlights_gets_boxes(reader: Reader, canned: CannedService, shot: Shot) -> None:
    page = plain(reader, canned)
    reader.worker.evaluate(
        """async () => {
          const [tab] = await chrome.tabs.query({ active: true });
          const func = () => {
            CSS.highlights.clear();
            Object.defineProperty(CSS, "highlights", { value: undefined });
          };
          await chrome.scripting.executeScript({ target: { tabId: tab.id }, func });
          await chrome.tabs.sendMessage(tab.id, { kind: "visible", visible: true });
        }"""
    )
    layer = ClosedRoot(page, "truthlens-layer")
    wait_for(lambda: layer.count("box") >= 4, "the marks are boxes")
    shot(page, "marks-boxes")
    page.mouse.click(
        *page.evaluate(
            "() => { const b = document.querySelector('#second').getBoundingClientRect();"
            " return [b.x + 60, b.y + b.height / 2]; }"
        )
    )
    wait_for(ClosedRoot(page, "truthlens-card").text, "a box is found by the pointer")
