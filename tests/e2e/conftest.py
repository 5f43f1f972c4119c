"""Fixtures of the browser tests: one service and one browser for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import SECONDS, Reader, executable
from canned_service import CannedService
from firefox import Firefox, packed
from firefox import executable as firefox_executable
from playwright.sync_api import Playwright, expect, sync_playwright
from service_process import ServiceProcess
from shot import Shot
from site_under_test import Site

expect.set_options(timeout=SECONDS * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(str(item.path)).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.model)


def found_or_skipped(program: str | None, name: str) -> str:
    """The browser, without which its tests are left out, and fail where all must run."""
    if program is None:
        variable = f"TRUTHLENS_{name.upper()}"
        said = f"{name} was not found: install it with the system's package manager, or set {variable}"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    return program


@pytest.fixture(scope="session")
def chromium() -> str:
    return found_or_skipped(executable(), "Chromium")


@pytest.fixture(scope="session")
def firefox_program() -> str:
    return found_or_skipped(firefox_executable(), "Firefox")


@pytest.fixture(scope="module")
def running(firefox_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A Firefox for each file of tests, before anything was asked of it."""
    browser = Firefox(firefox_program, packed(tmp_path_factory.mktemp("packed")))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    process = ServiceProcess(tmp_path_factory.mktemp("service") / "data")
    process.start()
    process.wait_until_ready()
    yield process
    process.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Reader]:
    running = Reader(playwright, chromium)
    yield running
    running.close()


@pytest.fixture
def reader(browser: Reader, service: ServiceProcess) -> Iterator[Reader]:
    """A paired browser without open pages but the first, blank one."""
    browser.use(service.port, service.token())
    yield browser
    for page in browser.context.pages[1:]:
        page.close()


@pytest.fixture(scope="session")
def canned() -> Iterator[CannedService]:
    running = CannedService()
    yield running
    running.close()


FORGET = "() => chrome.storage.local.remove(['ignored', 'votes', 'floor', 'hoverMs', 'sites'])"


@pytest.fixture
def canned_reader(browser: Reader, canned: CannedService) -> Iterator[Reader]:
    """A browser that asks the canned service, without anything switched off, and shows no weak marks."""
    browser.worker.evaluate(FORGET)
    browser.worker.evaluate("() => chrome.storage.local.set({ floor: 'clear' })")
    browser.use(canned.port, "any")
    yield browser
    browser.worker.evaluate(FORGET)
    for page in browser.context.pages[1:]:
        page.close()


@pytest.fixture
def shot() -> Shot:
    return Shot()
