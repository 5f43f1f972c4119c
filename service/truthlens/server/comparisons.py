"""Comparing saved articles and looking for others on their event, as the service is asked to."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from truthlens.errors import ServiceError
from truthlens.events.feeds import Feeds
from truthlens.server.jobs import Jobs
from truthlens.server.library_reply import page
from truthlens.store.library import Library
from truthlens.store.library_search import Found, Hit

Json = dict[str, Any]

# What brings numpy and the sections is imported late: the application is made before they are loaded.


class Comparisons:
    """One comparison at a time: each reads its articles anew, a second or so of the encoder for each."""

    def __init__(self, *, library: Library, jobs: Jobs, feeds: Feeds) -> None:
        self._library = library
        self._jobs = jobs
        self.feeds = feeds
        self._busy = Lock()

    def compared(self, ids: Sequence[str]) -> Json:
        """Sections on two or more saved articles, the first being the one at hand.

        Raises ServiceError ``unknown_analysis``, ``same_article``, ``queue_full``, ``model_loading`` or
        ``model_failed``.
        """
        from truthlens.events.compare_articles import compare_articles
        from truthlens.store.saved_article import saved_article
        from truthlens.store.siblings import unknown_analysis

        analyser = self._jobs.analyser()
        saved = [self._library.saved(asked) for asked in ids]
        results = [self._library.result(asked) for asked in ids]
        if any(each is None for each in (*saved, *results)):
            raise unknown_analysis()
        if len({line.id for line in saved if line is not None}) < len(ids):
            raise ServiceError(
                "same_article", "An article is named twice.", "Name each article once.", status=422
            )
        articles = [saved_article(result) for result in results if result is not None]
        if not self._busy.acquire(blocking=False):
            raise ServiceError(
                "queue_full", "Another comparison is under way.", "Try again in a few seconds.", status=503
            )
        try:
            return compare_articles(analyser, articles, ids)
        finally:
            self._busy.release()

    def siblings(self, asked_id: str) -> Json:
        """Saved articles on the same event, as a page of the library; ``closeness`` is the event score."""
        from truthlens.store.siblings import siblings

        found = siblings(self._library, asked_id)
        hits = tuple(Hit(saved=each.saved, excerpt="", closeness=each.score) for each in found)
        return page(Found(hits=hits, total=len(hits), notice=""))

    def coverage(self, asked_id: str) -> Json:
        """What the reader's feeds name on the same event now. Without a feed nothing is contacted.

        Raises ServiceError as `siblings.traced`, ``model_loading`` or ``model_failed``.
        """
        from truthlens.events.coverage import Covering, covering
        from truthlens.store.siblings import traced

        saved, trace = traced(self._library, asked_id)
        feeds = self.feeds.listing()
        items, unread = self.feeds.items()
        found: tuple[Covering, ...] = ()
        if items:
            result: Any = self._library.result(saved.id) or {"article": {"text": ""}}
            found = covering(
                items,
                text=result["article"]["text"],
                trace=trace,
                reader=self._jobs.analyser(),
                without=(saved.url, saved.canonical_url),
            )
        return {
            "feeds": len(feeds),
            "items": [
                {
                    "title": each.item.title,
                    "url": each.item.url,
                    "outlet": each.item.outlet,
                    "published": each.item.published,
                    "closeness": each.score,
                }
                for each in found
            ],
            "unread": [
                {"url": each.url, "code": each.error.code, "message": each.error.message} for each in unread
            ],
        }
