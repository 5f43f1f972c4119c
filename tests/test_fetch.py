"""Fetching one page: whom it connects to, what it sends, and how much it takes before it gives up."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_site import Answer, LocalSite, redirect, reply
from truthlens.errors import ServiceError
from truthlens.net.fetch import Limits, Page, fetch

pytestmark = pytest.mark.enable_socket  # a site on this computer answers; nothing else is asked

HERE = "127.0.0.1"
QUICK = Limits(connect_seconds=0.3, read_seconds=0.3, total_seconds=0.6)


def get(site: LocalSite, path: str = "/", **options: Any) -> Page:
    settings = {"resolver": lambda host, port: [HERE], "approve": lambda a: a == HERE, "ports": {site.port}}
    return fetch(site.url(path), **(settings | options))


def fetched(answer: bytes | Answer, **options: Any) -> str:
    with LocalSite(answer if callable(answer) else lambda path: answer) as site:
        return get(site, **options).html


def code(answer: bytes | Answer, **options: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        fetched(answer, **options)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def refuse_all(url: str, addresses: list[str]) -> str:
    """The code of a fetch whose name resolves so. Whoever connects anyway finds no such port to be there."""
    with pytest.raises(ServiceError) as caught:
        fetch(url, resolver=lambda host, port: addresses)
    return caught.value.code


@pytest.fixture
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    def tripwire(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"connected to {args}")

    monkeypatch.setattr("truthlens.net.fetch.connect", tripwire)
    monkeypatch.setattr("socket.create_connection", tripwire)


def test_a_page_comes_as_text_with_its_address():
    with LocalSite(lambda path: reply("<p>Grüße</p>".encode())) as site:
        assert get(site, "/a?b=c#d") == Page(site.url("/a?b=c"), "<p>Grüße</p>")


def test_nothing_of_the_reader_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    (tmp_path / ".netrc").write_text("machine site.test login me password canary")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with LocalSite(lambda path: redirect("/b") if path == "/" else reply()) as site:
        get(site)
    for request in site.requests:
        names = {line.partition(":")[0] for line in request.split("\r\n")[1:] if line}
        assert names == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}
        assert f"Host: site.test:{site.port}\r\n" in request
        assert "canary" not in request


PRIVATE = """
127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 168.63.129.16
224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 ::ffff:127.0.0.1 64:ff9b::a00:1 2002:7f00:1::
""".split()


@pytest.mark.usefixtures("no_connections")
@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_of_a_private_address_is_refused_before_connecting(address: str):
    assert refuse_all("http://example.com/", [address]) == "address_refused"
    assert refuse_all("http://example.com/", ["93.184.216.34", address]) == "address_refused"
    literal = f"[{address}]" if ":" in address else address
    assert refuse_all(f"http://{literal}/", ["93.184.216.34"]) == "address_refused"


@pytest.mark.usefixtures("no_connections")
@pytest.mark.parametrize(
    "url",
    ["http://localhost/", "http://127.1/", "http://0x7f000001/", "http://①②⑦.⓪.⓪.①/", "http://[::1%25lo]/"],
)
def test_odd_hosts_are_refused_without_looking_them_up(url: str):
    def resolver(host: str, port: int) -> list[str]:
        raise AssertionError("looked up")

    with pytest.raises(ServiceError) as caught:
        fetch(url, resolver=resolver)
    assert caught.value.code == "address_refused"


SPELLINGS = """
127.0.0.1 localhost LOCALHOST:80 localhost. 127.127.127.127 0.0.0.0 foo.localhost 127.0.0.1:8765
0 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 00000177.0.0.1 017700000001 ①②⑦.⓪.⓪.① 127。0。0。1
10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 169.254.169.254/latest/meta-data/ 169.254.170.2
100.100.100.200 168.63.129.16 192.0.0.192 198.18.0.1 192.88.99.1 224.0.0.1 255.255.255.255
metadata.google.internal 3232235777 169.254.43518 0xA9FEA9FE [::1] [::] [::ffff:127.0.0.1] [::ffff:a9fe:a9fe]
""".split()


@pytest.mark.usefixtures("no_connections")
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_inner_address_is_connected_to(spelling: str, scheme: str):
    # The resolver says that all is well, so the spelling alone has to give it away.
    assert refuse_all(f"{scheme}://{spelling}", ["93.184.216.34"]) == "address_refused"


def test_the_name_is_resolved_once_and_that_address_is_used():
    answers = iter([[HERE], ["10.0.0.1"]])
    with LocalSite(lambda path: reply()) as site:
        assert get(site, resolver=lambda host, port: next(answers)).html == "<p>Hello</p>"
    assert next(answers) == ["10.0.0.1"]


def test_another_address_of_the_name_is_tried():
    both = {"resolver": lambda host, port: ["127.0.0.2", HERE], "approve": lambda address: True}
    assert fetched(reply(), **both) == "<p>Hello</p>"


def test_unknown_names():
    def resolver(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    assert code(reply(), resolver=resolver) == "fetch_failed"
    assert code(reply(), resolver=lambda host, port: []) == "fetch_failed"


def test_a_resolver_that_hangs_is_not_waited_for():
    release = threading.Event()

    def resolver(host: str, port: int) -> list[str]:
        release.wait(30)
        return []

    assert code(reply(), resolver=resolver, limits=QUICK) == "fetch_timeout"
    release.set()


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
def test_redirects_are_followed(status: str):
    with LocalSite(lambda path: redirect("b?c=é d", status) if path == "/a/" else reply()) as site:
        assert get(site, "/a/").url.startswith(site.url("/a/b?c="))


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("http://localhost/", "address_refused"),
        ("http://127.0.0.1/", "address_refused"),
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
        ("//intranet/", "address_refused"),
        ("http://inside.test:{port}/", "address_refused"),
        ("http://other.test:22/", "address_refused"),
        ("file:///etc/passwd", "bad_url"),
        ("ftp://other.test/", "bad_url"),
        ("http://me@other.test:{port}/", "bad_url"),
        ("http://[/", "fetch_failed"),
        ("", "fetch_failed"),
    ],
)
def test_each_hop_is_judged(to: str, expected: str):
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if host == "inside.test" else [HERE]

    with (
        LocalSite(lambda path: redirect(to.format(port=site.port))) as site,
        pytest.raises(ServiceError) as caught,
    ):
        get(site, resolver=resolver)
    assert caught.value.code == expected
    assert len(site.requests) == 1


def test_five_redirects_are_followed_and_no_more():
    def answer(path: str) -> bytes:
        left = int(path[1:])
        return redirect(f"/{left - 1}") if left else reply()

    with LocalSite(answer) as site:
        assert get(site, "/5").url == site.url("/0")
        with pytest.raises(ServiceError) as caught:
            get(site, "/6")
    assert caught.value.code == "too_many_redirects"


def test_a_loop_of_redirects_ends():
    assert code(redirect("/")) == "too_many_redirects"


@pytest.mark.parametrize("status", ["204 x", "304 x", "403 x", "404 x", "500 x", "103 x"])
def test_other_answers_are_failures(status: str):
    assert code(reply(status=status)) == "fetch_failed"


def test_refresh_is_not_followed():
    body = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/"><p>Stay</p>'
    assert fetched(reply(body, headers="Refresh: 0; url=http://127.0.0.1/\r\n")) == body.decode()


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "image/png",
        "application/pdf",
        "application/zip",
        "application/json",
        "text/css",
        "multipart/mixed",
        "text",
    ],
)
def test_other_kinds_of_content_are_no_page(kind: str):
    assert code(reply(kind=kind)) == "not_html"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7\n\xe2\xe3", b"\x89PNG\r\n\x1a\n\0\0", gzip.compress(b"<p>x</p>")]
)
def test_files_that_claim_to_be_pages_are_found_out(body: bytes):
    assert code(reply(body)) == "not_html"


@pytest.mark.parametrize("kind", ["TEXT/HTML; charset=utf-8", "application/xhtml+xml"])
def test_kinds_of_page(kind: str):
    assert fetched(reply(kind=kind)) == "<p>Hello</p>"


def test_plain_text_becomes_paragraphs():
    html = fetched(reply(b"One < two.\n\nThree.\n", "text/plain"))
    assert "<p>One &lt; two.</p><p>Three.</p>" in html


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Grüße".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("Grüße".encode("cp1252"), "text/html"),
        ("Grüße".encode(), "text/html; charset=utf-7"),
        ("Grüße".encode(), 'text/html; charset="UTF-8"'),
        ("\ufeffGrüße".encode(), "text/html; charset=iso-8859-1"),
        ("\ufeffGrüße".encode("utf-16-le"), "text/html; charset=utf-8"),
        ("Grüße".encode("utf-16-be"), "text/html; charset=utf-16be"),
    ],
)
def test_charsets(body: bytes, kind: str):
    assert fetched(reply(body, kind)) == "Grüße"


def test_the_charset_of_a_meta_tag():
    body = '<meta charset="koi8-r">Привет'
    assert fetched(reply(body.encode("koi8-r"))) == body


def test_compressed_pages():
    assert (
        fetched(reply(gzip.compress(b"<p>Hello</p>"), headers="Content-Encoding: gzip\r\n")) == "<p>Hello</p>"
    )


@pytest.mark.parametrize("coding", ["deflate", "br", "zstd", "gzip, gzip"])
def test_compression_that_was_not_asked_for(coding: str):
    assert code(reply(zlib.compress(b"x"), headers=f"Content-Encoding: {coding}\r\n")) == "fetch_failed"


def test_a_bomb_is_not_unpacked():
    body = gzip.compress(b"\0" * 20_000_000)
    assert code(reply(body, headers="Content-Encoding: gzip\r\n")) == "page_too_large"
    twice = gzip.compress(body)
    assert code(reply(twice, headers="Content-Encoding: gzip\r\n")) == "not_html"


@pytest.mark.parametrize("body", [b"garbage", gzip.compress(b"x" * 1000)[:-9], b""])
def test_broken_compression(body: bytes):
    assert code(reply(body, headers="Content-Encoding: gzip\r\n")) == "fetch_failed"


def test_a_page_may_not_exceed_its_size():
    limits = Limits(wire_bytes=50_000, decoded_bytes=100_000)
    assert len(fetched(reply(b"x" * 40_000), limits=limits)) == 40_000
    assert code(reply(b"x" * 200_000), limits=limits) == "page_too_large"
    unpacked = reply(gzip.compress(b"x" * 100_001), headers="Content-Encoding: gzip\r\n")
    assert code(unpacked, limits=limits) == "page_too_large"


def test_an_endless_page_is_cut_off():
    def endless(path: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while True:
            yield b"x" * 65536

    assert code(endless, limits=Limits(wire_bytes=1_000_000)) == "page_too_large"


def test_chunks():
    body = b"5\r\n<p>He\r\n7\r\nllo</p>\r\n0\r\n\r\n"
    assert fetched(reply(body, headers="Transfer-Encoding: chunked\r\n")) == "<p>Hello</p>"


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"short", headers="Content-Length: 500\r\n"),
        reply(b"500\r\nshort", headers="Transfer-Encoding: chunked\r\n"),
        reply(b"zz\r\nx", headers="Transfer-Encoding: chunked\r\n"),
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        reply(headers=f"X-Long: {'x' * 9000}\r\n"),
        reply(headers="X: y\r\n" * 101),
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000,
    ],
    ids=[
        "short", "short chunk", "bad chunk", "nothing", "nonsense", "status", "long header", "many headers",
        "endless header", "informational flood",
    ],
)  # fmt: skip
def test_broken_answers(answer: bytes):
    assert code(answer) == "fetch_failed"


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"]
)
def test_a_site_that_stops_answering_is_left(start: bytes):
    left = threading.Event()

    def stalled(path: str) -> Iterator[bytes]:
        yield start
        left.wait(30)

    with LocalSite(stalled) as site:
        with pytest.raises(ServiceError) as caught:
            get(site, limits=QUICK)
        left.set()
    assert caught.value.code == "fetch_timeout"


def test_a_site_that_dribbles_does_not_get_more_than_the_total():
    stop = threading.Event()

    def dribble(path: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while not stop.wait(0.02):
            yield b"x"

    with LocalSite(dribble) as site:
        with pytest.raises(ServiceError) as caught:
            get(site, limits=Limits(read_seconds=30, total_seconds=0.3))
        stop.set()
    assert caught.value.code == "fetch_timeout"


def test_no_site_at_all():
    with LocalSite(lambda path: reply()) as site:
        port = site.port
    with pytest.raises(ServiceError) as caught:
        fetch(f"http://site.test:{port}/", resolver=lambda h, p: [HERE], approve=lambda a: True, ports={port})
    assert caught.value.code == "fetch_failed"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Certificate and key for site.test that only their own bearer vouches for."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *(program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=site.test", "-addext", "subjectAltName=DNS:site.test"),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.mark.parametrize(
    ("host", "trusted", "expected"),
    [
        ("site.test", True, "<p>Hello</p>"),
        ("other.test", True, "fetch_failed"),
        ("site.test", False, "fetch_failed"),
    ],
    ids=["valid", "wrong name", "nobody vouches"],
)
def test_a_certificate_must_be_valid_for_the_name(
    certificate: tuple[Path, Path], host: str, trusted: bool, expected: str
):
    names: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(*certificate)
    server.sni_callback = lambda socket, name, context: names.append(name)
    trust = ssl.create_default_context(cafile=str(certificate[0])) if trusted else None
    with LocalSite(lambda path: reply(), tls=server) as site:
        options = {
            "resolver": lambda h, p: [HERE],
            "approve": lambda a: True,
            "ports": {site.port},
            "tls": trust,
        }
        try:
            found = fetch(site.url(host=host, scheme="https"), **options).html
        except ServiceError as error:
            found = error.code
    assert found == expected
    assert names == [host]
