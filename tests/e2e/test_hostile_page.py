"""A page full of payloads in a real browser with the real panel: nothing runs, nothing is asked for,
all is read.
"""

from __future__ import annotations

import html as markup
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from at_the_page import STYLE, marked, open_card
from browser import Reader, wait_for
from canary import Canary
from canned_service import CannedService, Words
from payloads import FIXTURES, payloads, poisoned
from playwright.sync_api import Page
from truthlens.render.export import html
from truthlens.render.printable import printable

LOAD = """async ([kind, address]) => {
  const put = (name, attributes, parent = document.body) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const link = (rel, more = {}) => put("link", { rel, href: address, ...more }, document.head);
  const kinds = {
    img: () => put("img", { src: address }),
    srcset: () => put("img", { srcset: `${address} 1x` }),
    css: () => link("stylesheet"),
    style: () => { put("p", { style: `background: url(${address})` }).textContent = "x"; },
    font: () => new FontFace("canary", `url(${address})`).load(),
    link: () => link("prefetch"),
    preload: () => link("preload", { as: "image" }),
    script: () => put("script", { src: address }),
    module: () => import(address),
    frame: () => put("iframe", { src: address }),
    object: () => put("object", { data: address }),
    embed: () => put("embed", { src: address }),
    video: () => put("video", { src: address, autoplay: "" }),
    form: () => {
      put("iframe", { name: "form-target" });
      put("form", { action: address, method: "post", target: "form-target" }).submit();
    },
    ping: () => put("a", { href: "#", ping: address }).click(),
    beacon: () => navigator.sendBeacon(address, "x"),
    fetch: () => fetch(address, { mode: "no-cors" }),
    socket: () => new WebSocket(address.replace("http", "ws")),
    events: () => new EventSource(address),
  };
  try {
    await kinds[kind]();
  } catch {
    // Refused, as it should be; whether it was is what the server at the other end says.
  }
}"""
KINDS = (
    *(
        "img",
        "srcset",
        "css",
        "style",
        "font",
        "link",
        "preload",
        "script",
        "module",
        "frame",
        "object",
        "embed",
    ),
    *("video", "form", "ping", "beacon", "fetch", "socket", "events"),
)
NAVIGATING = ("frame", "object", "embed", "form")
"""Chromium connects for these before it looks whether they are allowed, and then says nothing."""
PEEK = """([texts]) => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const squeezed = (text) => text.replace(/\\s+/g, " ");
  const seen = squeezed(document.body.textContent);
  return {
    hits: globalThis.hits ?? 0,
    unseen: texts.filter((text) => !seen.includes(squeezed(text).trim())),
    strange: document.querySelectorAll("#view :is(script, iframe, img, object, embed, link, style, meta, "
      + "base, form, video, audio, math)").length,
    handlers: [...document.querySelectorAll("*")].filter(
      (one) => one.getAttributeNames().some((name) => name.startsWith("on"))).length,
  };
}"""


@pytest.fixture
def canary() -> Iterator[Canary]:
    given = Canary()
    yield given
    given.close()


@pytest.fixture
def reader(canned_reader: Reader) -> Reader:
    return canned_reader


def sections(texts: list[str]) -> list[dict[str, Any]]:
    """Each kind of block there is, once for each payload."""
    known = json.loads((FIXTURES / "result.json").read_text("utf-8"))["report"]["sections"]
    by_kind = {block["kind"]: block for section in known for block in section["blocks"]}
    return [
        {
            "key": f"hostile_{number}",
            "title": text,
            "placement": "report",
            "blocks": [poisoned(block, text) for block in by_kind.values()],
        }
        for number, text in enumerate(texts)
    ]


def put(canned: CannedService, texts: list[str]) -> str:
    """A page with a payload in each line, each of them marked, and a report that is full of them."""
    lines = ["The hostile page", *(f"Line {number} says {text} here." for number, text in enumerate(texts))]
    body = "".join(f"<p>{markup.escape(line)}</p>" for line in lines)
    words = [
        Words(exact=f"{number} says {text} here", title=text, plainer=text)
        for number, text in enumerate(texts)
    ]
    address = canned.put("hostile", f"{STYLE}<main>{body}</main>", "\n".join(lines), words)
    result: Any = canned.results[address]
    for annotation, text in zip(result["annotations"], texts, strict=True):
        annotation["body"].update(
            message=text, speaker=text, verb=text, similar=[{"phrase": text, "closeness": 0.9}]
        )
    result["article"].update(title=" ".join(texts[:20]), outlet=" ".join(texts[20:40]), byline=texts[40])
    result["report"].update(
        sections=sections(texts), problems=[{"code": "x", "message": text} for text in texts]
    )
    return address


def test_payloads_run_and_load_nothing_in_panel_and_page(
    reader: Reader, canned: CannedService, canary: Canary, record_property: Callable[[str, object], None]
) -> None:
    texts = [" ".join(text.split()) for text in payloads(canary.address)]
    page = marked(reader, put(canned, texts))
    panel = reader.panel()
    dialogs: list[str] = []
    for each in (page, panel):
        each.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    plain = [printable(text) for text in texts]
    wait_for(lambda: panel.evaluate(PEEK, [plain])["unseen"] == [], "every payload is read in the panel")
    found = panel.evaluate(PEEK, [plain])
    assert (found["hits"], found["strange"], found["handlers"]) == (0, 0, 0)
    card = open_card(page, f"0 says {texts[0]} here")
    assert texts[0] in card.text()
    panel.wait_for_timeout(500)  # for what would still be on its way
    assert page.evaluate("globalThis.hits ?? 0") == 0
    assert dialogs == []
    assert (canary.asked, canary.connections) == ([], 0)
    record_property("tried", len(texts))
    record_property("figure", f"{len(texts)} payloads, 0 scripts, {len(canary.asked)} requests")


@pytest.mark.parametrize("policy", [True, False], ids=["as it is", "without its policy"])
def test_a_saved_report_runs_and_loads_nothing(
    reader: Reader, canned: CannedService, canary: Canary, tmp_path: Path, policy: bool
) -> None:
    texts = [" ".join(text.split()) for text in payloads(canary.address)]
    result: Any = canned.results[put(canned, texts)]
    result["versions"] = dict.fromkeys(("truthlens", "model", "heads"), "0")
    page = html(result)
    start = page.index('<meta http-equiv="Content-Security-Policy"')
    whole = page if policy else page[:start] + page[page.index(">", start) + 1 :]
    (tmp_path / "report.html").write_text(whole, "utf-8")
    shown = reader.open((tmp_path / "report.html").as_uri())
    found = shown.evaluate(PEEK, [texts])
    assert (found["hits"], found["handlers"], found["unseen"]) == (0, 0, [])
    shown.wait_for_timeout(300)
    assert (canary.asked, canary.connections) == ([], 0)


def reached(canary: Canary, page: Page, kind: str) -> bool:
    """Whether the server heard of it, within a moment that is long on one computer."""
    page.evaluate(LOAD, [kind, f"{canary.address}/{kind}"])
    for _ in range(20):
        if any(asked.endswith(f"/{kind}") for asked in canary.asked):
            return True
        page.wait_for_timeout(25)
    return False


def test_the_panel_loads_nothing_from_anywhere_else(
    reader: Reader,
    canned: CannedService,
    canary: Canary,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Even where markup had got in. An ordinary page shows first that the server would notice."""
    (tmp_path / "control.html").write_text("<!doctype html><title>Control</title><p>x", "utf-8")
    control = reader.open((tmp_path / "control.html").as_uri())
    assert [kind for kind in KINDS if not reached(canary, control, kind)] == []
    control.close()
    marked(reader, put(canned, ["harmless"] * 41))
    panel = reader.panel()
    canary.forget()
    assert [kind for kind in KINDS if kind not in NAVIGATING and reached(canary, panel, kind)] == []
    assert (canary.asked, canary.connections) == ([], 0)
    assert [kind for kind in NAVIGATING if reached(canary, panel, kind)] == []
    assert canary.asked == []
    assert panel.url.partition("#")[0].endswith("/panel/panel.html")  # the ping’s own link leads to #
    panel.evaluate("history.replaceState(null, '', location.pathname)")  # by which other tests know the panel
    panel.reload()
    record_property("tried", len(KINDS))
    record_property(
        "figure",
        f"{len(KINDS)} ways, {len(canary.asked)} requests, {canary.connections} connections without a word",
    )
