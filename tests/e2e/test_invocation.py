"""What starts a check besides the button: context menus, and sites that the reader has allowed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from at_the_page import STYLE, Grants, choose, command, marked, open_card
from browser import Reader, extension_id, wait_for
from canned_service import CannedService, Words
from playwright.sync_api import expect

BODY = f"{STYLE}<main><h1>The town</h1><p>A stunning plan.</p><p id=second>The reckless plan.</p></main>"
TEXT = "The town\nA stunning plan.\nThe reckless plan."
WORDS = [Words(exact="stunning"), Words(exact="reckless")]


@pytest.fixture
def reader(canned_reader: Reader) -> Reader:
    return canned_reader


@pytest.fixture
def address(canned: CannedService) -> str:
    canned.received.clear()
    return canned.put("town", BODY, TEXT, WORDS)


@pytest.fixture
def grants(reader: Reader) -> Iterator[Grants]:
    """Leave for the site of our pages."""
    given = Grants(reader)
    given.give("news.test")
    yield given
    given.take("news.test")


def allow(reader: Reader, **sites: list[str]) -> None:
    values = {"allowed": ["news.test"], "never": [], **sites}
    reader.worker.evaluate("(sites) => chrome.storage.local.set({ sites })", values)


def test_the_menus_say_what_they_do(reader: Reader) -> None:
    # No protocol lists them; an entry that is there already cannot be made again.
    said = reader.worker.evaluate(
        """() => Promise.all(["read_page", "read_selection", "allow_site", "disallow_site"].map(
          (id) => new Promise((resolve) => chrome.contextMenus.update(id, {}, () =>
            resolve(chrome.runtime.lastError?.message ?? "")))))"""
    )
    assert said == ["", "", "", ""]


def test_the_menu_of_the_page_reads_it(reader: Reader, canned: CannedService, address: str) -> None:
    page = marked(reader, address)
    reader.press(page)
    wait_for(lambda: not reader.painted(page), "off")
    choose(reader, page, "read_page")
    wait_for(lambda: len(canned.received) == 2, "it is read anew")
    wait_for(lambda: reader.painted(page) == {"stunning", "reckless"}, "and marked")


def test_only_the_selected_words_are_read(reader: Reader, canned: CannedService, address: str) -> None:
    page = marked(reader, address)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#second'))")
    choose(reader, page, "read_selection", "The reckless plan.")
    wait_for(lambda: len(canned.received) == 2, "the words are handed in")
    assert canned.received[1] == {"url": address, "text": "The reckless plan.", "keep": False}
    assert page.evaluate("String(getSelection())") == "The reckless plan.", "the selection stays"


def test_nothing_happens_by_itself(reader: Reader, canned: CannedService, address: str) -> None:
    page = reader.open(address)
    page.wait_for_timeout(1500)
    assert canned.received == []
    assert reader.painted(page) == set()


def test_an_allowed_site_is_read_without_a_press(
    reader: Reader, canned: CannedService, address: str, grants: Grants
) -> None:
    page = reader.open(address)
    wait_for(lambda: reader.painted(page) == {"stunning", "reckless"}, "it is marked by itself")
    reader.wait_until_marked(page)
    badge = """async (url) => {
      const [tab] = await chrome.tabs.query({ url });
      return chrome.action.getBadgeText({ tabId: tab.id });
    }"""
    assert reader.worker.evaluate(badge, address) == "2"
    other = canned.put("sea", f"{STYLE}<p>A wild sea.</p>", "A wild sea.", [Words(exact="wild")])
    page.evaluate(
        """(address) => {
          history.pushState({}, "", address);
          document.querySelector("main").textContent = "A wild sea.";
        }""",
        other,
    )
    wait_for(lambda: reader.painted(page) == {"wild"}, "another address of it is read as well")
    grants.take("news.test")
    canned.received.clear()
    page.goto(address)
    page.wait_for_timeout(1500)
    assert canned.received == [], "leave that was taken back in the browser holds"


@pytest.mark.parametrize("rule", ["news.test", "/\\/town$/"])
def test_never_is_stronger_than_allowed(
    reader: Reader, canned: CannedService, address: str, grants: Grants, rule: str
) -> None:
    allow(reader, never=[rule])
    page = reader.open(address)
    page.wait_for_timeout(1500)
    assert canned.received == []


def test_off_on_this_site_keeps_it_from_being_read(
    reader: Reader, canned: CannedService, address: str, grants: Grants
) -> None:
    page = reader.open(address)
    wait_for(lambda: reader.painted(page) == {"stunning", "reckless"}, "it is marked by itself")
    card = open_card(page, "stunning")
    card.click("more")
    card.click("site")
    wait_for(lambda: reader.painted(page) == set(), "the marks are off on this site")
    canned.received.clear()
    page.reload()
    page.wait_for_timeout(1500)
    assert canned.received == [], "and nothing is read by itself any more"
    options = reader.open(f"chrome-extension://{extension_id()}/options/options.html")
    expect(options.get_by_test_id("off")).to_contain_text("news.test")
    options.get_by_test_id("back_sites").click()
    expect(options.get_by_test_id("off")).not_to_contain_text("news.test")
    page.bring_to_front()
    page.reload()
    wait_for(lambda: reader.painted(page) == {"stunning", "reckless"}, "taken back, it is read again")


def test_without_leave_the_panel_says_what_to_do(reader: Reader, address: str) -> None:
    page = reader.open(address)
    page.bring_to_front()
    reader.worker.evaluate(
        "async () => { const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });"
        " await chrome.storage.session.set({ asked: tab.id }); }"
    )
    options = reader.open(f"chrome-extension://{extension_id()}/options/options.html")
    options.evaluate(
        "async () => { const { asked } = await chrome.storage.session.get('asked');"
        " await chrome.runtime.sendMessage({ kind: 'run', tabId: asked }); }"
    )
    codes = "async () => Object.values(await chrome.storage.session.get()).map((run) => run.error?.code)"
    wait_for(
        lambda: "permission_missing" in options.evaluate(codes), "the check says that a press is missing"
    )
    reader.worker.evaluate("() => chrome.storage.session.remove('asked')")


def test_the_options_list_the_sites(reader: Reader, address: str) -> None:
    allow(reader)
    options = reader.open(f"chrome-extension://{extension_id()}/options/options.html")
    expect(options.get_by_test_id("sites_allowed")).to_contain_text("news.test")
    expect(options.get_by_test_id("preset_banking")).to_be_checked()
    options.get_by_test_id("sites_never_field").fill("www.quiet.test")
    options.get_by_test_id("sites_never_add").click()
    expect(options.get_by_test_id("sites_never")).to_contain_text("quiet.test")
    options.get_by_test_id("sites_never_field").fill("no such thing")
    options.get_by_test_id("sites_never_add").click()
    expect(options.get_by_test_id("sites_answer")).not_to_be_empty()
    options.get_by_test_id("take_off_allowed").click()
    expect(options.get_by_test_id("sites_allowed")).not_to_contain_text("news.test")
    options.get_by_test_id("preset_banking").uncheck()
    stored = "async () => (await chrome.storage.local.get('sites')).sites"
    wanted = {"allowed": [], "never": ["quiet.test"], "presets": ["mail", "intranet"]}
    wait_for(lambda: reader.worker.evaluate(stored) == wanted, "all of it is kept")


def test_the_key_for_the_panel_opens_it_and_reads_nothing(
    reader: Reader, canned: CannedService, address: str
) -> None:
    page = marked(reader, address)
    canned.received.clear()
    command(reader, page, "panel")
    expect(reader.panel().get_by_test_id("result")).to_be_visible()
    assert canned.received == []
    assert reader.painted(page) == {"stunning", "reckless"}
