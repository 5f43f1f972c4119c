"""From a request to an article that is admitted for analysis, by way of the parts that fetch and extract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from truthlens.domain import Article
from truthlens.server.requests import AnalysisRequest

Cancelled = Callable[[], bool]


class FetchedPage(Protocol):
    @property
    def url(self) -> str: ...

    @property
    def html(self) -> str: ...


class Extract(Protocol):
    def __call__(self, html: str, url: str, cancelled: Cancelled) -> Article: ...


class Intake:
    """Each of the three parts raises ServiceError when it refuses."""

    def __init__(
        self,
        *,
        extract: Extract,
        fetch: Callable[[str], FetchedPage],
        admit: Callable[[Article], Article],
    ) -> None:
        self._extract = extract
        self._fetch = fetch
        self._admit = admit

    def __call__(self, request: AnalysisRequest, cancelled: Cancelled) -> Article:
        return self._admit(self._article(request, cancelled))

    def _article(self, request: AnalysisRequest, cancelled: Cancelled) -> Article:
        if request.text is not None:
            return article_of_text(request.text, title=request.title, url=request.url)
        if request.html is not None:
            return self._extract(request.html, request.url, cancelled)
        page = self._fetch(request.url)
        return self._extract(page.html, page.url, cancelled)


def article_of_text(text: str, *, title: str = "", url: str = "") -> Article:
    """An article from plain text: the title first, then each line that holds something as a paragraph."""
    headline = title.strip()
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    return Article(
        text="\n".join([headline, *paragraphs] if headline else paragraphs), title=headline, url=url
    )
