"""What a screen reader is told: names, roles and live regions, from the browser's own accessibility tree."""

from __future__ import annotations

from typing import Any

import pytest
from browser import Reader, extension_id
from playwright.sync_api import Page, expect
from site_under_test import Site

ACTED_ON = {"button", "link", "checkbox", "textbox", "searchbox", "combobox", "slider", "spinbutton", "radio"}
PARTS = ("options/options.html", "library/library.html", "welcome/welcome.html")


def tree(page: Page) -> list[dict[str, Any]]:
    """Every node that is not ignored: its role, its name and what else is told of it."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {
            "role": node.get("role", {}).get("value", ""),
            "name": node.get("name", {}).get("value", "").strip(),
            **{each["name"]: each["value"].get("value") for each in node.get("properties", [])},
        }
        for node in nodes
        if not node.get("ignored")
    ]


def nameless(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [node for node in nodes if node["role"] in ACTED_ON and not node["name"]]


@pytest.mark.parametrize("part", PARTS)
def test_everything_that_acts_has_a_name(reader: Reader, part: str) -> None:
    page = reader.open(f"chrome-extension://{extension_id()}/{part}")
    page.wait_for_load_state("networkidle")
    nodes = tree(page)
    assert nameless(nodes) == []
    assert [node["name"] for node in nodes if node["role"] == "main"] != []
    assert sum(node["role"] == "heading" and node.get("level") == 1 for node in nodes) == 1
    page.close()


def test_the_panel_is_a_list_of_findings_with_their_words(reader: Reader, site: Site) -> None:
    article = reader.open(site.address("police-budget", "sentinel.test"))
    reader.press(article)
    reader.wait_until_marked(article)
    held = reader.worker.evaluate("async (url) => (await chrome.tabs.query({ url }))[0].id", article.url)
    page = reader.open(f"chrome-extension://{extension_id()}/panel/panel.html?tab={held}")
    expect(page.get_by_test_id("result")).to_be_visible()
    nodes = tree(page)
    assert nameless(nodes) == []
    assert ("list", "Findings") in {(node["role"], node["name"]) for node in nodes}
    spoken = [node["name"] for node in nodes if node["role"] == "button"]
    # The name of a finding holds its words, its indicator and whose words they are.
    (one,) = [name for name in spoken if "disastrous" in name and "plainer" in name]
    assert "Loaded language" in one
    assert "the outlet’s own" in one
    assert any(node.get("live") == "polite" for node in nodes), "counts are announced"
    page.get_by_test_id("toggle_marks").click()
    expect(page.get_by_test_id("live")).not_to_be_empty()
    page.close()
