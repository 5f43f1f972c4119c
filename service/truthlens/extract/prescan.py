"""One linear look at a page before any parser sees it: refuses what parsers choke on."""

from __future__ import annotations

from truthlens.errors import ServiceError

BYTES_CEILING = 8 * 1024 * 1024  # UTF-8; the largest of the 88 measured pages has 1.1 million
TAGS_CEILING = 150_000  # "<" signs; the measured pages have up to 3,229, long live pages some ten times that
NUL_SHARE = 0.01  # of the characters; UTF-16 read as one-byte text has about half
_SIGNATURES = (
    "%PDF-",
    "\x89PNG",
    "\ufffdPNG",
    "GIF87a",
    "GIF89a",
    "PK\x03\x04",
    "\x1f\x8b",
    "\x1f\ufffd",
    "RIFF",
)
CONTROL_SHARE = 0.05  # of the first characters; text has next to none, compressed bytes some tenth or more


def checked(html: str) -> str:
    """The page without NULs, which HTML forbids and browsers drop.

    Raises ServiceError ``page_too_large`` (too many bytes or tags) or ``not_html`` (binary in disguise).
    """
    if len(html) > BYTES_CEILING or len(html.encode("utf-8", "replace")) > BYTES_CEILING:
        raise page_too_large("The page has more than 8 MiB of HTML.")
    head = html[:8192]
    if head.lstrip("\ufeff \t\r\n").startswith(_SIGNATURES) or _binary(head):
        raise not_html()
    nuls = html.count("\0")
    if nuls > NUL_SHARE * len(html):
        raise not_html()
    if html.count("<") > TAGS_CEILING:
        raise page_too_large(f"The page has more than {TAGS_CEILING:,} tags.")
    return html.replace("\0", "") if nuls else html


def page_too_large(message: str) -> ServiceError:
    return ServiceError(
        "page_too_large",
        message,
        "Open the article on a page of its own, or hand in its text instead of the page.",
        status=413,
    )


def not_html() -> ServiceError:
    return ServiceError(
        "not_html",
        "This is not a web page but a file of another kind, such as a PDF, an image or an archive.",
        "Open the article as a web page, or hand in its text.",
        status=415,
    )


def _binary(head: str) -> bool:
    odd = sum(1 for c in head if (c < " " and c not in "\t\n\r\f") or c == "\ufffd" or "\x7f" <= c <= "\x84")
    return odd > CONTROL_SHARE * len(head)
