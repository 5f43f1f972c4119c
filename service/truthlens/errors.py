"""The one shape in which TruthLens refuses or fails: a stable code, what happened, what to do about it."""

from __future__ import annotations


class ServiceError(Exception):
    """A refusal that a reader may see.

    ``code`` is stable (`snake_case`, part of the interface), ``message`` says what was found and what was
    expected, ``remedy`` says what to do next, ``status`` is the HTTP status that carries it.
    Neither text ever holds a path, a token, a URL or words of an article, since both reach logs.
    """

    def __init__(self, code: str, message: str, remedy: str, *, status: int = 400) -> None:
        super().__init__(f"{code}: {message} {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy
        self.status = status

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the pipe from the extraction workers; keyword-only arguments break the default.
        return (_rebuild, (self.code, self.message, self.remedy, self.status))


def _rebuild(code: str, message: str, remedy: str, status: int) -> ServiceError:
    return ServiceError(code, message, remedy, status=status)
