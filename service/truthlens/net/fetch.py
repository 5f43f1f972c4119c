"""Fetches the page or feed a reader asked for, and only from the public web. Used by the command line and by
explicit requests; pages that the extension hands over never come here.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from truthlens.errors import ServiceError
from truthlens.extract.decode import decode
from truthlens.extract.prescan import checked, not_html, page_too_large
from truthlens.net.addresses import approved
from truthlens.net.connection import HEADER_BYTES, Connection, Deadline, TooLargeError, connect, trusting
from truthlens.net.departures import DEPARTURES
from truthlens.server.target import PORTS, Target, address_refused, target

Resolver = Callable[[str, int], list[str]]
"""Host and port to IP addresses as text. Raises OSError when the name is unknown."""
REDIRECTS = 5
ADDRESSES = 3  # of one name that are tried before giving up
HEADER_LINE_BYTES = 8 * 1024
_REDIRECT = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """``url`` is the address after all redirects, ``html`` the page as text."""

    url: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What may come back: ``kinds`` are content types, ``accept`` is the header that asks for them, and
    ``refusal`` says that something else came.
    """

    kinds: frozenset[str]
    accept: str
    refusal: Callable[[], ServiceError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """``url`` is the address after all redirects; ``kind`` and ``charset`` are what the header names."""

    url: str
    body: bytes
    kind: str
    charset: str


PAGE = Wanted(
    kinds=frozenset({"text/html", "application/xhtml+xml", "text/plain"}),
    accept="text/html, application/xhtml+xml, text/plain;q=0.5",
    refusal=not_html,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes of one fetch. ``total_seconds`` covers names, redirects and the whole download."""

    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 15.0
    wire_bytes: int = 5 * 1024 * 1024
    decoded_bytes: int = 10 * 1024 * 1024


def resolve(host: str, port: int) -> list[str]:
    """The addresses the system's resolver gives, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    resolver: Resolver = resolve,
    approve: Callable[[str], bool] = approved,
    ports: Collection[int] = PORTS,
    tls: ssl.SSLContext | None = None,
    limits: Limits = Limits(),
) -> Page:
    """The page at ``url`` as text. Options and errors are those of `download`."""
    found = download(url, PAGE, resolver=resolver, approve=approve, ports=ports, tls=tls, limits=limits)
    text = checked(decode(found.body, found.charset))
    return Page(found.url, _as_html(text) if found.kind == "text/plain" else text)


def download(
    url: str,
    wanted: Wanted,
    *,
    resolver: Resolver = resolve,
    approve: Callable[[str], bool] = approved,
    ports: Collection[int] = PORTS,
    tls: ssl.SSLContext | None = None,
    limits: Limits = Limits(),
) -> Fetched:
    """The bytes at ``url``, each redirect judged like the first address.

    ``approve`` judges every address a name resolves to, and exactly an approved one is connected to.
    Raises ServiceError: ``bad_url``, ``address_refused``, ``fetch_failed``, ``fetch_timeout``,
    ``too_many_redirects``, ``page_too_large``, and the refusal of ``wanted``.
    """
    deadline = Deadline(limits.total_seconds)
    rules = _Rules(resolver, approve, deadline, tls or trusting(), limits, wanted)
    try:
        for _ in range(REDIRECTS + 1):
            place = target(url, ports)
            found = _exchange(place, rules)
            if isinstance(found, Fetched):
                return found
            url = urljoin(place.url, found)
    except TimeoutError as error:
        raise _timeout() from error
    except ssl.SSLError as error:
        raise _failed("The site could not prove who it is: its certificate is not valid.") from error
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        raise _failed("The site could not be reached, or broke off its answer.") from error
    raise ServiceError(
        "too_many_redirects",
        f"The address leads on more than {REDIRECTS} times.",
        "Open the page in the browser and use the address it ends at.",
        status=502,
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    resolver: Resolver
    approve: Callable[[str], bool]
    deadline: Deadline
    tls: ssl.SSLContext
    limits: Limits
    wanted: Wanted


def _exchange(place: Target, rules: _Rules) -> Fetched | str:
    """What stands there, or the address it redirects to."""
    addresses = [place.host] if place.literal else _resolved(place, rules)
    if not addresses:
        raise _failed("The site has no address.")
    if not all(rules.approve(address) for address in addresses):
        # One private answer among public ones is how a name is made to point inside.
        raise _inner_address()
    limits = rules.limits
    if place.literal:
        DEPARTURES.note(place.host)
    with _connected(addresses[:ADDRESSES], place, rules) as sock:
        connection = Connection(sock, rules.deadline, limits.read_seconds, HEADER_BYTES)
        try:
            response = connection.get(place, rules.wanted.accept)
        except TooLargeError as error:
            raise _failed("The site sent too many headers.") from error
        with response:
            if any(len(name) + len(value) > HEADER_LINE_BYTES for name, value in response.getheaders()):
                raise _failed("The site sent too long a header.")
            if response.status in _REDIRECT:
                return _location(response)
            if response.status != 200:
                raise _failed(f"The site answered with status {response.status}.")
            connection.ceiling = connection.received + limits.wire_bytes
            return _fetched(place, response, rules)


def _resolved(place: Target, rules: _Rules) -> list[str]:
    # The system's resolver knows no time-out, so it waits in a thread that may outlive us.
    DEPARTURES.note(place.host)  # the question for its name leaves, whatever comes of it
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(rules.resolver(place.host, place.port))
        except OSError as error:
            answers.put(error)
        except UnicodeError:
            answers.put([])

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=rules.deadline.left(rules.limits.total_seconds))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise _failed("The site's name is not known.") from answer
    return answer


def _connected(addresses: list[str], place: Target, rules: _Rules) -> socket.socket:
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            sock = connect(address, place, rules.deadline, rules.limits.connect_seconds, rules.tls)
            peer = str(sock.getpeername()[0])
        except OSError as error:
            failure = error
            continue
        if rules.approve(peer):
            return sock
        sock.close()
        raise _inner_address()
    raise failure


def _inner_address() -> ServiceError:
    return address_refused("The address leads into this computer or a private network.")


def _location(response: HTTPResponse) -> str:
    location = response.getheader("Location", "")
    if not location:
        raise _failed("The site redirects without saying where.")
    # Headers arrive as Latin-1; addresses in them are UTF-8 when they are not ASCII.
    return location.encode("latin-1", "replace").decode("utf-8", "replace").strip().replace(" ", "%20")


def _fetched(place: Target, response: HTTPResponse, rules: _Rules) -> Fetched:
    kind = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in rules.wanted.kinds:
        raise rules.wanted.refusal()
    coding = response.getheader("Content-Encoding", "identity").strip().lower()
    if coding not in ("gzip", "x-gzip", "identity", ""):
        raise _failed("The site used a compression that was not asked for.")
    try:
        body = _body(response, rules.limits.decoded_bytes, compressed="gzip" in coding)
    except TooLargeError as error:
        raise page_too_large("The page is larger than a web page should be.") from error
    charset = str(response.msg.get_content_charset(""))
    return Fetched(url=place.url, body=body, kind=kind, charset=charset)


def _body(response: HTTPResponse, ceiling: int, *, compressed: bool) -> bytes:
    pieces: list[bytes] = []
    size = 0
    unpack = zlib.decompressobj(wbits=31) if compressed else None
    while piece := response.read(_PIECE):
        if unpack is not None:
            # One byte more than is left shows that there is too much, without unpacking the rest.
            piece = unpack.decompress(piece, ceiling - size + 1)
        pieces.append(piece)
        size += len(piece)
        if size > ceiling:
            raise TooLargeError
    if response.length or (unpack is not None and not unpack.eof):
        raise HTTPException("the answer ends too early")
    return b"".join(pieces)


def _as_html(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<!DOCTYPE html><html><body><article>{paragraphs}</article></body></html>"


def _failed(message: str) -> ServiceError:
    return ServiceError(
        "fetch_failed",
        message,
        "Check the address, or open the page in the browser and analyse it there.",
        status=502,
    )


def _timeout() -> ServiceError:
    return ServiceError(
        "fetch_timeout",
        "The site took too long to answer.",
        "Try again later, or open the page in the browser and analyse it there.",
        status=504,
    )
