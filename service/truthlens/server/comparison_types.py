"""The shapes of replies about other reports of an event (see `reply_types.py`)."""

from __future__ import annotations

from truthlens.server.result_types import Count, Fields, SectionReply, Share


class ComparedArticle(Fields):
    id: str
    title: str
    url: str
    outlet: str
    published: str


class Comparison(Fields):
    """Evidence in an article other than the first has that article's id as its ``other``."""

    articles: list[ComparedArticle]
    sections: list[SectionReply]


class CoveringItem(Fields):
    """An article that one of the reader's feeds names; ``closeness`` is the event score."""

    title: str
    url: str
    outlet: str
    published: str
    closeness: Share


class UnreadFeed(Fields):
    url: str
    code: str
    message: str


class Coverage(Fields):
    """``feeds`` says how many feeds the reader has added."""

    feeds: Count
    items: list[CoveringItem]
    unread: list[UnreadFeed]
