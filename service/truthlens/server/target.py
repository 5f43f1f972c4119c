"""What a web address asks for, judged by its spelling alone, before any name is looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from truthlens.errors import ServiceError

PORTS = frozenset({80, 443})
CHARACTERS = 2048
_DEFAULT = {"http": 80, "https": 443}
_LOCAL = ("localhost", "localdomain", "local", "internal", "home.arpa", "lan", "onion")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "/:?#[]@!$&'()*+,;=%~-._"  # of a path and query; the rest is percent-encoded


@dataclass(frozen=True, slots=True)
class Target:
    """``host`` is a lower-case ASCII name or, when ``literal``, an IP address; ``path`` starts with "/"."""

    scheme: str
    host: str
    port: int
    path: str
    literal: bool

    @property
    def authority(self) -> str:
        """The host as it stands in an address and in the Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _DEFAULT[self.scheme] else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target(url: str, ports: Collection[int] = PORTS) -> Target:
    """Raises ServiceError ``bad_url`` (no usable address) or ``address_refused`` (a place never asked)."""
    if len(url) > CHARACTERS or not url:
        raise bad_url(f"The address is empty or longer than {CHARACTERS} characters.")
    if "\\" in url or any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        raise bad_url("The address contains white space, backslashes or invisible characters.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise bad_url("The address is not well formed.") from error
    if parts.scheme not in _DEFAULT:
        raise bad_url("Only http and https addresses can be read.")
    if "@" in parts.netloc or not host:
        raise bad_url("The address names a user or lacks a host.")
    name, literal = _host(host, bracketed="[" in parts.netloc)
    wanted = _DEFAULT[parts.scheme] if port is None else port
    if wanted not in ports:
        raise address_refused("The address uses a port other than 80 and 443.")
    path = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    return Target(parts.scheme, name, wanted, path if path.startswith("/") else f"/{path}", literal)


def bad_url(message: str) -> ServiceError:
    return ServiceError("bad_url", message, "Give the full web address of the article.", status=422)


def address_refused(message: str) -> ServiceError:
    return ServiceError(
        "address_refused",
        message,
        "Only pages of the public web are fetched; open others in the browser and analyse them from there.",
        status=403,
    )


def _host(host: str, *, bracketed: bool) -> tuple[str, bool]:
    if bracketed:
        try:
            return str(IPv6Address(host)), True  # canonical; a zone (%eth0) is kept and refused as an address
        except ValueError as error:
            raise bad_url("The address is not well formed.") from error
    name = _ascii(host).removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise bad_url("The address names no valid host.")
    if _NUMERIC.fullmatch(labels[-1]):
        # Resolvers read 127.1, 0x7f000001 and 017700000001 as addresses. One spelling is enough.
        try:
            if host.isascii():
                return str(IPv4Address(name)), True
        except ValueError:
            pass
        raise address_refused("The address writes its host as an unusual number.")
    if len(labels) == 1 or any(name == suffix or name.endswith(f".{suffix}") for suffix in _LOCAL):
        raise address_refused("The address points into this computer or its local network.")
    return name, False


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        # Maps circled digits, full-width letters and ideographic full stops to what they stand for.
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise bad_url("The address names no valid host.") from error
