"""Every state that the panel can be in has a face and a remedy."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser import Reader, free_port, wait_for
from playwright.sync_api import expect
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site


class _Old(BaseHTTPRequestHandler):
    """A service of a version that speaks another interface."""

    def do_GET(self) -> None:
        status = {"name": "truthlens", "version": "9.0.0", "api": 99, "pairing_open": False}
        body = json.dumps(status | {"model": {"state": "ready", "detail": ""}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """The test runner's output is no place for an access log."""


@pytest.fixture
def old_service() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Old)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_pairing_from_scratch(reader: Reader, service: ServiceProcess, site: Site, shot: Shot) -> None:
    reader.use(service.port, "")
    page = reader.open(site.address("police-budget", "sentinel.test"))
    reader.press(page)
    panel = reader.panel()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "not_paired")
    shot.panel(panel, "panel-not-paired")
    code = service.code()
    wrong = "A" * 8 if not code.startswith("A") else "B" * 8
    panel.get_by_test_id("pair_code").fill(wrong)
    panel.get_by_test_id("pair").click()
    expect(panel.get_by_test_id("pair_error")).not_to_be_empty()
    panel.get_by_test_id("pair_code").fill(code.lower())
    panel.get_by_test_id("pair").click()
    expect(panel.get_by_test_id("result")).to_be_visible()
    wait_for(lambda: reader.painted(page), "the page is read as soon as the code is right")


def test_a_token_that_no_longer_holds(reader: Reader, service: ServiceProcess, site: Site) -> None:
    reader.use(service.port, "nonsense")
    reader.press(reader.open(site.address("police-budget", "sentinel.test")))
    panel = reader.panel()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "wrong_token")
    expect(panel.get_by_test_id("pairing")).to_be_visible()


@pytest.mark.parametrize(
    ("page", "code"), [("links", "no_article"), ("french", "not_english"), ("short", "too_short")]
)
def test_what_cannot_be_read_is_said_plainly(
    reader: Reader, site: Site, shot: Shot, page: str, code: str
) -> None:
    reader.press(reader.open(site.address(page)))
    panel = reader.panel()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", code)
    expect(panel.get_by_test_id("message")).not_to_be_empty()
    expect(panel.get_by_test_id("remedy")).not_to_be_empty()
    shot.panel(panel, f"panel-{code}")


def test_a_page_of_the_browser_is_not_supported(reader: Reader, shot: Shot) -> None:
    reader.press(reader.open("chrome://version/"))
    panel = reader.panel()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "page_not_supported")
    shot.panel(panel, "panel-page-not-supported")


def test_nothing_listens(reader: Reader, site: Site) -> None:
    reader.use(free_port(), "x")
    reader.press(reader.open(site.address("storm-live", "shore.test")))
    expect(reader.panel().get_by_test_id("face")).to_have_attribute("data-code", "service_down")


def test_waiting_for_the_model_and_cancelling(
    reader: Reader, service: ServiceProcess, site: Site, shot: Shot
) -> None:
    service.stop()
    service.start()
    service.wait_until_it_answers()
    page = reader.open(site.address("storm-live", "shore.test"))
    reader.press(page)
    panel = reader.panel()
    expect(panel.get_by_test_id("working")).to_be_visible()
    expect(panel.get_by_test_id("stage")).to_contain_text("model")
    shot.panel(panel, "panel-working")
    panel.get_by_test_id("cancel").click()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "cancelled")
    service.wait_until_ready()
    assert not reader.painted(page)
    panel.get_by_test_id("again").click()
    expect(panel.get_by_test_id("result")).to_be_visible()
    wait_for(lambda: reader.painted(page), "the page is read after all")


def test_another_version_of_the_service(reader: Reader, site: Site, old_service: int, shot: Shot) -> None:
    reader.use(old_service, "x")
    reader.press(reader.open(site.address("storm-live", "shore.test")))
    panel = reader.panel()
    expect(panel.get_by_test_id("face")).to_have_attribute("data-code", "wrong_version")
    shot.panel(panel, "panel-wrong-version")
