"""The reply about an article's earlier versions: found in the library, compared, rendered like a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from truthlens.server.job import require_done
from truthlens.store.library import Library

VERSIONS_CEILING = 10


def earlier_versions(library: Library, view: Mapping[str, Any]) -> dict[str, Any]:
    """What changed since each version of the article that was saved before it, the latest first.

    ``view`` is an analysis as clients see it, kept or not. Versions of the same text are left out.
    Raises ServiceError ``not_done``.
    """
    require_done(view)
    # Late: these bring numpy and the sections, and the application is made before they are loaded.
    from truthlens.annotate import Annotator, Places
    from truthlens.events.revisions import Version, since
    from truthlens.segment import segment
    from truthlens.store.saved_article import saved_article
    from truthlens.wire import blocks

    article = saved_article(view)
    now = Version(id="", article=article, sentences=segment(article))
    own = Annotator(article, now.sentences)
    itself = library.saved(view["id"])
    replies: list[dict[str, Any]] = []
    seen = {article.text}
    versions = library.same_article(article.canonical_url, article.url)
    if itself in versions:
        versions = versions[versions.index(itself) + 1 :]
    for saved in versions:
        if (result := library.result(saved.id)) is None or len(replies) == VERSIONS_CEILING:
            continue
        older = saved_article(result)
        if older.text in seen:
            continue
        seen.add(older.text)
        before = Version(id=saved.id, article=older, sentences=segment(older))
        places = Places(own, {saved.id: Annotator(older, before.sentences)})
        replies.append(
            {
                "id": saved.id,
                "saved_at": moment(saved.created_at),
                "title": saved.title,
                "blocks": blocks(since(before, now), places),
            }
        )
    return {"id": view["id"], "earlier": replies}


def moment(seconds: float) -> str:
    """ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
