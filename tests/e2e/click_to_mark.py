"""How long a reader waits: from the press of the button to the first painted mark, in real Chromium.

    python tests/e2e/click_to_mark.py [--json FILE] [--rounds N]

adds its rows to a file of `truthlens bench`, or begins one. `make bench` runs it after that command.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

from browser import Reader, executable, extension_id, wait_for
from playwright.sync_api import Page, sync_playwright
from service_process import ServiceProcess
from truthlens.bench.articles import page as demo_page
from truthlens.bench.figure import Figure, Run
from truthlens.bench.suite import CLICK

WARM_MS, LARGE_MS = 500.0, 1500.0
LARGE_BYTES = 2 * 2**20
ROUNDS = 9
WATCH = """() => {
  const marked = () => [...CSS.highlights.keys()].some(
    (name) => name.startsWith("truthlens-") && CSS.highlights.get(name).size > 0);
  window.pressedAt = performance.now();
  window.markedAt = 0;
  const look = () => {
    if (marked()) window.markedAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""


class News:
    """Serves the demo article under addresses of its own, each with other words in one sentence, so that no
    analysis is known beforehand. ``/large/…`` is the same article in a page of 2 MB.
    """

    def __init__(self) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = edition(self.path).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """The terminal is for the figures."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://news.test:{self._server.server_port}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def edition(path: str) -> str:
    """The page at a path."""
    html = demo_page().replace("<p>", f"<p>This is the edition {path.rsplit('/', 1)[-1]} of the report. ", 1)
    if not path.startswith("/large/"):
        return html
    # What makes real pages large: data for scripts, and lists of links to everything else.
    state = '"some state of a script", ' * 60_000
    script = f"<script type=application/json>[{state}0]</script>"
    links = []
    missing = LARGE_BYTES - len(html) - len(script)
    while missing > 0:
        number = len(links)
        links.append(
            f'<li class="teaser"><a href="/story/{number}">Another story, number {number}</a></li>\n'
        )
        missing -= len(links[-1])
    return html.replace("</body>", f"<aside><ul>{''.join(links)}</ul></aside>{script}</body>")


def waited(reader: Reader, url: str) -> float:
    """Milliseconds from the press to the first mark, in the page's own clock."""
    page = reader.open(url)
    trigger = _trigger(reader, page)
    page.evaluate(WATCH)
    trigger()
    wait_for(lambda: page.evaluate("window.markedAt"), "the first mark", seconds=60.0)
    taken = float(page.evaluate("window.markedAt - window.pressedAt"))
    reader.wait_until_marked(page)
    page.close()
    return taken


def _trigger(reader: Reader, page: Page) -> Callable[[], object]:
    """A press of the button, all prepared: what the driver needs for it is no part of what is measured."""
    browser = reader.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    page.bring_to_front()
    found = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    target = next(each["targetId"] for each in found if each["url"] == page.url)
    return lambda: session.send("Extensions.triggerAction", {"id": extension_id(), "targetId": target})


def rows(reader: Reader, news: News, rounds: int) -> list[Figure]:
    """The first press of each kind does not count: it opens the panel and starts a worker."""
    numbers = count()

    def median(path: Callable[[], str]) -> float:
        times = [waited(reader, news.address(path())) for _ in range(rounds + 1)]
        return statistics.median(times[1:])

    def row(name: str, value: float, aim: float | None, note: str) -> Figure:
        return Figure(measure=CLICK, name=name, value=round(value), unit="ms", aim=aim, note=note)

    return [
        row("warm", median(lambda: f"/story/{next(numbers)}"), WARM_MS, "an article that is not known yet"),
        row(
            "a page of 2 MB",
            median(lambda: f"/large/{next(numbers)}"),
            LARGE_MS,
            "the same article among 1.5 MB of scripts’ data and nearly 7,000 links",
        ),
        row("read before", median(lambda: "/story/again"), None, "the report is in the library"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    chromium = executable()
    if chromium is None:
        print("Chromium was not found, so the wait from click to mark is not measured.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        service, news = ServiceProcess(Path(folder) / "data"), News()
        service.start()
        reader = Reader(playwright, chromium)
        try:
            service.wait_until_ready()
            reader.use(service.port, service.token())
            found = rows(reader, news, options.rounds)
        finally:
            reader.close()
            service.close()
            news.close()
    for row in found:
        print(f"{row.name}: {row.value:.0f} ms", "" if row.aim is None else f"(aim {row.aim:.0f} ms)")
    if options.json is not None:
        Run.add(found, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
