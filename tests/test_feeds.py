"""Feeds: what is read of them, that they are kept, and that nobody is contacted unless asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from local_site import LocalSite, reply
from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.events.coverage import covering
from truthlens.events.event_trace import trace
from truthlens.events.feed_file import ITEMS, TITLE_LENGTH, Item, parse
from truthlens.events.feeds import FEED, MOST, Feeds
from truthlens.net.fetch import Fetched, download
from truthlens.store.library import Library

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Quay</title>
<item><title>Ferry &amp; pier: &lt;b&gt;fourteen&lt;/b&gt; hurt</title><link>https://quay.example/ferry</link>
<pubDate>Tue, 06 May 2031 23:30:00 -0200</pubDate></item>
<item><title>No address</title></item>
<item><title>Odd address</title><link>javascript:alert(1)</link></item>
<item><title></title><link>https://quay.example/empty</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Sound Post</title>
<entry><title type="html">Pier &amp;lt;closed&amp;gt;</title><link href="https://sound.example/pier"/>
<updated>2031-05-07T08:00:00Z</updated><source><title>Fjord Wire</title></source></entry></feed>"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def serving(bodies: dict[str, str]) -> Callable[[str], Fetched]:
    def fetch(url: str) -> Fetched:
        if url not in bodies:
            raise ServiceError("fetch_failed", "The site could not be reached.", "Try later.", status=502)
        return Fetched(url=url, body=bodies[url].encode(), kind="application/rss+xml", charset="")

    return fetch


def nobody(url: str) -> Fetched:
    raise AssertionError(f"asked {url}")


def test_rss_items_with_title_address_and_day() -> None:
    found = parse(RSS.encode())
    assert found.title == "The Quay"
    assert found.items == (
        Item(
            title="Ferry & pier: fourteen hurt",
            url="https://quay.example/ferry",
            outlet="The Quay",
            published="2031-05-07",  # in UTC
        ),
    )


def test_atom_names_the_outlet_of_an_item() -> None:
    (item,) = parse(ATOM.encode()).items
    assert (item.title, item.outlet, item.published) == ("Pier <closed>", "Fjord Wire", "2031-05-07")


@pytest.mark.parametrize("charset", ["", "utf-8"])
def test_other_encodings(charset: str) -> None:
    text = RSS.replace("The Quay", "Kajen på Ön").replace("UTF-8", "ISO-8859-1")
    body = text.encode("utf-8" if charset else "iso-8859-1")
    assert parse(body, charset).title == "Kajen på Ön"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body><p>A page</p></body></html>", b"\x89PNG\r\n", b"https://quay.example/feed", b"plain"],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(ServiceError) as caught:
        parse(body)
    assert caught.value.code == "not_feed"


def test_a_body_that_names_a_file_opens_none(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    with pytest.raises(ServiceError):
        parse(str(tmp_path / "feed.xml").encode())


def test_entities_from_elsewhere_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("canary")
    hostile = RSS.replace(
        "<rss", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss', 1
    ).replace("The Quay", "The &x; Quay")
    assert "canary" not in repr(parse(hostile.encode()))


def test_long_feeds_and_titles_are_cut() -> None:
    item = f"<item><title>{'pier ' * 200}</title><link>https://quay.example/{{}}</link></item>"
    body = f"<rss version='2.0'><channel>{''.join(item.format(n) for n in range(ITEMS + 5))}</channel></rss>"
    found = parse(body.encode()).items
    assert len(found) == ITEMS
    assert len(found[0].title) <= TITLE_LENGTH


def test_a_feed_is_kept_under_its_title_until_it_is_removed(library: Library) -> None:
    feeds = Feeds(library, serving({"https://quay.example/feed": RSS}))
    assert feeds.add("https://quay.example/feed").title == "The Quay"
    feeds.add("https://quay.example/feed")
    assert [feed.url for feed in feeds.listing()] == ["https://quay.example/feed"]
    assert feeds.remove("https://quay.example/feed")
    assert not feeds.remove("https://quay.example/feed")
    assert feeds.listing() == []


def test_what_is_no_feed_is_not_kept(library: Library) -> None:
    feeds = Feeds(library, serving({"https://quay.example/": "<html></html>"}))
    with pytest.raises(ServiceError):
        feeds.add("https://quay.example/")
    assert feeds.listing() == []


def test_there_are_only_so_many(library: Library) -> None:
    addresses = [f"https://quay.example/{number}" for number in range(MOST + 1)]
    feeds = Feeds(library, serving(dict.fromkeys(addresses, RSS)))
    for address in addresses[:MOST]:
        feeds.add(address)
    with pytest.raises(ServiceError) as caught:
        feeds.add(addresses[MOST])
    assert caught.value.code == "too_many_feeds"
    feeds.add(addresses[0])  # known already


def test_items_of_all_feeds_once_and_those_that_failed(library: Library) -> None:
    bodies = {
        "https://quay.example/feed": RSS,
        "https://copy.example/feed": RSS,
        "https://sound.example/a": ATOM,
    }
    feeds = Feeds(library, serving(bodies))
    for address in bodies:
        feeds.add(address)
    del bodies["https://sound.example/a"]
    items, unread = feeds.items()
    assert [item.url for item in items] == ["https://quay.example/ferry"]
    assert [(each.url, each.error.code) for each in unread] == [("https://sound.example/a", "fetch_failed")]


def test_without_a_feed_nobody_is_contacted(library: Library) -> None:
    feeds = Feeds(library, nobody)
    assert feeds.items() == ((), ())
    assert feeds.listing() == []


@pytest.mark.usefixtures("socket_disabled")
def test_without_a_feed_the_real_fetcher_opens_no_socket(library: Library) -> None:
    assert Feeds(library).items() == ((), ())


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("kind", "code"),
    [("application/rss+xml", ""), ("text/xml; charset=utf-8", ""), ("text/html", "not_feed")],
)
def test_only_feeds_are_taken_for_feeds(kind: str, code: str) -> None:
    with LocalSite(lambda path: reply(RSS.encode(), kind)) as site:

        def get() -> Fetched:
            return download(
                site.url("/feed"),
                FEED,
                resolver=lambda host, port: ["127.0.0.1"],
                approve=lambda address: True,
                ports={site.port},
            )

        if code:
            with pytest.raises(ServiceError) as caught:
                get()
            assert caught.value.code == code
        else:
            assert parse(get().body).title == "The Quay"
            assert "Accept: application/rss+xml" in site.requests[0]


TITLE = "Ferry Aurora strikes north pier at Lindhavn in fog"
TEXT = f"{TITLE}\nThe ferry Aurora struck the north pier at Lindhavn in thick fog.\nNobody was hurt."


def item(title: str, url: str = "https://quay.example/1") -> Item:
    return Item(title=title, url=url, outlet="The Quay", published="")


def test_items_on_the_event_are_found_by_their_titles(analyser: Analyser) -> None:
    event = trace(analyser.reading(Article(text=TEXT, title=TITLE)))
    items = [
        item("Council votes on a new roof for the school"),
        item("Ferry Aurora struck the north pier in fog", "https://quay.example/2"),
        item(TITLE, "https://here.example/itself"),
    ]
    (found,) = covering(
        items, text=TEXT, trace=event, reader=analyser, without=("https://here.example/itself",)
    )
    assert found.item == items[1]
    assert 0 < found.score <= 1


def test_titles_that_share_no_words_are_never_encoded(analyser: Analyser, encoder: object) -> None:
    event = trace(analyser.reading(Article(text=TEXT, title=TITLE)))
    calls = len(encoder.calls)  # type: ignore[attr-defined]
    assert covering([item("Council votes on a roof")], text=TEXT, trace=event, reader=analyser) == ()
    assert len(encoder.calls) == calls  # type: ignore[attr-defined]


def test_all_titles_go_through_together(analyser: Analyser, encoder: object) -> None:
    event = trace(analyser.reading(Article(text=TEXT, title=TITLE)))
    calls = len(encoder.calls)  # type: ignore[attr-defined]
    items = [item(f"Ferry Aurora struck pier. Report {n}", f"https://quay.example/{n}") for n in range(300)]
    covering(items, text=TEXT, trace=event, reader=analyser)
    assert len(encoder.calls) == calls + 2  # type: ignore[attr-defined]  # long texts in two parts
