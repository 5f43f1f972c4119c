"""The routes behind the options and the plots of the library: feeds, the language model, figures."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_cors import cross_origin

from truthlens import __version__
from truthlens.errors import ServiceError
from truthlens.events.feeds import MOST, Feeds
from truthlens.server.option_types import FeedRequest, LanguageModelRequest
from truthlens.server.requests import request_of
from truthlens.server.revisions_reply import moment
from truthlens.server.routes import parts, reply
from truthlens.store.themes_and_sources import themes_and_sources

blueprint = Blueprint("options", __name__, url_prefix="/v1")


@blueprint.get("/feeds")
@cross_origin()
def list_feeds() -> Response:
    """The feeds that the reader added; none of them is asked."""
    return reply(_listed(_feeds()))


@blueprint.post("/feeds")
@cross_origin()
def add_feed() -> Response:
    """Fetch a feed once, to see that it is one, and keep its address."""
    _feeds().add(request_of(request.get_data(), FeedRequest).url)
    return reply(_listed(_feeds()))


@blueprint.post("/feeds/remove")
@cross_origin()
def remove_feed() -> Response:
    """Forget a feed. A body names it, since no path or query of ours carries addresses."""
    if not _feeds().remove(request_of(request.get_data(), FeedRequest).url):
        raise ServiceError(
            "unknown_feed", "There is no such feed.", "`truthlens feeds list` shows them.", status=404
        )
    return reply(_listed(_feeds()))


@blueprint.get("/language-model")
@cross_origin()
def read_language_model() -> Response:
    """Which language model on this computer rewords reports, and whether it is there."""
    return reply(parts().language_model.chosen())


@blueprint.put("/language-model")
@cross_origin()
def choose_language_model() -> Response:
    """Choose a language model on this computer, or none."""
    asked = request_of(request.get_data(), LanguageModelRequest)
    return reply(parts().language_model.choose(asked.url, asked.model))


@blueprint.get("/versions")
@cross_origin()
def versions() -> Response:
    """What computes a report: digests and names by part."""
    return reply({"truthlens": __version__, "parts": dict(parts().jobs.analyser().versions)})


@blueprint.get("/library/figures")
@cross_origin()
def list_figures() -> Response:
    """Themes and sources of the newest saved analyses, for plots of one's own reading."""
    return reply(themes_and_sources(parts().library))


def _feeds() -> Feeds:
    return parts().comparisons.feeds


def _listed(feeds: Feeds) -> dict[str, Any]:
    return {
        "feeds": [
            {"url": feed.url, "title": feed.title, "added_at": moment(feed.added_at)}
            for feed in feeds.listing()
        ],
        "most": MOST,
    }
