"""The routes, each a few lines: the guard has checked who asks, the parts do the work."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request
from flask_cors import cross_origin

from truthlens import API_VERSION, __version__
from truthlens.guard import CLIENT_KEY
from truthlens.parts import Parts
from truthlens.requests import analysis_request, pair_request

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
