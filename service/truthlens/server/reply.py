"""What every reply has in common: its headers and, when it refuses, its shape."""

from __future__ import annotations

import msgspec

from truthlens.errors import ServiceError
from truthlens.server.rate import RETRY_AFTER_SECONDS

REPLY_HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Type", "application/json; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
)
_RETRY_AFTER = {  # seconds
    "queue_full": 5,
    "library_busy": 5,
    "model_loading": 5,
    "too_many_requests": RETRY_AFTER_SECONDS,
}


def error_fields(error: ServiceError) -> dict[str, str]:
    """The inside of the error envelope, which a failed analysis carries as well."""
    return {"code": error.code, "message": error.message, "remedy": error.remedy}


def envelope(error: ServiceError) -> bytes:
    """The one shape of a refusal, as JSON."""
    return msgspec.json.encode({"error": error_fields(error)})


def refusal_headers(error: ServiceError) -> list[tuple[str, str]]:
    """Headers that belong to this refusal alone."""
    seconds = _RETRY_AFTER.get(error.code)
    return [] if seconds is None else [("Retry-After", str(seconds))]


def internal() -> ServiceError:
    """What a reader is told when the fault is ours; the log names the place."""
    return ServiceError(
        "internal",
        "Something went wrong inside the service.",
        "Try again; if it happens twice, restart the service with `truthlens serve`.",
        status=500,
    )


def place_of(error: BaseException) -> str:
    """Type, module and line of a crash. Never its text, which may quote a page, a URL or a token."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return f"{type(error).__name__} in {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
