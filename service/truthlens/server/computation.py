"""What one job does: obtain the article, analyse it unless that was done before, render and store it."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from truthlens.domain import Article, Finding, Report, Sentence
from truthlens.server.reply import place_of
from truthlens.server.requests import AnalysisRequest
from truthlens.store.library import Library
from truthlens.store.library_entry import StoredTrace
from truthlens.store.library_error import LibraryError

if TYPE_CHECKING:
    from truthlens.reading import Reading

Progress = Callable[[str, float], None]
Render = Callable[[str, Report], dict[str, Any]]
Show = Callable[[list[dict[str, object]]], None]
"""Given annotations before the report is done, each time in the place of those before."""
Obtain = Callable[[AnalysisRequest, Callable[[], bool]], Article]
_log = logging.getLogger(__name__)


class Analysing(Protocol):
    """What the service needs of `analyse.Analyser`."""

    versions: dict[str, str]

    def analyse_with_reading(
        self,
        article: Article,
        *,
        progress: Progress,
        early: Callable[[Sequence[Sentence], Sequence[Finding]], None],
    ) -> tuple[Report, Reading]: ...

    def reading(self, article: Article, *, progress: Progress) -> Reading: ...


class Computation:
    """``obtain`` gives the article a request is about, ``render`` turns a report into the wire's JSON."""

    def __init__(self, *, library: Library, obtain: Obtain, render: Render) -> None:
        self._library = library
        self._obtain = obtain
        self._render = render

    def __call__(
        self,
        request: AnalysisRequest,
        analyser: Analysing,
        progress: Progress,
        cancelled: Callable[[], bool],
        show: Show,
    ) -> dict[str, object] | None:
        """Leave the result in the library and return None; return the result when it is not to be stored, as
        ``request`` or the reader's preferences say, or cannot be.

        Raises ServiceError, and whatever ``progress`` raises in order to cancel.
        """
        versions = versions_digest(analyser)
        # Asked here too: while the model loads, nobody knows which stored results are current.
        if request.mode != "url" and self._library.result(request.id, versions=versions) is not None:
            return None
        began = time.perf_counter()
        progress("extract", 0.0)
        article = self._obtain(request, cancelled)
        extracted = time.perf_counter()
        analysis_id = _analysis_id(article, versions)
        known, stored = self._known(request, analysis_id, versions)
        if known:
            return stored

        def early(sentences: Sequence[Sentence], findings: Sequence[Finding]) -> None:
            from truthlens.wire import early as annotations  # late: it imports every section

            show(annotations(analysis_id, article, sentences, findings))

        report, reading = analyser.analyse_with_reading(article, progress=progress, early=early)
        result = self._render(analysis_id, report)
        result["timings_ms"] = {
            "extract": _ms(extracted - began),
            **result.get("timings_ms", {}),
            "total": _ms(time.perf_counter() - began),
        }
        progress("report", 1.0)  # the last moment to cancel: what is stored stays
        if not self._keeps(request):
            return result
        try:
            self._library.save(
                analysis_id,
                result,
                request_id=request.id,
                versions=versions,
                url=article.url,
                title=article.title,
                trace=_trace(reading, analyser.versions["model"]),
            )
        except (sqlite3.Error, LibraryError) as error:
            _log.error("an analysis could not be stored: %s", place_of(error))
            return _with_problem(result)
        return None

    def _known(
        self, request: AnalysisRequest, analysis_id: str, versions: str
    ) -> tuple[bool, dict[str, object] | None]:
        """Whether the article was analysed before, and the result unless the library answers with it."""
        if self._keeps(request):
            try:
                return self._library.reuse(analysis_id, request_id=request.id), None
            except LibraryError:  # what is stored can still be read
                pass
        stored = self._library.result(analysis_id, versions=versions)  # writes nothing
        return stored is not None, stored

    def _keeps(self, request: AnalysisRequest) -> bool:
        return request.keep and self._library.preferences().keeping


def versions_digest(analyser: Analysing) -> str:
    """All that decides a result, as one short word."""
    return _digest(msgspec.json.encode(sorted(analyser.versions.items())))


def _analysis_id(article: Article, versions: str) -> str:
    return _digest(msgspec.json.encode((article, versions)))


def _trace(reading: Reading, model: str) -> StoredTrace | None:
    # Late: the application is made, and bound to its port, before numpy and the encoder are loaded.
    from truthlens.events.event_trace import trace
    from truthlens.store.traces import stored

    try:
        return stored(trace(reading), model)
    except Exception as error:  # noqa: BLE001  # a report is worth keeping without what compares it
        _log.error("an analysis is kept without a trace: %s", place_of(error))
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _with_problem(result: dict[str, Any]) -> dict[str, object]:
    problem = {
        "code": "not_saved",
        "message": "This analysis could not be saved; is the disk full? It is lost when the service stops.",
    }
    report = result["report"]
    return {**result, "report": {**report, "problems": [*report["problems"], problem]}}
