"""Only pages are read, whatever they call themselves, and nothing of the reader goes along."""

from __future__ import annotations

import gzip
import io
import os
import struct
import wave
import zipfile
import zlib
from pathlib import Path

import pytest
from local_fetch import HERE, outcome
from local_site import LocalSite, redirect, reply
from truthlens.errors import ServiceError
from truthlens.net.fetch import fetch

pytestmark = pytest.mark.enable_socket


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<w:p>text</w:p>" * 500)
    return written.getvalue()


def sound() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(256)) * 20)
    return written.getvalue()


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(os.urandom(1056)))


NOISE = bytes((7 * n * n + 3 * n) % 256 for n in range(4096))
FILES = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj",
    "PDF after white space": b"\n\n  %PDF-1.4\n1 0 obj",
    "PNG": picture(),
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + NOISE,
    "GIF": b"GIF89a\x20\x00\x20\x00\x80" + NOISE,
    "WebP": b"RIFF\x24\x10\x00\x00WEBPVP8 " + NOISE,
    "zip, docx, epub": archive(),
    "gzip": gzip.compress(NOISE),
    "WAV": sound(),
    "MP3": b"\xff\xfb\x90\x64" + NOISE,
    "MP3 with a tag": b"ID3\x04\x00\x00\x00\x00\x0f\x76" + NOISE,
    "Ogg": b"OggS\x00\x02" + b"\x00" * 8 + NOISE,
    "MP4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00" + NOISE,
    "WebAssembly": b"\x00asm\x01\x00\x00\x00" + NOISE,
    "a program": b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 8 + NOISE,
    "a Windows program": b"MZ\x90\x00\x03\x00\x00\x00" + NOISE,
    "a database": b"SQLite format 3\x00" + NOISE,
    "a font": b"wOF2\x00\x01\x00\x00" + NOISE,
    "noise": NOISE,
    "zeros": b"\0" * 4096,
}
KINDS = """
image/png image/svg+xml image/webp audio/mpeg video/mp4 font/woff2 application/pdf application/zip
application/json application/ld+json application/xml text/xml application/rss+xml application/atom+xml
application/octet-stream application/javascript text/javascript text/css text/csv text/markdown text/calendar
multipart/mixed multipart/x-mixed-replace message/rfc822
application/x-www-form-urlencoded text html text/html+x
text/htmlx xtext/html text/html/x */* text/* application/xhtml application/xhtml+xmlx
""".split()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_calls_itself_a_page_is_found_out(name: str) -> None:
    for kind in ("text/html", "text/html; charset=utf-8", "application/xhtml+xml", "text/plain"):
        with LocalSite(lambda path, kind=kind: reply(FILES[name], kind)) as site:
            assert outcome(site) == "not_html", kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_call_itself_a_page_is_none(kind: str) -> None:
    with LocalSite(lambda path: reply(b"<p>Hello</p>", kind)) as site:
        assert outcome(site) == "not_html"


def test_two_types_are_no_type() -> None:
    with LocalSite(lambda path: reply(b"x", "image/png, text/html")) as site:
        assert outcome(site) == "not_html"


SENT = {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}


@pytest.fixture
def belongings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What programs find on a reader's computer and hand on unasked."""
    (tmp_path / ".netrc").write_text(
        "machine site.test login me password canary\ndefault login me password canary"
    )
    (tmp_path / "_netrc").write_text("machine site.test login me password canary")
    (tmp_path / ".curlrc").write_text('header = "X: canary"\nproxy = http://127.0.0.1:1/')
    (tmp_path / "cookies.txt").write_text("site.test\tFALSE\t/\tFALSE\t0\tid\tcanary")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY"):
        monkeypatch.setenv(name, "http://me:canary@127.0.0.1:1/")
        monkeypatch.setenv(name.lower(), "http://me:canary@127.0.0.1:1/")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("REQUEST_METHOD", "")


@pytest.mark.usefixtures("belongings")
def test_nothing_that_lies_about_goes_along() -> None:
    cookies = (
        "Set-Cookie: id=canary; Path=/\r\nSet-Cookie2: id=canary\r\nETag: canary\r\nLast-Modified: canary\r\n"
    )
    asks = 'WWW-Authenticate: Basic realm="canary"\r\nProxy-Authenticate: Basic realm="canary"\r\n'
    hints = 'Accept-CH: Sec-CH-UA-Platform, Device-Memory\r\nAlt-Svc: h2=":1"\r\n'

    def answer(path: str) -> bytes:
        if path == "/asks":
            return reply(b"", status="401 Who", headers=asks)
        if path == "/last?q=1":
            return reply()
        to = {"/": "/two", "/two": "//other.test:{port}/last?q=1"}[path].format(port=site.port)
        return reply(b"", status="302 Found", headers=f"Location: {to}\r\n{cookies}{asks}{hints}")

    with LocalSite(answer) as site:
        assert outcome(site) == "<p>Hello</p>"
        assert outcome(site, "/asks") == "fetch_failed"
        assert outcome(site) == "<p>Hello</p>"  # a second time, when it might remember
    assert len(site.requests) == 7
    for request in site.requests:
        lines = request.split("\r\n")
        assert {line.partition(":")[0] for line in lines[1:] if line} == SENT
        assert "canary" not in request
        assert lines[0].endswith(" HTTP/1.1")
    assert len({request.split("User-Agent: ")[1].split("\r\n")[0] for request in site.requests}) == 1


def test_no_secret_can_be_written_into_an_address() -> None:
    with LocalSite(lambda path: reply()) as site:
        for user in ("me", "me:canary", ":canary", "me%3Acanary", "a@b"):
            with pytest.raises(ServiceError) as caught:
                fetch(
                    f"http://{user}@site.test:{site.port}/",
                    resolver=lambda h, p: [HERE],
                    approve=lambda a: True,
                    ports={site.port},
                )
            assert caught.value.code == "bad_url"
        assert outcome(site, "/#canary") == "<p>Hello</p>"
    assert "canary" not in "".join(site.requests)


def test_a_redirect_cannot_make_a_request_of_two() -> None:
    for tail in ("%0d%0aX: canary", "\tX", "éx", "a b", "\x7f"):
        with LocalSite(lambda path, tail=tail: redirect(f"/b?{tail}") if path == "/" else reply()) as site:
            outcome(site)
        for request in site.requests:
            assert {line.partition(":")[0] for line in request.split("\r\n")[1:] if line} == SENT
