"""Fixtures of the browser tests: one service and one browser for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import SECONDS, Reader, executable
from canned_service import CannedService
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


@pytest.fixture(scope="session")
def chromium() -> str:
    found = executable()
    if found is None:
        said = (
            "Chromium was not found: install it with the system's package manager, or set TRUTHLENS_CHROMIUM"
        )
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    return found


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
