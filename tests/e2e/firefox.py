"""Firefox with the packed extension: launching it, pressing its button, and the real sidebar."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser import ROOT, SECONDS, wait_for
from marionette import Marionette

ID = "truthlens@truthlens.invalid"
WIDGET = ID.replace("@", "_").replace(".", "_")
PREFERENCES = {
    # Every name is this machine: pages must not be at 127.0.0.1, where the host permission would stand in for
    # activeTab, and nothing is asked of the network.
    "network.dns.forceResolve": "127.0.0.1",
    "dom.security.https_first": False,
}
# The document of the sidebar is in a process of its own.
IN_SIDEBAR = """
  const [script, values] = arguments;
  const browser = document.getElementById("sidebar").contentDocument?.getElementById("webext-panels-browser");
  const actor = browser?.browsingContext?.currentWindowGlobal?.getActor("MarionetteCommands");
  // Fails when the document goes away meanwhile.
  return actor?.executeScript(script, values, { sandboxName: null }).catch(() => null);
"""
SIDEBAR_PLACE = """
  const outer = document.getElementById("sidebar");
  const inner = outer.contentDocument.getElementById("webext-panels-browser").getBoundingClientRect();
  const { x, y } = outer.getBoundingClientRect();
  return { x: x + inner.x, y: y + inner.y };
"""
ELEMENT_PLACE = """
  const found = document.querySelector(arguments[0]);
  found.scrollIntoView({ block: "center" });
  const { x, y, width, height } = found.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
"""
IS_DONE = """
  const [wanted] = arguments;
  return browser.storage.session
    .get()
    .then((runs) => Object.values(runs).some(({ url, phase }) => url === wanted && phase === "done"));
"""
HIGHLIGHTS = """
  const found = {};
  CSS.highlights.forEach((highlight, name) => {
    if (!name.startsWith("truthlens-")) return;
    found[name] = [];
    highlight.forEach((range) => found[name].push(String(range)));
  });
  return found;
"""


def executable() -> str | None:
    """The Firefox that can be driven, as `.ci/firefox` finds it."""
    found = subprocess.run([str(ROOT / ".ci" / "firefox")], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def packed(folder: Path) -> Path:
    """The archive that `make pack` writes for Firefox, made in ``folder``."""
    subprocess.run([sys.executable, ROOT / ".ci" / "pack.py", folder], check=True, capture_output=True)
    (archive,) = folder.glob("truthlens-firefox-*.zip")
    return archive


class Firefox:
    """A Firefox with the archive as a temporary add-on, used as a reader uses it: one window, some tabs."""

    def __init__(self, firefox: str, archive: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="truthlens-firefox-"))
        self._driver = Marionette(firefox, self._folder, PREFERENCES)
        self._driver.send("WebDriver:SetTimeouts", script=int(SECONDS * 1000))
        self._driver.send("Addon:Install", path=str(archive), temporary=True)
        self._driver.send("WebDriver:SetWindowRect", x=0, y=0, width=1280, height=900)
        self._first = str(self._driver.send("WebDriver:GetWindowHandle"))
        self.host = str(
            self.chrome("return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", ID)
        )
        # Add-ons start in the menu of extensions; readers pin them like this.
        self.chrome("CustomizableUI.addWidgetToArea(arguments[0], 'nav-bar')", f"{WIDGET}-browser-action")

    def close(self) -> None:
        try:
            self._driver.close()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def origin(self) -> str:
        """Random in every profile."""
        return f"moz-extension://{self.host}"

    @contextmanager
    def _window(self) -> Iterator[Marionette]:
        """Commands within are for the browser's own window, not for the page in it."""
        self._driver.send("Marionette:SetContext", value="chrome")
        try:
            yield self._driver
        finally:
            self._driver.send("Marionette:SetContext", value="content")

    def chrome(self, script: str, *values: object) -> Any:
        """Runs a script in the window of the browser itself; a promise is waited for."""
        with self._window() as window:
            return window.send("WebDriver:ExecuteScript", script=script, args=values)

    def page(self, script: str, *values: object) -> Any:
        """The same in the document of the current tab."""
        return self._driver.send("WebDriver:ExecuteScript", script=script, args=values)

    def sidebar(self, script: str, *values: object) -> Any:
        """The same in the document of the sidebar; None while none is open."""
        return self.chrome(IN_SIDEBAR, script, values)

    def use(self, port: int, token: str = "") -> None:
        """Set where the service is, and the token of a pairing; slight marks are painted too."""
        self.open(f"{self.origin}/options/options.html")
        values = {"port": port, "token": token, "floor": "slight"}
        self.page("return browser.storage.local.set(arguments[0])", values)
        self.tidy()

    def open(self, url: str) -> None:
        """In a new tab, which becomes the current one."""
        tab = self._driver.send("WebDriver:NewWindow", type="tab", focus=True)
        self._driver.send("WebDriver:SwitchToWindow", handle=tab["handle"])
        self._driver.send("WebDriver:Navigate", url=url)

    def tidy(self) -> None:
        """Close the sidebar and every tab but the first."""
        self.chrome("SidebarController.hide()")
        for handle in self._driver.send("WebDriver:GetWindowHandles"):
            if handle != self._first:
                self._driver.send("WebDriver:SwitchToWindow", handle=handle)
                self._driver.send("WebDriver:CloseWindow")
        self._driver.send("WebDriver:SwitchToWindow", handle=self._first)

    def press(self) -> None:
        """A real press of the toolbar button: it counts as a gesture and grants activeTab."""
        with self._window() as window:
            button = window.send("WebDriver:FindElement", using="css selector", value=f"#{WIDGET}-BAP")
            window.send("WebDriver:ElementClick", id=next(iter(button.values())))

    def end_background(self) -> None:
        """What Firefox does when the extension has been idle for half a minute."""
        self.chrome("return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground()", ID)

    def seen(self, selector: str) -> bool:
        """Whether the sidebar shows such an element."""
        return bool(self.sidebar("return document.querySelector(arguments[0])?.checkVisibility()", selector))

    def wait_to_see(self, selector: str) -> None:
        wait_for(lambda: self.seen(selector), f"the sidebar shows {selector}")

    def wait_until_marked(self, url: str) -> None:
        """Until the extension counts the page as done, which is a moment after its marks are painted."""
        wait_for(lambda: self.sidebar(IS_DONE, url), "the page is marked")

    def said(self, selector: str) -> str:
        """The words of the first such element in the sidebar, which must come to be there."""
        self.wait_to_see(selector)
        return str(self.sidebar("return document.querySelector(arguments[0]).textContent", selector))

    def click(self, selector: str) -> None:
        """A real click on the first such element in the sidebar, which must come to be there."""
        self.wait_to_see(selector)
        place = self.sidebar(ELEMENT_PLACE, selector)
        corner = self.chrome(SIDEBAR_PLACE)
        with self._window():
            self.click_page(corner["x"] + place["x"], corner["y"] + place["y"])

    def click_page(self, x: float, y: float) -> None:
        """A real click at a point of the current tab's viewport."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        press, release = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        mouse = {"type": "pointer", "id": "mouse", "actions": [move, press, release]}
        self._driver.send("WebDriver:PerformActions", actions=[mouse])

    def type(self, text: str) -> None:
        """Real keys, one after the other, to what has the focus in the browser's window."""
        self._keys((kind, key) for key in text for kind in ("keyDown", "keyUp"))

    def shortcut(self, letter: str = "L") -> None:
        """Alt+Shift and a letter; with L the same wish as a press of the button."""
        held = ["\ue00a", "\ue008", letter]  # WebDriver's names for Alt and Shift
        self._keys([("keyDown", key) for key in held] + [("keyUp", key) for key in reversed(held)])

    def type_page(self, key: str) -> None:
        """One real key to the page itself."""
        strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self._driver.send(
            "WebDriver:PerformActions", actions=[{"type": "key", "id": "page", "actions": strokes}]
        )

    def within(self, name: str) -> str:
        """What stands in the closed shadow root of an element of ours; "" while it is not in the page."""
        script = "return document.querySelector(arguments[0])?.openOrClosedShadowRoot.textContent ?? ''"
        found = self._driver.send("WebDriver:ExecuteScript", script=script, args=[name], sandbox="system")
        return str(found)

    def press_within(self, name: str, deed: str) -> None:
        """A real click on the button of this deed in an element of ours."""
        script = """
          const root = document.querySelector(arguments[0]).openOrClosedShadowRoot;
          const box = root.querySelector(`[data-deed="${arguments[1]}"]`).getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        """
        place = self._driver.send(
            "WebDriver:ExecuteScript", script=script, args=[name, deed], sandbox="system"
        )
        self.click_page(place["x"], place["y"])

    def open_window(self, url: str) -> str:
        """In a window of its own, which becomes the current one. Returns the one that was current before."""
        before = str(self._driver.send("WebDriver:GetWindowHandle"))
        window = self._driver.send("WebDriver:NewWindow", type="window", focus=True)
        self.go_to(window["handle"])
        self._driver.send("WebDriver:SetWindowRect", x=0, y=0, width=1280, height=900)
        self._driver.send("WebDriver:Navigate", url=url)
        return before

    def go_to(self, handle: str) -> None:
        """Make another tab or window the current one."""
        self._driver.send("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def _keys(self, strokes: Iterable[tuple[str, str]]) -> None:
        actions = [{"type": kind, "value": key} for kind, key in strokes]
        with self._window() as window:
            window.send(
                "WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}]
            )

    def highlights(self) -> dict[str, list[str]]:
        """What is painted on the current page: the marked texts by the name of their highlight."""
        return dict(self.page(HIGHLIGHTS))

    def painted(self) -> list[str]:
        """Every marked text, whatever its indicator, as often as it is marked."""
        return [text for name, texts in self.highlights().items() if "flash" not in name for text in texts]

    def picture(self, path: Path) -> None:
        """Of the whole window, sidebar and page."""
        path.parent.mkdir(exist_ok=True)
        with self._window() as window:
            path.write_bytes(base64.b64decode(window.send("WebDriver:TakeScreenshot", full=False)))
