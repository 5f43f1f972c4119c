"""Saved news pages and our own articles: what the service says of them is found again, at the right words.

The saved pages are not part of the repository. Their scripts do not run and nothing comes from elsewhere: the
page is what the server of the outlet sent.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import Reader, wait_for
from measuring_data import DATA
from service_process import ServiceProcess
from site_under_test import Site
from trust import tries
from truthlens.client import Client
from truthlens.seeds import articles_dir

PLACED_FLOOR = 0.99
"""Of what is annotated; the words under every mark that is placed must be the right ones."""

NEAR = 8
"""Characters on one side that tell places apart. The other side may be a picture's or an advertisement's."""

FOLDER = DATA / "measure" / "extraction"
RUN = (
    "async (url) => Object.values(await chrome.storage.session.get()).find((run) => run.url === url) ?? null"
)
PLACE = """async ([url, selectors]) => {
  const [tab] = await chrome.tabs.query({ url });
  const func = (wanted) => {
    const index = TruthLens.text.index(document.body);
    const ranges = TruthLens.anchor.place(index, wanted);
    const first = new Map();
    index.nodes.forEach((node, at) => first.has(node) || first.set(node, at));
    const dense = (text) => TruthLens.text.fold(text).replace(/\\s/g, "");
    const whole = dense(index.text);
    return ranges.map((range) => {
      if (!range) return null;
      const alone = whole.split(dense(String(range))).length === 2;
      let [start, end] = [first.get(range.startContainer), first.get(range.endContainer)];
      while (index.starts[start] < range.startOffset) start += 1;
      const { endContainer, endOffset } = range;
      while (index.nodes[end] === endContainer && index.ends[end] <= endOffset) end += 1;
      const before = index.text.slice(Math.max(0, start - 80), start);
      const isTitle = range.startContainer.parentElement.closest("h1") !== null;
      return { text: String(range), alone, isTitle, before, after: index.text.slice(end, end + 80) };
    });
  };
  const target = { tabId: tab.id };
  const [{ result }] = await chrome.scripting.executeScript({ target, func, args: [selectors] });
  return result;
}"""
Json = dict[str, Any]


class Count:
    """How many quotations were placed, and why the others were not."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.rest: list[str] = []
        self.doubtful = 0
        """On the right words, which the page holds more than once, with neither neighbour the article's."""

    def add(self, page: str, quote: Json, found: Json | None) -> None:
        exact = quote["exact"]
        if found is None:
            self._miss("not placed", page, exact)
        elif plain(found["text"]) != plain(exact):
            self._miss(f"on other words: {found['text'][:60]!r}", page, exact)
        else:
            self.kinds["right"] += 1
            if not fits(quote, found):
                self.doubtful += 1
                self.rest.append(
                    f"{page}: after {found['before'][-20:]!r}, not {quote['prefix'][-20:]!r}: {exact[:80]!r}"
                )

    def _miss(self, why: str, page: str, exact: str) -> None:
        self.kinds["not placed" if why == "not placed" else "wrong"] += 1
        self.rest.append(f"{page}: {why}: {exact[:80]!r}")

    @property
    def all(self) -> int:
        return self.kinds.total()

    @property
    def placed(self) -> float:
        return 1 - self.kinds["not placed"] / self.all if self.all else 1.0

    @property
    def right(self) -> float:
        placed = self.kinds["right"] + self.kinds["wrong"]
        return self.kinds["right"] / placed if placed else 1.0

    def said(self, what: str) -> str:
        shares = f"{self.placed:.2%} placed, {self.right:.2%} of those on the right words"
        return f"{self.all:,} {what}: {shares}, {self.doubtful} perhaps on a twin"


def fits(quote: Json, found: Json) -> bool:
    """Whether this is the place that is meant.

    Where the words stand but once there is no other, and what the article begins with is its heading. Else
    the words on one side must be the article's.
    """
    if found["alone"] or (found["isTitle"] and not quote["prefix"]):
        return True
    before, after = plain(quote["prefix"])[-NEAR:], plain(quote["suffix"])[:NEAR]
    return (plain(found["before"]).endswith(before) if before else not after) or (
        bool(after) and plain(found["after"]).startswith(after)
    )


def plain(text: str) -> str:
    """Without what is written differently though it reads the same; not by the code under test."""
    text = unicodedata.normalize("NFKD", text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}))
    text = re.sub("[\\u2010-\\u2015\\u2212]", "-", text)
    return "".join(one for one in text if unicodedata.category(one) not in {"Cf", "Mn"} and not one.isspace())


def quotes(part: Any) -> Iterator[Json]:
    """Every place in the article that some part of a report cites."""
    if isinstance(part, dict):
        if "exact" in part and "utf16_start" in part and not part.get("other"):
            yield {key: part[key] for key in ("exact", "prefix", "suffix")} | {"hint": part["utf16_start"]}
        for value in part.values():
            yield from quotes(value)
    elif isinstance(part, list):
        for value in part:
            yield from quotes(value)


def annotated(result: Json) -> list[Json]:
    """What is to be marked."""
    found = []
    for one in result["annotations"]:
        (quote,) = (each for each in one["target"]["selector"] if each["type"] == "TextQuoteSelector")
        parts = {key: quote[key] for key in ("exact", "prefix", "suffix")}
        found.append(parts | {"hint": one["body"]["utf16_start"]})
    return found


def read(reader: Reader, client: Client, address: str) -> Json | str:
    """The report of a page after a press of the button, or the code of what is in the way."""
    page = reader.open(address)
    reader.press(page)

    def ended() -> Any:
        run = reader.worker.evaluate(RUN, address)
        return run if run and run["phase"] in {"done", "failed"} else None

    run = wait_for(ended, f"{address} is read", seconds=60)
    if run["phase"] == "failed":
        page.close()
        return str(run["error"]["code"])
    return dict(client.read(run["analysisId"]))


def measure(
    reader: Reader, client: Client, pages: list[tuple[str, str]], told: Callable[[str, object], None]
) -> None:
    marks, cited, refused = Count(), Count(), Counter[str]()
    for name, address in pages:
        result = read(reader, client, address)
        if isinstance(result, str):
            refused[result] += 1
            print(f"{name}: {result}")
            continue
        wanted = annotated(result)
        for quote, found in zip(wanted, reader.worker.evaluate(PLACE, [address, wanted]), strict=True):
            marks.add(name, quote, found)
        others = list(quotes(result["report"]["sections"]))
        for quote, found in zip(others, reader.worker.evaluate(PLACE, [address, others]), strict=True):
            cited.add(name, quote, found)
        page = next(one for one in reader.context.pages if one.url == address)
        painted = sum(len(texts) for texts in reader.highlights(page).values())
        missed = sum(f"{name}: not placed" in line for line in marks.rest)
        assert painted == len(wanted) - missed, "what is placed is painted"
        page.close()
    print(f"\n{len(pages) - refused.total()} pages; not read: {dict(refused) or 'none'}")
    for line in (marks.said("marks"), cited.said("cited places"), *marks.rest, *cited.rest):
        print(line)
    told("tried", marks.all + cited.all)
    told("figure", f"{marks.said('marks')}; {cited.said('cited places')}")
    assert set(refused) <= {"not_english"}
    for count in (marks, cited):
        assert count.placed >= PLACED_FLOOR
        assert count.right == 1.0
    assert marks.doubtful == 0


@pytest.fixture
def client(reader: Reader, service: ServiceProcess) -> Client:
    token = reader.worker.evaluate("async () => (await chrome.storage.local.get('token')).token")
    return Client(service.port, str(token), origin="")


def test_our_own_articles(
    reader: Reader, client: Client, site: Site, record_property: Callable[[str, object], None]
) -> None:
    names = sorted(path.stem for path in articles_dir().glob("*.html"))
    measure(reader, client, [(name, site.address(name)) for name in names], record_property)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the measuring pages are not here (TRUTHLENS_DATA)")
def test_saved_pages(
    reader: Reader, client: Client, site: Site, record_property: Callable[[str, object], None]
) -> None:
    keys = sorted(json.loads((FOLDER / "ground-truth.json").read_text("utf-8")))
    chosen = keys[:: len(keys) // tries(3, len(keys))]
    pages = []
    for key in chosen:
        html = gzip.decompress((FOLDER / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")
        pages.append((key[:8], site.put(f"saved-{key[:8]}", html)))
    measure(reader, client, pages, record_property)
