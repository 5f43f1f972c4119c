"""A clock that goes back or stood wrong: nothing is deleted too early, and the order stays that of saving."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from truthlens.store import backups
from truthlens.store.library import DAY_SECONDS, Library
from truthlens.store.library_error import LibraryError
from truthlens.store.library_search import Query, search
from truthlens.store.preferences import Preferences

NOW = 1_900_000_000.0


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = NOW
        monkeypatch.setattr(time, "time", lambda: self.seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def save(library: Library, name: str) -> None:
    article = {"text": f"The harbour {name}.", "canonical_url": "https://news.example/story"}
    library.save(name, {"article": article}, request_id=f"r{name}", versions="v", url="", title=name)


def ids(library: Library) -> list[str]:
    return [saved.id for saved in library.listing()]


def test_the_order_is_that_of_saving(library: Library, clock: Clock) -> None:
    for name, moment in (("a", NOW), ("b", NOW - 3600), ("c", 0.0), ("d", NOW + 9e8), ("e", NOW + 1)):
        clock.seconds = moment
        save(library, name)
    assert ids(library) == ["e", "d", "c", "b", "a"]
    assert [hit.saved.id for hit in search(library, Query()).hits] == ["e", "d", "c", "b", "a"]
    same = library.same_article("https://news.example/story")
    assert [saved.id for saved in same] == ["e", "d", "c", "b", "a"]


def test_what_was_saved_while_the_clock_stood_at_its_beginning_is_not_old(
    library: Library, clock: Clock
) -> None:
    """As on a computer whose battery is empty, until it has asked for the time."""
    save(library, "yesterday")
    clock.seconds = 1000.0
    save(library, "wrong")
    clock.seconds = NOW + DAY_SECONDS
    library.prefer(Preferences(retention_days=7))
    save(library, "today")
    assert ids(library) == ["today", "wrong", "yesterday"]
    clock.seconds = NOW + 7.5 * DAY_SECONDS
    assert library.apply_retention() == 2  # as old as what was there before it
    assert ids(library) == ["today"]


def test_what_was_saved_while_the_clock_stood_ahead_does_not_stay_for_ever(
    library: Library, clock: Clock
) -> None:
    library.prefer(Preferences(retention_days=7))
    clock.seconds = NOW + 9e8
    save(library, "ahead")
    clock.seconds = NOW
    save(library, "after")
    assert library.apply_retention() == 0
    clock.seconds = NOW + 7.5 * DAY_SECONDS
    assert library.apply_retention() == 2


def test_a_clock_that_goes_back_deletes_nothing(library: Library, clock: Clock) -> None:
    library.prefer(Preferences(retention_days=1))
    for step in range(20):
        clock.seconds = NOW - step * DAY_SECONDS
        save(library, f"n{step}")
        assert len(ids(library)) == step + 1
    clock.seconds = NOW + 2 * DAY_SECONDS
    assert library.apply_retention() == 20


def test_what_is_saved_is_saved_also_when_what_is_old_cannot_be_deleted(
    library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise LibraryError("disk_full", "Full.", "Free some.", status=507)

    save(library, "old")
    library.prefer(Preferences(retention_days=1))
    clock.seconds = NOW + 2 * DAY_SECONDS
    with monkeypatch.context() as patch:
        patch.setattr(backups, "erase", refused)
        save(library, "new")  # an error would say that it was not saved
        assert ids(library) == ["new", "old"]
    assert library.apply_retention() == 1
    assert ids(library) == ["new"]
