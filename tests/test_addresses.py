"""Which addresses are asked: every spelling of a private one is refused, and no public one is."""

from __future__ import annotations

import pytest
from truthlens.errors import ServiceError
from truthlens.net.addresses import approved, own, public
from truthlens.server.target import target

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.127.127.127
168.63.129.16 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1
192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:10.0.0.1 fe80::1 fe80::1%eth0 fc00::1
fd12:3456::1 fec0::1 ff02::1 100::1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::8.8.8.8
2001:db8::1 2001:10::1 2001:2::1 2002:7f00:1:: 2002:a00:1:: 2002:a9fe:a9fe::1 2001:0:7f00:1::
2001:0:808:808:0:0:80ff:fffe
2001:4860:4860::5efe:127.0.0.1 2001:4860:4860::200:5efe:10.0.0.1 3fff::1 5f00::1 4000::1 2606:4700::1%1
localhost example.com 127.1 0177.0.0.1 1 256.1.1.1
""".split()
OPEN = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.1 128.0.0.1 151.101.1.164
168.63.129.17
169.253.255.255 169.255.0.1 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 192.169.0.1 198.17.255.255
198.20.0.1 223.255.255.255 2606:4700::6810:85e5 2a00:1450:4001:81b::200e 2001:4860:4860::8888 2400:cb00::1
64:ff9b::8.8.8.8
::ffff:8.8.8.8 2002:808:808::1 2001:200::1
""".split()


@pytest.mark.parametrize("address", CLOSED)
def test_closed(address: str):
    assert not public(address)
    assert not approved(address)


@pytest.mark.parametrize("address", OPEN)
def test_open(address: str):
    assert public(address)


@pytest.mark.enable_socket
def test_the_address_of_another_computer_is_not_ours():
    assert not own("8.8.8.8")


@pytest.mark.enable_socket
def test_what_can_be_bound_is_ours():
    assert own("127.0.0.1")


REFUSED = """
http://localhost/ http://LOCALHOST:80/ http://localhost./ http://foo.localhost/ http://x.local/
http://db.internal/
http://metadata.google.internal/ http://router.lan/ http://nas.home.arpa/ http://x.onion/ http://intranet/
http://com/
http://0/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/
http://0177.0.0.1/
http://00000177.0.0.1/ http://017700000001/ http://3232235777/ http://169.254.43518/ http://0xA9FEA9FE/
http://1.2.3.4.5/
http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://１２７.0.0.1/ http://8.8.8.8:8080/ http://example.com:22/
http://example.com:0/
https://example.com:8765/ http://127.0.0.1:8765/ http://256.256.256.256/ http://example.0x7f/
""".split()
MALFORMED = [
    "",
    "example.com/x",
    "//example.com/x",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "http:///x",
    "http://user@example.com/",
    "http://user:word@example.com/",
    "http://127.0.0.1@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://exa mple.com/",
    " http://example.com/",
    "http://example.com/\r\nHost: x",
    "http://example.com/\u202e",
    "http://example.com/\0",
    "http://exa%6dple.com/",
    "http://[::1/",
    "http://[nonsense]/",
    "http://example..com/",
    "http://.example.com/",
    "http://-example.com/",
    "http://example.com:x/",
    "http://example.com:99999/",
    "http://" + "a" * 64 + ".com/",
    "http://example.com/" + "a" * 2048,
]


@pytest.mark.parametrize("url", REFUSED)
def test_refused_by_its_spelling(url: str):
    with pytest.raises(ServiceError) as caught:
        target(url)
    assert caught.value.code == "address_refused"


@pytest.mark.parametrize("url", MALFORMED)
def test_no_usable_address(url: str):
    with pytest.raises(ServiceError) as caught:
        target(url)
    assert caught.value.code == "bad_url"


@pytest.mark.parametrize(
    ("url", "host", "asked"),
    [
        ("http://Example.COM", "example.com", "http://example.com/"),
        ("https://example.com.:443/a?b=c#d", "example.com", "https://example.com/a?b=c"),
        ("https://example.com/caf\u00e9 ".strip(), "example.com", "https://example.com/caf%C3%A9"),
        ("https://example.com/a%20b?q=%E2%82%AC", "example.com", "https://example.com/a%20b?q=%E2%82%AC"),
        ("https://bücher.example/", "xn--bcher-kva.example", "https://xn--bcher-kva.example/"),
        ("http://example.com?x", "example.com", "http://example.com/?x"),
        ("http://8.8.8.8/", "8.8.8.8", "http://8.8.8.8/"),
        ("http://[2606:4700:0:0::1]/", "2606:4700::1", "http://[2606:4700::1]/"),
        ("http://1and1.co.uk/", "1and1.co.uk", "http://1and1.co.uk/"),
    ],
)
def test_usable_addresses(url: str, host: str, asked: str):
    place = target(url)
    assert (place.host, place.url) == (host, asked)
