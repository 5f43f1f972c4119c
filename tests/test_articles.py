"""The demo articles and what stands beside each: every expectation must be about text that is there."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "seeds" / "articles"
SEED = ROOT.parent / "shared" / "seed" / "north-korea-report.txt"
SLUGS = sorted(page.stem for page in ARTICLES.glob("*.html"))

INDICATORS = {"loaded_language", "name_calling", "exaggeration_minimisation", "doubt", "vague_sourcing"}
VOICES = {"own", "quote", "attributed", "headline"}
GENRES = {"news", "analysis", "opinion", "interview", "live", "satire", "sponsored"}
FIELDS = {"slug", "title", "outlet", "url", "byline", "published", "language", "genre"}

# Tags that do not end a word: text before and after them is joined without a space.
INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "time"}
# Links that a browser follows by itself; a canonical address is only read.
LOADING = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
ADDRESSES = {"src", "srcset", "poster", "data"}
RUN = 12  # words in a row that count as copied


class Page(HTMLParser):
    """Collects the visible text, the JSON-LD blocks and every address that a browser would load."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.blocks: list[str] = []
        self.loaded: list[str] = []
        self.style: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.loaded += [value for name, value in values.items() if name in ADDRESSES]
        self.style.append(values.get("style", ""))
        if tag == "link" and LOADING & set(values.get("rel", "").split()):
            self.loaded.append(values.get("href", ""))
        if tag in {"script", "style", "title"}:
            self.inside = "json" if values.get("type") == "application/ld+json" else tag
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "title"}:
            self.inside = ""
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        match self.inside:
            case "json":
                self.blocks.append(data)
            case "style":
                self.style.append(data)
            case "":
                self.pieces.append(data)

    @property
    def text(self) -> str:
        return plain("".join(self.pieces))


def plain(text: str) -> str:
    """Without soft hyphens, every run of white space (a no-break space too) as one space."""
    return " ".join(text.replace("\u00ad", "").split())


@cache
def page_of(slug: str) -> Page:
    page = Page()
    page.feed((ARTICLES / f"{slug}.html").read_text(encoding="utf-8"))
    page.close()
    return page


@cache
def notes_of(slug: str) -> dict:
    return tomllib.loads((ARTICLES / f"{slug}.toml").read_text(encoding="utf-8"))


def test_pages_and_notes_come_in_pairs() -> None:
    assert len(SLUGS) >= 7
    assert sorted(notes.stem for notes in ARTICLES.glob("*.toml")) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_notes_are_whole(slug: str) -> None:
    notes = notes_of(slug)
    assert notes.keys() >= FIELDS
    assert all(isinstance(notes[field], str) and notes[field] for field in FIELDS)
    assert notes["slug"] == slug
    assert notes["genre"] in GENRES
    assert re.fullmatch(r"http://[a-z]+\.test/\S+", notes["url"])
    assert len(notes["with"]) >= 4
    assert len(notes["without"]) >= 8
    assert notes["passes"]
    assert notes["voices"]
    assert {flag["indicator"] for flag in notes["flags"]} <= INDICATORS
    assert {part["voice"] for part in notes["flags"] + notes["voices"]} <= VOICES
    assert all(part["why"] for part in notes["passes"])
    assert all("speaker" in part for part in notes["voices"])


@pytest.mark.parametrize("slug", SLUGS)
def test_title_and_byline_stand_on_the_page(slug: str) -> None:
    text, notes = page_of(slug).text, notes_of(slug)
    assert plain(notes["title"]) in text
    assert all(name in text for name in notes["byline"].split(", "))


@pytest.mark.parametrize("slug", SLUGS)
def test_expected_text_and_furniture_stand_on_the_page(slug: str) -> None:
    text, notes = page_of(slug).text, notes_of(slug)
    wanted = notes["with"] + notes["without"] + [part["phrase"] for part in notes["voices"]]
    assert [phrase for phrase in wanted if plain(phrase) not in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_each_marked_phrase_has_one_place(slug: str) -> None:
    text, notes = page_of(slug).text, notes_of(slug)
    for part in notes["flags"] + notes["passes"]:
        context = plain(part.get("context", part["phrase"]))
        assert plain(part["phrase"]) in context
        assert text.count(context) == 1, f"{slug}: {context!r} occurs {text.count(context)} times"


@pytest.mark.parametrize("slug", SLUGS)
def test_no_phrase_is_both_marked_and_passed(slug: str) -> None:
    notes = notes_of(slug)
    passed = [plain(part.get("context", part["phrase"])) for part in notes["passes"]]
    flagged = [plain(part.get("context", part["phrase"])) for part in notes["flags"]]
    assert [(a, b) for a in passed for b in flagged if a in b or b in a] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_loaded_from_outside(slug: str) -> None:
    page = page_of(slug)
    style = "\n".join(page.style)
    loaded = page.loaded + re.findall(r"url\(\s*[\"']?([^)\"']+)", style)
    assert [address for address in loaded if not address.startswith("data:")] == []
    assert "@import" not in style


@pytest.mark.parametrize("slug", SLUGS)
def test_every_host_is_invented(slug: str) -> None:
    source = (ARTICLES / f"{slug}.html").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"'\s<]+)", source))
    assert {host for host in hosts if not host.endswith(".test")} <= {"schema.org", "www.w3.org"}


@pytest.mark.parametrize("slug", SLUGS)
def test_linked_data_parses_and_agrees_with_the_notes(slug: str) -> None:
    title = notes_of(slug)["title"]
    for block in page_of(slug).blocks:
        data = json.loads(block)
        nodes = data if isinstance(data, list) else data.get("@graph", [data])
        assert [node["headline"] for node in nodes if "headline" in node] == [title]


def test_some_pages_have_linked_data_and_some_have_none() -> None:
    assert {bool(page_of(slug).blocks) for slug in SLUGS} == {True, False}


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers; apostrophes and the commas inside figures are dropped."""
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]|(?<=\d),(?=\d)", "", text.lower()))


def words_outside_quotes(text: str) -> list[str]:
    """Like ``words_of``, with one mark that equals no word in place of each quotation."""
    words: list[str] = []
    for part in re.split(r"“[^”]*”", text):
        words += [*words_of(part), "“”"]
    return words


def test_arms_transfers_copies_no_run_of_the_seed_text() -> None:
    if not SEED.exists():
        pytest.skip("the seed text is not in this checkout (../shared/seed)")
    seed = words_of(SEED.read_text(encoding="utf-8"))
    runs = {tuple(seed[at : at + RUN]) for at in range(len(seed) - RUN + 1)}
    ours = words_outside_quotes(page_of("arms-transfers").text)
    ours_runs = [tuple(ours[at : at + RUN]) for at in range(len(ours) - RUN + 1)]
    assert [" ".join(run) for run in ours_runs if run in runs] == []


def test_arms_transfers_keeps_terrorize_inside_quotation_marks() -> None:
    assert "terrorize" in page_of("arms-transfers").text
    assert "terrorize" not in words_outside_quotes(page_of("arms-transfers").text)
