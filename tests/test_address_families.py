"""Which addresses are asked, by families: drawn from every closed block, in every spelling and disguise."""

from __future__ import annotations

import random
import ssl
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hostile_requests import spellings
from test_fetch import no_connections
from trust import tries
from truthlens.errors import ServiceError
from truthlens.net.addresses import public
from truthlens.net.fetch import fetch
from truthlens.server.target import target

__all__ = ["no_connections"]
Record = Callable[[str, object], None]
TLS = ssl.create_default_context()  # made once: reading the system's list takes longer than a refusal
# Written down from IANA's two registries by hand, and not taken from the module that is tried here.
CLOSED_4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
""".split()
CLOSED_6 = """
::/128 ::1/128 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001:2::/48 2001:10::/28
2001:db8::/32 3fff::/20 5f00::/16
fc00::/7 fe80::/10 fec0::/10 ff00::/8 4000::/3 8000::/1 1000::/4
""".split()
DISGUISES = (
    "::ffff:{0}",
    "::{0}",
    "64:ff9b::{0}",
    "2002:{1}::",
    "2001:0:{1}::1",
    "2001:4860::5efe:{0}",
    "2a00::200:5efe:{0}",
)


def drawn(block: IPv4Network | IPv6Network, count: int, draw: random.Random) -> list[str]:
    """The first, the last, and some between."""
    size = block.num_addresses
    places = {0, size - 1, *(draw.randrange(size) for _ in range(count))}
    return [str(block[place]) for place in sorted(places)]


def hexadecimal(address: str) -> str:
    value = int(IPv4Address(address))
    return f"{value >> 16:x}:{value & 0xFFFF:x}"


def teredo(address: str) -> str:
    """Whose client, with its bits flipped, is the address."""
    return f"2001:0:808:808:0:0:{hexadecimal(str(IPv4Address(~int(IPv4Address(address)) & 0xFFFFFFFF)))}"


def refusal(url: str) -> str:
    """The code of a fetch whose name, should it be looked up, would be a public one."""
    with pytest.raises(ServiceError) as caught:
        fetch(url, resolver=lambda host, port: ["93.184.216.34"], tls=TLS)
    return caught.value.code


@pytest.mark.usefixtures("no_connections")
def test_no_closed_ipv4_address_is_asked_in_any_spelling(record_property: Record) -> None:
    draw, tried = random.Random(1), 0
    for block in CLOSED_4:
        for address in drawn(IPv4Network(block), tries(1, 40), draw):
            assert not public(address), address
            written = [each for each in spellings(address) if "%25" not in each and "nip.example" not in each]
            for spelled in (address, *written):
                for url in (f"http://{spelled}/", f"https://{spelled}:443/a?b"):
                    assert refusal(url) in {"address_refused", "bad_url"}, url
                    tried += 1
    record_property("tried", tried)


def test_no_closed_address_passes_in_a_disguise(record_property: Record) -> None:
    draw, tried = random.Random(2), 0
    for block in CLOSED_4:
        for address in drawn(IPv4Network(block), tries(5, 100), draw):
            worn = [disguise.format(address, hexadecimal(address)) for disguise in DISGUISES]
            for each in (*worn, teredo(address)):
                assert not public(each), each
                assert not public(str(IPv6Address(each))), each
                assert not public(IPv6Address(each).exploded), each
                tried += 3
    for six in CLOSED_6:
        for address in drawn(IPv6Network(six), tries(5, 100), draw):
            assert not public(address), address
            tried += 1
    record_property("tried", tried)


def test_nothing_passes_that_pythons_own_table_calls_private(record_property: Record) -> None:
    """A second opinion. It knows less than ours, so it can only confirm what passes."""
    draw, passed, count = random.Random(3), 0, tries(5_000, 200_000)
    for _ in range(count):
        four = IPv4Address(draw.getrandbits(32))
        six = IPv6Address(draw.getrandbits(125) | 1 << 125)
        for address in (four, six):
            if public(str(address)):
                passed += 1
                assert address.is_global, address
                assert not address.is_multicast, address
    assert passed > count  # most of the four and of the six
    record_property("tried", 2 * count)


def test_addresses_of_the_public_web_are_not_refused(record_property: Record) -> None:
    """To refuse too much is a failure too."""
    draw, tried = random.Random(4), 0
    closed = [IPv4Network(block) for block in (*CLOSED_4, "168.63.129.16/32")]
    while tried < tries(2_000, 50_000):
        four = IPv4Address(draw.getrandbits(32))
        if any(four in block for block in closed):
            continue
        tried += 1
        assert public(str(four)), four
        assert public(f"64:ff9b::{four}"), "behind DNS64 every IPv4 site looks like this"
        place = target(f"http://{four}/a")
        assert (place.host, place.literal) == (str(four), True)
    for block in (
        "2600::/12",
        "2a00::/12",
        "2400::/12",
        "2800::/12",
        "2c00::/12",
        "2001:4860::/32",
        "2606:4700::/32",
    ):
        for address in drawn(IPv6Network(block), 50, draw):
            if int(ip_address(address)) >> 32 & 0xFFFFFFFF not in (0x5EFE, 0x02005EFE):
                assert public(address), address
                assert target(f"http://[{address}]/").literal
                tried += 1
    record_property("tried", tried)


LOOKALIKES = """
①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.０.０.１ ⑴27.0.0.1
²127.0.0.1 ₁27.0.0.1 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ①⓪.0.0.1 ⒈27.0.0.1
ⓛocalhost ｌｏｃａｌｈｏｓｔ ℓocalhost 𝐥𝐨𝐜𝐚𝐥𝐡𝐨𝐬𝐭 localhost。 ﬁle.localhost
x.ⓛocal ｍetadata.google.internal 𝗿outer.lan [::①] [::ﬀff:127.0.0.1]
LOCALHOST localhost.localdomain LocalHost. sub.localhost. a.b.local printer.local.
x.home.arpa x.internal. x.onion
127.0.0.1. 127.0.0.1.. 0x7f.0.0.1. 0177.1 1 01 0x1 00 0x 0x. 256 4294967295 4294967296 1e3 1.2.3
1.2.3.4.5 1.2.3.0x4 a.0x7f a.1
""".split()


@pytest.mark.parametrize("host", LOOKALIKES)
def test_no_lookalike_of_this_computer_is_looked_up(host: str) -> None:
    for scheme, end in (("http", "/"), ("https", ":443/x"), ("HTTP", "")):
        try:
            place = target(f"{scheme}://{host}{end}")
        except ServiceError as error:
            found = error.code
        else:  # one canonical spelling is left, which the table of addresses refuses
            found = "address_refused" if place.literal and not public(place.host) else place.host
        assert found in {"address_refused", "bad_url"}


@pytest.mark.parametrize(
    "scheme", "file ftp gopher dict ldap jar data javascript blob view-source ws wss unix about".split()
)
def test_other_schemes_are_not_followed(scheme: str) -> None:
    for rest in ("//example.com/", "///etc/passwd", ":x", "//127.0.0.1/", "/x"):
        with pytest.raises(ServiceError) as caught:
            target(f"{scheme}:{rest}")
        assert caught.value.code == "bad_url"
