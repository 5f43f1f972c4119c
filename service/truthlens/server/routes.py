"""The routes, each a few lines: the guard has checked who asks, the parts do the work."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request
from flask_cors import cross_origin

from truthlens import API_VERSION, __version__
from truthlens.net.departures import DEPARTURES
from truthlens.render.exports import exported
from truthlens.server.guard import CLIENT_KEY
from truthlens.server.library_reply import export, page, preferences
from truthlens.server.parts import Parts
from truthlens.server.requests import (
    analysis_request,
    comparison_request,
    export_form,
    library_query,
    pair_request,
    preferences_request,
)
from truthlens.server.revisions_reply import earlier_versions, moment
from truthlens.store.library_error import LibraryError
from truthlens.store.library_search import search

blueprint = Blueprint("v1", __name__, url_prefix="/v1")


@blueprint.get("/status")
@cross_origin()
def status() -> Response:
    """Whether the service runs, and how far the model is."""
    state, detail = parts().jobs.model_state()
    try:
        pairing_open, notice = parts().pairings.is_open(), parts().library.notice
    except LibraryError as trouble:  # whoever asks here wants to know just that
        pairing_open, notice = False, f"{trouble.message} {trouble.remedy}"
    return reply(
        {
            "name": "truthlens",
            "version": __version__,
            "api": API_VERSION,
            "model": {"state": state, "detail": detail},
            "pairing_open": pairing_open,
            "notice": notice,
        }
    )


@blueprint.post("/pair")
@cross_origin()
def pair() -> Response:
    """Trade the code that `truthlens pair` shows for a token bound to this extension.

    202 while the terminal asks its reader: then the same code is sent again, once a second.
    """
    asked = pair_request(request.get_data())
    origin = request.headers["Origin"]
    token = parts().pairings.claim(asked.code, origin=origin, name=asked.name)
    if token is None:
        return reply({"state": "asking", "origin": origin}, 202)
    return reply({"token": token, "origin": origin})


@blueprint.post("/analyses")
@cross_origin()
def start_analysis() -> Response:
    """Start an analysis, join the same one that is under way, or get the stored result."""
    view = parts().jobs.submit(analysis_request(request.get_data()), client=_client())
    return reply(view, 200 if view["state"] == "done" else 202)


@blueprint.get("/analyses/<analysis_id>")
@cross_origin()
def read_analysis(analysis_id: str) -> Response:
    """How far an analysis is, and its result once it is done."""
    return reply(parts().jobs.view(analysis_id))


@blueprint.delete("/analyses/<analysis_id>")
@cross_origin()
def end_analysis(analysis_id: str) -> Response:
    """Stop waiting for an analysis, or forget a stored one."""
    return reply(parts().jobs.withdraw(analysis_id, client=_client()))


@blueprint.get("/analyses/<analysis_id>/revisions")
@cross_origin()
def revisions(analysis_id: str) -> Response:
    """What changed in an article since earlier versions of it were saved."""
    return reply(earlier_versions(parts().library, parts().jobs.view(analysis_id)))


@blueprint.get("/analyses/<analysis_id>/export")
@cross_origin()
def export_analysis(analysis_id: str) -> Response:
    """A finished analysis as HTML, Markdown, JSON, a CSV of its findings or W3C annotations."""
    form = export_form(request.args.to_dict(flat=False))
    return reply(exported(parts().jobs.view(analysis_id), form))


@blueprint.get("/analyses/<analysis_id>/siblings")
@cross_origin()
def siblings(analysis_id: str) -> Response:
    """Saved articles on the same event, which a comparison can take."""
    return reply(parts().comparisons.siblings(analysis_id))


@blueprint.get("/analyses/<analysis_id>/coverage")
@cross_origin()
def coverage(analysis_id: str) -> Response:
    """What the reader's feeds name on the same event; without a feed nothing is contacted."""
    return reply(parts().comparisons.coverage(analysis_id))


@blueprint.post("/comparisons")
@cross_origin()
def compare() -> Response:
    """Set saved articles on one event side by side."""
    return reply(parts().comparisons.compared(comparison_request(request.get_data()).ids))


@blueprint.get("/library")
@cross_origin()
def list_library() -> Response:
    """Saved analyses: all of them, those that match, or those nearest to one."""
    asked = library_query(request.args.to_dict(flat=False))
    return reply(page(search(parts().library, asked), parts().library.notice))


@blueprint.get("/library/export")
@cross_origin()
def export_library() -> Response:
    """Everything that is kept, as one JSON file."""
    return Response(export(parts().library), mimetype="application/json")


@blueprint.delete("/library")
@cross_origin()
def empty_library() -> Response:
    """Forget every analysis."""
    return reply({"forgotten": parts().jobs.forget_all()})


@blueprint.get("/library/preferences")
@cross_origin()
def read_preferences() -> Response:
    """Whether analyses are kept, and for how long."""
    return reply(preferences(parts().library.preferences()))


@blueprint.put("/library/preferences")
@cross_origin()
def set_preferences() -> Response:
    """Choose whether analyses are kept, and for how long; what is older is deleted at once."""
    parts().library.prefer(preferences_request(request.get_data()))
    return reply(preferences(parts().library.preferences()))


@blueprint.get("/indicators")
@cross_origin()
def indicators() -> Response:
    """What can be found in an article, and how to show it."""
    return reply(parts().catalogue())


@blueprint.get("/departures")
@cross_origin()
def list_departures() -> Response:
    """Which sites the service has asked since it began: none, unless it was to fetch a page or a feed."""
    hosts = [{"host": host, "requests": count} for host, count in DEPARTURES.listing()]
    return reply({"since": moment(DEPARTURES.since), "hosts": hosts})


@blueprint.get("/openapi.json")
@cross_origin()
def openapi() -> Response:
    """This interface, described as OpenAPI 3.1."""
    return reply(parts().openapi())


def reply(fields: dict[str, Any], status_code: int = 200) -> Response:
    """JSON, as every route answers."""
    return Response(msgspec.json.encode(fields), status_code, mimetype="application/json")


def parts() -> Parts:
    """What the application that is asked works with."""
    parts = current_app.extensions["truthlens"]
    assert isinstance(parts, Parts)
    return parts


def _client() -> str:
    return str(request.environ[CLIENT_KEY])
