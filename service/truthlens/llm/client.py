"""One question to the language model, every byte of its answer under a deadline and a ceiling."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Literal, cast

import msgspec

from truthlens.llm.endpoint import Endpoint
from truthlens.net.connection import HEADER_BYTES, Connection, Deadline, TooLargeError

Reason = Literal["unreachable", "slow", "too_long", "malformed"]


class NoAnswerError(Exception):
    """The model gave no answer that could be read. It quotes nothing of what was asked or answered."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of one question. Small models on a processor alone write some ten words a second."""

    connect_seconds: float = 2.0
    total_seconds: float = 30.0
    bytes: int = 64 * 1024
    tokens: int = 300


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    """Of all that OpenAI's chat completions return, the one thing wanted."""

    choices: list[_Choice]


class LanguageModel:
    """Connects for each question anew, to the address that was found to be loopback, through no proxy."""

    def __init__(self, endpoint: Endpoint, limits: Limits = Limits()) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self.name = endpoint.model

    def ask(self, system: str, user: str) -> str:
        """The text of the first choice. Raises NoAnswerError; a redirect is no answer and is not followed."""
        question = {
            "model": self._endpoint.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "seed": 1,
            "stream": False,
            "max_tokens": self._limits.tokens,
        }
        try:
            body = self._exchange(msgspec.json.encode(question))
            choices = msgspec.json.decode(body, type=_Answer).choices
        except TimeoutError as error:
            raise NoAnswerError("slow") from error
        except TooLargeError as error:
            raise NoAnswerError("too_long") from error
        except (msgspec.MsgspecError, HTTPException, ValueError) as error:
            raise NoAnswerError("malformed") from error
        except OSError as error:
            raise NoAnswerError("unreachable") from error
        if not choices:
            raise NoAnswerError("malformed")
        return choices[0].message.content

    def _exchange(self, body: bytes) -> bytes:
        limits, target = self._limits, self._endpoint.target
        deadline = Deadline(limits.total_seconds)
        head = (
            f"POST {target.path} HTTP/1.1",
            f"Host: {target.authority}",
            "Content-Type: application/json",
            "Accept: application/json",
            "Accept-Encoding: identity",
            f"Content-Length: {len(body)}",
            "Connection: close",
        )
        address = (self._endpoint.address, target.port)
        with closing(
            socket.create_connection(address, timeout=deadline.left(limits.connect_seconds))
        ) as sock:
            sock.sendall("\r\n".join((*head, "", "")).encode("ascii") + body)
            incoming = Connection(sock, deadline, limits.total_seconds, HEADER_BYTES + limits.bytes)
            response = HTTPResponse(cast(socket.socket, incoming), method="POST")  # it only calls makefile
            with closing(response):
                response.begin()
                if response.status != 200:
                    raise HTTPException(f"status {response.status}")
                return response.read()
