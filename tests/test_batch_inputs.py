"""Inputs of a batch: what becomes a record, what becomes an error, and where parts are cut."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from truthlens.batch.inputs.source import read, sources
from truthlens.batch.parts import parts
from truthlens.batch.record import Record
from truthlens.errors import ServiceError

PAGE = "<!DOCTYPE html><html><body><article><p>Ferries stay in port.</p></article></body></html>"


def records(path: Path, **columns: str) -> list[Record]:
    (source,) = sources([str(path)])
    return [record for _, record in read(source, columns)]


def codes(found: list[Record]) -> list[str]:
    return [record.refusal.code if record.refusal else "" for record in found]


def test_json_lines_with_bad_ones_among_them(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"id": 7, "headline": "Ferries stop", "body": "They stop.", "source": "Coast Daily"}),
        "{oops",
        "",
        '["a list"]',
        json.dumps({"text": {"of": "another shape"}}),
        json.dumps({"title": "No text"}),
        '{"text": "half a pair \\ud800"}',
        json.dumps({"html": PAGE, "url": "https://coast.test/a", "authors": ["A. Holm", "B. Lind"]}),
    ]
    path.write_text("\n".join(lines), "utf-8")
    found = records(path)
    assert codes(found) == ["", "bad_record", "bad_record", "bad_record", "empty_record", "bad_record", ""]
    assert [record.number for record in found] == list(range(7))
    first, last = found[0], found[-1]
    assert (first.name, first.title, first.text, first.outlet) == (
        "7", "Ferries stop", "They stop.", "Coast Daily",
    )  # fmt: skip
    assert (last.html, last.url, last.byline) == (PAGE, "https://coast.test/a", "A. Holm, B. Lind")


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": "A summary.", "story": "The article."}) + "\n", "utf-8")
    assert records(path, text="story")[0].text == "The article."
    assert codes(records(path, text="elsewhere")) == ["empty_record"]


def test_packed_lines_are_the_same_records(tmp_path: Path) -> None:
    line = json.dumps({"text": "Ferries stop."}) + "\n"
    (tmp_path / "a.jsonl").write_text(line * 3, "utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress((line * 3).encode()))
    assert records(tmp_path / "a.jsonl") == records(tmp_path / "a.jsonl.gz")


def test_what_breaks_off_costs_the_rest_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress(b"".join(json.dumps({"text": f"Ferry {n}"}).encode() + b"\n" for n in range(5000)))
    path.write_bytes(packed[: len(packed) // 2])
    found = codes(records(path))
    assert found[-1] == "unreadable"
    assert set(found[:-1]) == {""}


def test_csv_with_line_breaks_inside_cells(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "content", "date"])
        rows.writerow(["Ferries “stop”", "One.\nTwo, three.", "2026-05-02"])
        rows.writerow(["Short"])
    found = records(path)
    assert found[0].text == "One.\nTwo, three."
    assert found[0].published == "2026-05-02"
    assert codes(found) == ["", "empty_record"]


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "news.parquet"
    rows = [
        {"maintext": f"Ferry {n} stops.", "date_publish": "2026-05-02", "image": b"\0"} for n in range(150)
    ]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    found = records(path)
    assert [record.text for record in found] == [row["maintext"] for row in rows]
    assert found[0].published == "2026-05-02"
    parquet.write_table(pa.table({"n": [1, 2]}), path)
    assert codes(records(path)) == ["empty_record"] * 2


def archive(*answers: tuple[str, str, bytes, str]) -> bytes:
    """Of status, content type, body and address each; every entry packed by itself, as archives are."""
    entries = [_entry("warcinfo", "", "application/warc-fields", b"software: test\r\n")]
    for status, kind, body, url in answers:
        asked = b"GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        entries.append(_entry("request", url, "application/http; msgtype=request", asked))
        entries.append(_entry("response", url, "application/http; msgtype=response", head.encode() + body))
    return b"".join(gzip.compress(entry) for entry in entries)


def _entry(kind: str, url: str, content: str, block: bytes) -> bytes:
    address = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{address}WARC-Record-ID: <urn:uuid:{url or kind}>\r\n"
        f"WARC-Date: 2026-05-02T06:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_an_archive_gives_its_pages_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        archive(
            (
                "200 OK",
                "text/html; charset=windows-1252",
                "<p>Café “Nord”</p>".encode("cp1252"),
                "https://a.test/1",
            ),
            ("200 OK", "image/png", b"\x89PNG", "https://a.test/2"),
            ("404 Not Found", "text/html", b"<p>Gone</p>", "https://a.test/3"),
            ("200 OK", "text/html", "<p>Two —</p>".encode(), "https://a.test/4"),
        )
    )
    found = records(path)
    assert [(record.url, record.html) for record in found] == [
        ("https://a.test/1", "<p>Café “Nord”</p>"),
        ("https://a.test/4", "<p>Two —</p>"),
    ]
    assert found[0].name.startswith("<urn:uuid:")
    assert found[0].captured == "2026-05-02T06:00:00Z"


@pytest.mark.parametrize("share", [0.5, 0.98])
def test_an_archive_that_was_cut_off(tmp_path: Path, share: float) -> None:
    pytest.importorskip("warcio")
    body = "".join(f"<p>Line {n * n} of the page.</p>" for n in range(3000)).encode()
    whole = archive(("200 OK", "text/html", body, "https://a.test/1"))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert codes(records(path)) in (["cut_off"], ["unreadable"])


def test_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.html", "a.htm", "b/1.HTML", "b/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, "utf-8")
    found = records(tmp_path)
    assert [record.name for record in found] == ["a.htm", "b/1.HTML", "b/2.html"]
    assert {record.html for record in found} == {PAGE}
    assert [record.html for record in records(tmp_path / "a.htm")] == [PAGE]


def test_packed_pages_are_unpacked_and_broken_ones_cost_one_record(tmp_path: Path) -> None:
    whole = gzip.compress(PAGE.encode())
    (tmp_path / "1.html.gz").write_bytes(whole)
    (tmp_path / "2.html.gz").write_bytes(whole[:-12])
    (tmp_path / "3.html.gz").write_bytes(PAGE.encode())
    (tmp_path / "4.html.gz").write_bytes(gzip.compress(b" " * (9 * 2**20)))  # nine kilobytes on disk
    (tmp_path / "5.txt.gz").write_bytes(whole)
    first, *broken = records(tmp_path)
    assert (first.name, first.html) == ("1.html.gz", PAGE)
    assert [(record.name, record.refusal and record.refusal.code) for record in broken] == [
        ("2.html.gz", "unreadable"), ("3.html.gz", "unreadable"), ("4.html.gz", "page_too_large"),
    ]  # fmt: skip
    assert [record.html for record in records(tmp_path / "1.html.gz")] == [PAGE]


def test_a_list_of_addresses_is_not_fetched_by_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# harbour\nhttps://a.test/1\n\n  https://a.test/2  \n", "utf-8")
    found = records(path)
    assert [(record.url, record.fetch) for record in found] == [
        ("https://a.test/1", True),
        ("https://a.test/2", True),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.jsonl", "no such file"),
        ("data.bin", "does not tell"),
        ("folder", "no page is in the folder"),
    ],
)
def test_inputs_that_cannot_be_used(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "data.bin").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").touch()
    with pytest.raises(ServiceError, match=said) as caught:
        sources([str(tmp_path / name)])
    assert caught.value.code == "bad_input"
    assert str(tmp_path) not in caught.value.message


def test_parts_are_cut_alike_whatever_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Ferry {n}"}) + "\n" for n in range(25)), "utf-8")
    (source,) = sources([str(path)])

    def cut(**more: Any) -> list[Any]:
        return list(parts(source, columns={}, size=10, **more))

    whole = cut()
    assert [len(part.records) for part in whole] == [10, 10, 5]
    assert [part.last for part in whole] == [False, False, True]
    assert sum(part.weight for part in whole) == source.size
    assert cut(done={0, 2}) == [whole[1]]
    assert whole[1].records[0].id == "0000-00000010"


def test_an_empty_input_is_one_empty_part(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("", "utf-8")
    (source,) = sources([str(tmp_path / "a.jsonl")])
    (part,) = parts(source, columns={}, size=10)
    assert part.last
    assert part.records == ()


def test_large_pages_end_a_part_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truthlens.batch.parts.PART_CHARACTERS", 100)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": "x" * 60}) + "\n" for _ in range(5)), "utf-8")
    (source,) = sources([str(path)])
    assert [len(part.records) for part in parts(source, columns={}, size=10)] == [2, 2, 1]
