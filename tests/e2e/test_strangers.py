"""Hostile pages and other extensions in real browsers: nothing they do reaches a handler of the service."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Reader, extension_id, wait_for
from firefox import Firefox, packed
from hostile_page import WAYS, script
from local_site import LocalSite, reply
from playwright.sync_api import Page, Playwright, expect
from service_under_test import Running
from watched_service import watched

pytestmark = pytest.mark.enable_socket
Note = Callable[[str, object], None]
OURS = f"chrome-extension://{extension_id()}"
STRANGER = Path(__file__).with_name("stranger-extension")
OPEN = {"/v1/status", "/v1/pair"}
PAGE = b"<!doctype html><meta charset=utf-8><title>Evil</title><body><p>Nothing to see.</p>"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, list[str]]]:
    with watched(tmp_path_factory.mktemp("watched")) as found:
        yield found


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The stranger with and without leave to reach 127.0.0.1."""
    folder = tmp_path_factory.mktemp("strangers")
    for name in ("with", "without"):
        shutil.copytree(STRANGER, folder / name)
    manifest = json.loads((STRANGER / "manifest.json").read_text("utf-8"))
    del manifest["host_permissions"]
    manifest["browser_specific_settings"]["gecko"]["id"] = "without@truthlens.invalid"
    (folder / "without" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder / "with", folder / "without"


@pytest.fixture(scope="module")
def crowd(
    playwright: Playwright, chromium: str, strange: tuple[Path, Path], service: tuple[Running, list[str]]
) -> Iterator[Reader]:
    """A Chromium with our extension, paired, and two strangers beside it."""
    reader = Reader(playwright, chromium, beside=strange)
    run, _ = service
    reader.use(run.port, run.token(OURS))
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def evil() -> Iterator[LocalSite]:
    with LocalSite(lambda path: reply(PAGE)) as site:
        yield site


def forget(service: tuple[Running, list[str]]) -> tuple[Running, list[str]]:
    run, arrived = service
    arrived.clear()
    run.handled.clear()
    run.analyser.seen.clear()  # our own extension has read a page in between
    return run, arrived


@pytest.mark.parametrize("place", ["evil.test", "127.0.0.1", "localhost"])
def test_no_way_of_a_page_reaches_a_handler(
    crowd: Reader, service: tuple[Running, list[str]], evil: LocalSite, place: str, record_property: Note
) -> None:
    run, arrived = forget(service)
    before = run.service.library.preferences()
    page = crowd.open(evil.url("/", host=place))
    told = {way: page.evaluate(script(run.port, way)) for way in WAYS}
    told |= {f"{way}, by name": page.evaluate(script(run.port, way, "localhost")) for way in WAYS}
    page.close()
    assert run.handled == []
    # Nothing of an answer can be read: a page learns at most that something is there.
    assert {way: said for way, said in told.items() if not unread(said)} == {}
    assert run.service.library.preferences() == before
    assert run.analyser.seen == []
    assert len(arrived) >= len(WAYS), "they did get as far as the guard, so it is the guard that holds"
    record_property("tried", len(told))
    record_property("figure", f"{len(arrived)} requests arrived, 0 handled")


def unread(said: str) -> bool:
    return said.startswith("failed") or said in {"empty", "0 ", "loaded"}


def test_a_page_cannot_even_ask_beforehand(
    crowd: Reader, service: tuple[Running, list[str]], evil: LocalSite
) -> None:
    run, arrived = forget(service)
    page = crowd.open(evil.url("/preflight", host="evil.test"))
    said = page.evaluate(script(run.port, "XHR, our headers"))
    page.close()
    assert said == "failed event"
    assert [each for each in arrived if each.startswith("POST")] == []


# Other extensions

ASK = """
async ([port, token]) => {
  const headers = { "X-TruthLens-Client": "1" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const json = { ...headers, "Content-Type": "application/json" };
  const asked = [
    ["GET", "/v1/library"],
    ["GET", "/v1/library/export"],
    ["GET", "/v1/library/preferences"],
    ["GET", "/v1/indicators"],
    ["GET", "/v1/openapi.json"],
    ["GET", "/v1/analyses/0"],
    ["DELETE", "/v1/library"],
    ["DELETE", "/v1/analyses/0"],
    ["POST", "/v1/analyses", '{"text":"An article."}'],
    ["POST", "/v1/comparisons", '{"ids":["a","b"]}'],
    ["PUT", "/v1/library/preferences", '{"keeping":false,"retention_days":1}'],
    ["POST", "/v1/pair", '{"code":"AAAA-AAAA"}'],
    ["GET", "/v1/nothing"],
  ];
  const told = [];
  for (const [method, path, body] of asked) {
    try {
      const options = { method, headers: body ? json : headers, body };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, options);
      told.push([method, path, response.status, (await response.json()).error?.code ?? "read"]);
    } catch (thrown) {
      told.push([method, path, 0, String(thrown?.name)]);
    }
  }
  return told;
}
"""
REFUSED = {0, 401, 403, 404}


def check_refused(told: list[list[Any]], run: Running) -> None:
    for method, path, status, code in told:
        assert status in REFUSED, (method, path, status, code)
        assert code != "read", (method, path)
        assert status != 404 or path == "/v1/nothing", (method, path)
    assert {*run.handled} <= OPEN  # a code may be tried by any extension, five times
    assert run.analyser.seen == []


def stranger_pages(crowd: Reader) -> dict[str, Any]:
    """The worker and a page of each stranger."""
    found: dict[str, Any] = {}
    for worker in crowd.context.service_workers:
        identifier = worker.url.split("/")[2]
        if identifier != extension_id():
            name = "with" if worker.evaluate("chrome.runtime.getManifest().host_permissions") else "without"
            page = crowd.open(f"chrome-extension://{identifier}/page.html")
            found |= {f"{name}, worker": worker, f"{name}, page": page}
    return found


def test_other_extensions_in_chromium_get_nothing(
    crowd: Reader, service: tuple[Running, list[str]], record_property: Note
) -> None:
    run, arrived = forget(service)
    contexts = stranger_pages(crowd)
    assert len(contexts) == 4
    tried = 0
    for name, context in contexts.items():
        for token in ("", "A" * 43, run.cli_token()[::-1]):
            told = context.evaluate(ASK, [run.port, token])
            check_refused(told, run)
            tried += len(told)
            if name.startswith("with,"):
                assert all(status for _, _, status, _ in told), "its leave to reach us is real"
    # Somebody else's token, should it ever be known, changes nothing for whoever sends an Origin.
    stolen = stored_token(crowd)
    told = contexts["with, page"].evaluate(ASK, [run.port, stolen])
    written = [each for each in told if each[0] != "GET"]
    assert {(status, code) for _, path, status, code in written if path != "/v1/pair"} == {
        (403, "origin_refused")
    }
    assert arrived
    for context in contexts.values():
        if isinstance(context, Page):
            context.close()
    record_property("tried", tried)


# The token

IN_CONTENT_SCRIPT = """
async (tab) => {
  const [{ result }] = await chrome.scripting.executeScript({
    target: { tabId: tab },
    func: async () => {
      const found = {};
      for (const area of ["local", "session", "sync"]) {
        try {
          found[area] = JSON.stringify(await chrome.storage[area].get(null));
        } catch (thrown) {
          found[area] = "failed " + thrown.message;
        }
      }
      return found;
    },
  });
  return result;
}
"""
IN_PAGE = """
async (id) => {
  const heard = [];
  addEventListener("message", (event) => heard.push(JSON.stringify(event.data)));
  const kinds = ["collect", "show", "run", "token", "settings", "placed", "mark_chosen", "judge", "present"];
  for (const kind of kinds) {
    postMessage({ kind, id: 1, source: "truthlens", target: id }, "*");
    document.dispatchEvent(new CustomEvent(kind, { detail: { kind } }));
  }
  const send = globalThis.chrome?.runtime?.sendMessage;
  const found = { storage: typeof globalThis.chrome?.storage };
  if (send)
    found.sent = await new Promise((resolve) =>
      send(id, { kind: "settings" }, (answer) => resolve(JSON.stringify(answer ?? null))),
    );
  const files = ["options/options.html", "lib/settings.js", "manifest.json"];
  found.files = await Promise.all(files.map((file) =>
    fetch(`chrome-extension://${id}/${file}`).then(() => "read", () => "failed")));
  await new Promise((resolve) => setTimeout(resolve, 500));
  found.heard = heard.filter((each) => !each.includes('"source":"truthlens"'));
  found.local = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  return found;
}
"""


def test_the_panel_waits_while_the_terminal_is_asked(
    crowd: Reader, service: tuple[Running, list[str]], evil: LocalSite
) -> None:
    run, _ = service
    crowd.use(run.port, "")
    page = crowd.open(evil.url("/asked", host="news.test"))
    crowd.press(page)
    panel = crowd.panel()
    for accept in (False, True):
        code = run.service.pairings.mint(asks=True).text
        panel.get_by_test_id("pair_code").fill(code)
        panel.get_by_test_id("pair").click()
        expect(panel.get_by_test_id("pair_hint")).to_contain_text("terminal")
        asking = run.service.pairings.asking()
        assert asking is not None
        assert (asking.origin, asking.name) == (OURS, "Chromium")
        assert stored_token(crowd) == ""
        run.service.pairings.answer(origin=OURS, accept=accept)
        if not accept:
            expect(panel.get_by_test_id("pair_error")).to_contain_text("declined")
    wait_for(lambda: stored_token(crowd), "the token comes once the terminal has said yes")
    crowd.forget_panel()
    page.close()


def stored_token(crowd: Reader) -> str:
    return str(crowd.worker.evaluate("async () => (await chrome.storage.local.get('token')).token"))


def test_neither_page_nor_content_script_reads_the_token(
    crowd: Reader, service: tuple[Running, list[str]], evil: LocalSite, record_property: Note
) -> None:
    token = stored_token(crowd)
    assert len(token) >= 43
    # At 127.0.0.1 the extension may put scripts into a page without a press of its button.
    page = crowd.open(evil.url("/token", host="127.0.0.1"))
    tab = crowd.worker.evaluate(
        "async (url) => (await chrome.tabs.query({ url }))[0]?.id", page.url.replace(f":{evil.port}", "")
    )
    assert tab is not None
    found = crowd.worker.evaluate(IN_CONTENT_SCRIPT, tab)
    assert token not in json.dumps(found)
    assert found["local"].startswith("failed")
    assert found["session"].startswith("failed")
    assert found["sync"] == "{}"
    told = page.evaluate(IN_PAGE, extension_id())
    page.close()
    assert token not in json.dumps(told)
    assert told["storage"] == "undefined"
    assert told["files"] == ["failed"] * 3
    assert told["heard"] == []
    record_property("tried", len(found) + 2)


# Firefox

FIREFOX_SCRIPT = f"const [values] = arguments; return ({ASK.strip()})(values);"


def test_other_extensions_in_firefox_get_nothing(
    service: tuple[Running, list[str]],
    strange: tuple[Path, Path],
    evil: LocalSite,
    tmp_path: Path,
    firefox_program: str,
    record_property: Note,
) -> None:
    run, arrived = forget(service)
    browser = Firefox(firefox_program, packed(tmp_path))
    tried = 0
    try:
        token = run.token(browser.origin)
        browser.use(run.port, token)
        forget(service)  # our own pages have asked
        browser.open(evil.url("/token", host="127.0.0.1"))
        told = browser.page(
            f"return ({IN_PAGE.strip().replace('chrome-extension', 'moz-extension')})(arguments[0])",
            browser.host,
        )
        assert token not in json.dumps(told)
        assert told["files"] == ["failed"] * 3
        assert told["heard"] == []
        for folder, identifier in zip(
            strange, ("stranger@truthlens.invalid", "without@truthlens.invalid"), strict=True
        ):
            archive = shutil.make_archive(str(tmp_path / folder.name), "zip", folder)
            browser._driver.send("Addon:Install", path=archive, temporary=True)
            host = browser.chrome(
                "return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", identifier
            )
            for guess in ("", "A" * 43):
                browser.open(f"moz-extension://{host}/page.html")
                told = browser.page(FIREFOX_SCRIPT, [run.port, guess])
                check_refused(told, run)
                tried += len(told)
                if folder.name == "with":
                    assert all(status for _, _, status, _ in told), "its leave to reach us is real"
            browser.tidy()
    finally:
        browser.close()
    assert arrived
    record_property("tried", tried)
