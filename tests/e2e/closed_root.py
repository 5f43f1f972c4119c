"""Looks into the closed shadow roots of the extension's elements, which pages and Playwright cannot."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

Node = dict[str, Any]


class ClosedRoot:
    """What stands in one element of ours, such as ``truthlens-card``."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        self._name = name.upper()

    def text(self) -> str:
        """Everything it says; "" while it is not in the page."""
        root = self._root()
        return "" if root is None else " ".join(_texts(root))

    def click(self, deed: str) -> None:
        """Click the button of this deed with the mouse, as a reader does."""
        session = self._page.context.new_cdp_session(self._page)
        root = self._root(session)
        assert root is not None
        button = next(node for node in _walk(root) if _attributes(node).get("data-deed") == deed)
        quad = session.send("DOM.getBoxModel", {"nodeId": button["nodeId"]})["model"]["content"]
        session.detach()
        self._page.mouse.click((quad[0] + quad[2]) / 2, (quad[1] + quad[5]) / 2)

    def place(self) -> tuple[float, float]:
        """Where its first element begins in the window, from above, and its height."""
        session = self._page.context.new_cdp_session(self._page)
        root = self._root(session)
        assert root is not None
        first = next(node for node in root["children"] if node["nodeName"] == "DIV")
        quad = session.send("DOM.getBoxModel", {"nodeId": first["nodeId"]})["model"]["border"]
        session.detach()
        return float(quad[1]), float(quad[5] - quad[1])

    def count(self, kind: str) -> int:
        """How many elements of this class it holds."""
        root = self._root()
        return 0 if root is None else sum(kind in _classes(node) for node in _walk(root))

    def _root(self, session: Any = None) -> Node | None:
        asking = session or self._page.context.new_cdp_session(self._page)
        document = asking.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        if session is None:
            asking.detach()
        hosts = (node for node in _walk(document) if node["nodeName"] == self._name)
        return next((node["shadowRoots"][0] for node in hosts if node.get("shadowRoots")), None)


def _walk(node: Node) -> list[Node]:
    found, todo = [], [node]
    while todo:
        one = todo.pop()
        found.append(one)
        todo.extend(reversed(one.get("shadowRoots", []) + one.get("children", [])))
    return found


def _texts(root: Node) -> list[str]:
    return [node["nodeValue"] for node in _walk(root) if node["nodeName"] == "#text"]


def _attributes(node: Node) -> dict[str, str]:
    flat = node.get("attributes", [])
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _classes(node: Node) -> list[str]:
    return _attributes(node).get("class", "").split()
