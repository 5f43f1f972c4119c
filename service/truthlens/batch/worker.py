"""One of the processes of this machine: loads a model, then takes parts over a pipe until that closes."""

from __future__ import annotations

import signal
from contextlib import ExitStack, suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from truthlens.batch.examine import Analysing, Job, examine, loaded
from truthlens.batch.obtain import obtain
from truthlens.batch.record import Finished, Part
from truthlens.errors import ServiceError
from truthlens.freed_memory import give_back


class Ready(msgspec.Struct, tag=True):
    """The model is loaded; ``versions`` name it."""

    versions: dict[str, str]


class Failed(msgspec.Struct, tag=True):
    """There will be no analyser in this process; the fields are those of a ServiceError."""

    code: str
    message: str
    remedy: str


class At(msgspec.Struct, tag=True):
    """Another record is in hand."""


class Done(msgspec.Struct, tag=True):
    """A part is written."""

    finished: Finished


Message = Ready | Failed | At | Done
_messages = msgspec.msgpack.Decoder(Message)
_parts = msgspec.msgpack.Decoder(Part)


def received(pipe: Connection[Any, Any]) -> Message:
    """What a worker says. Raises EOFError when it is gone."""
    message: Message = _messages.decode(pipe.recv_bytes())
    return message


def give(pipe: Connection[Any, Any], part: Part) -> None:
    """Hand a part to an idle worker. Raises OSError when it is gone."""
    pipe.send_bytes(msgspec.msgpack.encode(part))


def main(pipe: Connection[Any, Any], job: Job) -> None:
    # Ctrl-C reaches every process of the terminal; the one in front decides about the parts in hand.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(_AloneError):
        try:
            _work(pipe, job)
        except ServiceError as error:
            _say(pipe, Failed(error.code, error.message, error.remedy))
        except OSError as error:
            remedy = "Make room, or see that the folder can be written to, and run the same command again."
            _say(pipe, Failed("not_written", f"Tables could not be written: {error.strerror}.", remedy))
        except Exception as error:  # noqa: BLE001  # articles never get here; this is ours
            remedy = "Run `truthlens doctor`; what is finished is kept."
            _say(pipe, Failed("worker_failed", f"A worker failed ({type(error).__name__}).", remedy))


class _AloneError(Exception):
    """Whoever gave the parts is gone; what is not written is done again by the next run."""


def _work(pipe: Connection[Any, Any], job: Job) -> None:
    from truthlens.extract.pool import ExtractionPool

    analyser: Analysing = loaded(job.analyser)
    _say(pipe, Ready(dict(analyser.versions)))
    # Pages are parsed in a process of their own, under limits of time and memory: one that hangs the parser
    # costs itself alone. It and this process wait for each other, so that together they keep one core busy.
    with ExitStack() as stack:

        @cache
        def pool() -> ExtractionPool:  # texts need none
            return stack.enter_context(ExtractionPool(workers=1))

        while True:
            part = _taken(pipe)
            articles = (
                obtain(record, lambda page, url: pool().extract(page, url)) for record in part.records
            )
            _say(pipe, Done(examine(part, articles, job, analyser, told=lambda: _say(pipe, At()))))
            give_back()


def _taken(pipe: Connection[Any, Any]) -> Part:
    try:
        return _parts.decode(pipe.recv_bytes())
    except (EOFError, OSError) as error:
        raise _AloneError from error


def _say(pipe: Connection[Any, Any], message: Message) -> None:
    try:
        pipe.send_bytes(msgspec.msgpack.encode(message))
    except OSError as error:
        raise _AloneError from error
