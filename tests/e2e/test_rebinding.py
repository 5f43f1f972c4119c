"""A name that first is an attacker’s computer, then this one: in a real browser with our own DNS server."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from browser import free_port
from hostile_page import SAME_ORIGIN
from local_site import LocalSite, reply
from lying_dns import LyingDns, Record, Said
from playwright.sync_api import Page, Playwright
from trust import FULL
from watched_service import watched

pytestmark = pytest.mark.enable_socket
Note = Callable[[str, object], None]
PAGE = b"<!doctype html><meta charset=utf-8><title>Evil</title><body><p>Nothing to see.</p>"


@contextmanager
def rebinding(
    playwright: Playwright, chromium: str, folder: Path, answers: Callable[[str, int], Said]
) -> Iterator[Any]:
    """A Chromium whose only name server is ours: in a mount namespace, with a resolv.conf of its own."""
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("namespaces cannot be made here")
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:2\n")
    (folder / "nsswitch.conf").write_text("hosts: files dns\n")
    wrapper = folder / "chromium"
    wrapper.write_text(
        f"#!/bin/sh\nexec {unshare} -m sh -c '"
        f"mount --bind {folder}/resolv.conf /etc/resolv.conf && "
        f"mount --bind {folder}/nsswitch.conf /etc/nsswitch.conf && "
        f'exec {chromium} "$@"\' chromium "$@"\n'
    )
    wrapper.chmod(0o755)
    try:
        dns = LyingDns(answers, address=("127.0.0.1", 53))
    except PermissionError:
        pytest.skip("a name server of our own may not listen here")
    with dns:
        browser = playwright.chromium.launch(
            executable_path=str(wrapper),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
        )
        try:
            yield browser, dns
        finally:
            browser.close()


def both(name: str, before: int) -> Said:
    """Public and private at once: when the first falls silent, the browser turns to the second."""
    return Said((Record("127.0.0.2"), Record("127.0.0.1"))) if name == "rebind.test" else Said(code=3)


def moving(name: str, before: int) -> Said:
    """Public once, private from then on, each for no time at all."""
    return Said((Record("127.0.0.1" if before else "127.0.0.2"),)) if name == "rebind.test" else Said(code=3)


@pytest.mark.parametrize(
    "answers",
    # Chromium keeps a name for a minute, whatever is said of it: too long a wait for an ordinary run.
    [both, pytest.param(moving, marks=pytest.mark.skipif(not FULL, reason="takes a minute: make trust"))],
)
def test_a_name_that_is_made_to_point_here_gets_nothing(
    playwright: Playwright, chromium: str, tmp_path: Path, answers: Any, record_property: Note
) -> None:
    port = free_port()
    with rebinding(playwright, chromium, tmp_path, answers) as (browser, dns):
        with LocalSite(
            lambda path: reply(PAGE, headers="Connection: close\r\n"), at=("127.0.0.2", port)
        ) as evil:
            page = browser.new_page()
            page.goto(f"http://rebind.test:{port}/")
            assert evil.requests, "the page came from the attacker's own computer"
        asked = len(dns.asked)
        with watched(tmp_path / "data", port=port) as (run, arrived):
            before = run.service.library.preferences()
            told = rebound(page)
            assert told == [[421, "bad_host"]] * 6
            assert len(arrived) >= 6, "the browser took the service for the attacker's site"
            assert run.handled == []
            assert run.analyser.seen == []
            assert run.service.library.preferences() == before
    record_property("tried", 6)
    record_property(
        "figure", f"{answers.__name__}: {asked} questions before, {len(arrived)} requests arrived"
    )


def rebound(page: Page) -> Any:
    """What the page is told once its name leads to the service; until then it reaches nobody."""
    until = time.monotonic() + 90  # Chromium may keep a name for a minute whatever is said of it
    while True:
        with suppress(Exception):
            return page.evaluate(SAME_ORIGIN)
        assert time.monotonic() < until, "the name never came to point here"
        time.sleep(0.5)
