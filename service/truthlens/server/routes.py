"""The routes, each a few lines: the guard has checked who asks, the parts do the work."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request
from flask_cors import cross_origin

from truthlens import API_VERSION, __version__
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
from truthlens.server.revisions_reply import earlier_versions
from truthlens.store.library_search import search

blueprint = Blueprint("v1", __name__, url_prefix="/v1")


@blueprint.get("/status")
@cross_origin()
def status() -> Response:
    """Whether the service runs, and how far the model is."""
    state, detail = _parts().jobs.model_state()
    return _reply(
        {
            "name": "truthlens",
            "version": __version__,
            "api": API_VERSION,
            "model": {"state": state, "detail": detail},
            "pairing_open": _parts().pairings.is_open(),
        }
    )


@blueprint.post("/pair")
@cross_origin()
def pair() -> Response:
    """Trade the code that `truthlens pair` shows for a token bound to this extension."""
    asked = pair_request(request.get_data())
    origin = request.headers["Origin"]
    token = _parts().pairings.claim(asked.code, origin=origin, name=asked.name)
    return _reply({"token": token, "origin": origin})


@blueprint.post("/analyses")
@cross_origin()
def start_analysis() -> Response:
    """Start an analysis, join the same one that is under way, or get the stored result."""
    view = _parts().jobs.submit(analysis_request(request.get_data()), client=_client())
    return _reply(view, 200 if view["state"] == "done" else 202)


@blueprint.get("/analyses/<analysis_id>")
@cross_origin()
def read_analysis(analysis_id: str) -> Response:
    """How far an analysis is, and its result once it is done."""
    return _reply(_parts().jobs.view(analysis_id))


@blueprint.delete("/analyses/<analysis_id>")
@cross_origin()
def end_analysis(analysis_id: str) -> Response:
    """Stop waiting for an analysis, or forget a stored one."""
    return _reply(_parts().jobs.withdraw(analysis_id, client=_client()))


@blueprint.get("/analyses/<analysis_id>/revisions")
@cross_origin()
def revisions(analysis_id: str) -> Response:
    """What changed in an article since earlier versions of it were saved."""
    return _reply(earlier_versions(_parts().library, _parts().jobs.view(analysis_id)))


@blueprint.get("/analyses/<analysis_id>/export")
@cross_origin()
def export_analysis(analysis_id: str) -> Response:
    """A finished analysis as HTML, Markdown, JSON, a CSV of its findings or W3C annotations."""
    form = export_form(request.args.to_dict(flat=False))
    return _reply(exported(_parts().jobs.view(analysis_id), form))


@blueprint.get("/analyses/<analysis_id>/siblings")
@cross_origin()
def siblings(analysis_id: str) -> Response:
    """Saved articles on the same event, which a comparison can take."""
    return _reply(_parts().comparisons.siblings(analysis_id))


@blueprint.get("/analyses/<analysis_id>/coverage")
@cross_origin()
def coverage(analysis_id: str) -> Response:
    """What the reader's feeds name on the same event; without a feed nothing is contacted."""
    return _reply(_parts().comparisons.coverage(analysis_id))


@blueprint.post("/comparisons")
@cross_origin()
def compare() -> Response:
    """Set saved articles on one event side by side."""
    return _reply(_parts().comparisons.compared(comparison_request(request.get_data()).ids))


@blueprint.get("/library")
@cross_origin()
def list_library() -> Response:
    """Saved analyses: all of them, those that match, or those nearest to one."""
    asked = library_query(request.args.to_dict(flat=False))
    return _reply(page(search(_parts().library, asked)))


@blueprint.get("/library/export")
@cross_origin()
def export_library() -> Response:
    """Everything that is kept, as one JSON file."""
    return Response(export(_parts().library), mimetype="application/json")


@blueprint.delete("/library")
@cross_origin()
def empty_library() -> Response:
    """Forget every analysis."""
    return _reply({"forgotten": _parts().jobs.forget_all()})


@blueprint.get("/library/preferences")
@cross_origin()
def read_preferences() -> Response:
    """Whether analyses are kept, and for how long."""
    return _reply(preferences(_parts().library.preferences()))


@blueprint.put("/library/preferences")
@cross_origin()
def set_preferences() -> Response:
    """Choose whether analyses are kept, and for how long; what is older is deleted at once."""
    _parts().library.prefer(preferences_request(request.get_data()))
    return _reply(preferences(_parts().library.preferences()))


@blueprint.get("/indicators")
@cross_origin()
def indicators() -> Response:
    """What can be found in an article, and how to show it."""
    return _reply(_parts().catalogue())


@blueprint.get("/openapi.json")
@cross_origin()
def openapi() -> Response:
    """This interface, described as OpenAPI 3.1."""
    return _reply(_parts().openapi())


def _reply(fields: dict[str, Any], status_code: int = 200) -> Response:
    return Response(msgspec.json.encode(fields), status_code, mimetype="application/json")


def _parts() -> Parts:
    parts = current_app.extensions["truthlens"]
    assert isinstance(parts, Parts)
    return parts


def _client() -> str:
    return str(request.environ[CLIENT_KEY])
