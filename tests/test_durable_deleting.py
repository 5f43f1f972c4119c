"""What was forgotten is in no file any more: not in the library, its journals or backups, nor in a log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from service_under_test import ask, client_headers, running
from truthlens.store import backups, library_file
from truthlens.store.library import DAY_SECONDS, Library
from truthlens.store.library_file import FILE_NAME
from truthlens.store.preferences import Preferences

TITLE, TEXT, PLACE, NAME = "Zyxcanarytitle", "Qwvcanarytext", "kjxcanaryplace", "Vbncanaryname"
CANARIES = tuple(word.lower().encode() for word in (TITLE, TEXT, PLACE, NAME))
URL = f"https://news.example/{PLACE}"


def result(title: str, text: str, url: str) -> dict[str, Any]:
    return {
        "article": {"title": title, "text": f"{title}\n{text} " * 300, "canonical_url": url, "outlet": NAME}
    }


def save(library: Library) -> None:
    """The one that is to go, between two that stay."""
    for name, title, text, url in (
        ("before", "Ferries", "The harbour.", "https://news.example/1"),
        ("canary", TITLE, TEXT, URL),
        ("after", "Bakers", "The bakery.", "https://news.example/2"),
    ):
        saved = result(title, text, url)
        if name != "canary":
            saved["article"]["outlet"] = "The Tideway"
        library.save(name, saved, request_id=f"r{name}", versions="v", url=url, title=title)


def holding(folder: Path) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in CANARIES if word in path.read_bytes().lower()]


@pytest.fixture(params=["TRUNCATE", "WAL"])
def library(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """With either kind of journal; a log is sound here, where nobody else has the file open."""
    monkeypatch.setattr(library_file, "journal_mode", lambda _version: request.param)
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("way", ["forget", "forget_all", "retention", "at the next save"])
def test_no_file_holds_what_was_forgotten(
    library: Library, tmp_path: Path, way: str, record_property: Callable[[str, object], None]
) -> None:
    save(library)
    library.back_up()
    with library.writing() as connection:  # all of them, or the clock would be believed to have gone back
        month_ago = time.time() - 30 * DAY_SECONDS
        connection.execute("UPDATE analyses SET created_at = ? WHERE id <> 'after'", (month_ago,))
    library.back_up()
    assert {word for _, word in holding(tmp_path)} == set(CANARIES)
    assert len({name for name, _ in holding(tmp_path)}) >= 3
    match way:
        case "forget":
            assert library.forget("canary")
        case "forget_all":
            assert library.forget_all() == 3
        case "retention":
            library.prefer(Preferences(retention_days=20))
        case "at the next save":
            with library.writing() as connection:
                connection.execute("INSERT INTO preferences VALUES ('retention_days', '20')")
            library.save("later", {"article": {}}, request_id="rl", versions="v", url="", title="Later")
            assert [saved.id for saved in library.listing()] == ["later", "after"]
    assert holding(tmp_path) == []  # while it is open: the log is empty too
    library.close()
    assert holding(tmp_path) == []
    record_property("tried", len(CANARIES) * len(list(tmp_path.rglob("*"))))


def test_what_stays_is_whole_afterwards_in_the_backups_too(library: Library, tmp_path: Path) -> None:
    save(library)
    backup = library.back_up()
    library.forget("canary")
    with library.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection = backups.opened(backup.path)
    assert backups.sound(connection)
    ids = {row[0] for row in connection.execute("SELECT id FROM analyses")}
    connection.close()
    assert ids == {"before", "after"}


def test_a_damaged_backup_does_not_keep_it(library: Library, tmp_path: Path) -> None:
    save(library)
    backup = library.back_up()
    content = bytearray(backup.path.read_bytes())
    content[:16] = bytes(16)
    backup.path.write_bytes(content)
    assert library.forget("canary")
    assert not backup.path.exists()
    assert holding(tmp_path) == []


def test_half_a_backup_of_a_killed_process_does_not_keep_it(library: Library, tmp_path: Path) -> None:
    save(library)
    half = tmp_path / backups.FOLDER / "library.partial-999999999-00ff00ff"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes((tmp_path / FILE_NAME).read_bytes() + TEXT.encode())
    assert library.forget("canary")
    assert not half.exists()
    assert holding(tmp_path) == []


def test_what_was_set_aside_goes_when_everything_is_forgotten(tmp_path: Path) -> None:
    first = Library.open(tmp_path)
    save(first)
    first.close()
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    content[:16] = bytes(16)
    (tmp_path / FILE_NAME).write_bytes(content)
    library = Library.open(tmp_path)
    assert [path.name in library.notice for path in library.set_aside()] == [True]
    assert holding(tmp_path) != []
    library.forget_all()
    library.close()
    assert holding(tmp_path) == []


def test_a_client_forgets_and_nothing_of_it_was_ever_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through the service, with a backup between: the folder, the log and what was printed."""
    caplog.set_level(logging.DEBUG)
    with running(tmp_path / "data") as run:
        client, token = run.client(), run.cli_token()
        done = client.analyse({"url": URL, "text": f"{TITLE}\n{TEXT} and {NAME}. " * 50})
        run.service.library.back_up()
        assert holding(tmp_path) != []
        reply = ask(run.port, "DELETE", f"/v1/analyses/{done['id']}", client_headers(token))
        assert reply.json["state"] == "forgotten"
        assert holding(tmp_path) == []
    printed = "".join(capfd.readouterr()).lower().encode() + caplog.text.lower().encode()
    assert [word for word in CANARIES if word in printed] == []
