"""Where the language model listens: on this computer or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from truthlens.errors import ServiceError
from truthlens.net.fetch import resolve
from truthlens.server.target import Target
from truthlens.settings import Settings

HOSTS = ("127.0.0.1", "::1", "localhost")
PATH = "/v1/chat/completions"
CHARACTERS = 200  # of the model's name, which reports show

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """``address`` is the loopback address that is connected to, ``model`` the name to ask for."""

    address: str
    target: Target
    model: str


def endpoint(settings: Settings, *, resolver: Resolver = resolve) -> Endpoint | None:
    """None when no language model is wanted, which is the default.

    Raises ServiceError ``bad_settings`` for any address that is not this computer's own: articles and what is
    said of them never leave it.
    """
    if not settings.llm_url:
        return None
    if not settings.llm_model.strip() or len(settings.llm_model) > CHARACTERS:
        raise _refused("the language model has no name", "Set TRUTHLENS_LLM_MODEL to its name.")
    try:
        parts = urlsplit(settings.llm_url)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError as error:
        raise _not_here() from error
    if parts.scheme != "http" or host not in HOSTS or "@" in parts.netloc or parts.query or parts.fragment:
        raise _not_here()
    try:
        addresses = [host] if host != "localhost" else resolver(host, port)
    except OSError as error:
        raise _not_here() from error
    if not addresses or not all(ip_address(address).is_loopback for address in addresses):
        # A hosts file may send even this name elsewhere.
        raise _not_here()
    target = Target("http", host, port, _path(parts), literal=host != "localhost")
    return Endpoint(address=addresses[0], target=target, model=settings.llm_model.strip())


def _path(parts: SplitResult) -> str:
    path = parts.path.rstrip("/")
    if not path.isascii() or any(character.isspace() for character in path):
        raise _not_here()
    if not path:
        return PATH
    return path if path.endswith("/chat/completions") else f"{path}/chat/completions"


def _not_here() -> ServiceError:
    return _refused(
        "the language model is not on this computer",
        "Set TRUTHLENS_LLM_URL to an http address of 127.0.0.1, ::1 or localhost, such as "
        "http://127.0.0.1:11434/v1, or leave it out.",
    )


def _refused(found: str, remedy: str) -> ServiceError:
    return ServiceError("bad_settings", f"The settings cannot be used: {found}.", remedy, status=500)
