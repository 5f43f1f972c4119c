"""The Flask application: blueprint, one shape for every error, CORS for exactly the paired extensions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from flask import Flask, Response, request
from flask_cors import cross_origin
from werkzeug.exceptions import HTTPException

from truthlens.errors import ServiceError
from truthlens.events.feeds import Feeds
from truthlens.server.comparisons import Comparisons
from truthlens.server.computation import Analysing, Computation, Obtain, Render
from truthlens.server.guard import ORIGINS_KEY, Guard
from truthlens.server.jobs import Jobs
from truthlens.server.language_model import LanguageModelChoice
from truthlens.server.openapi import document
from truthlens.server.option_routes import blueprint as option_routes
from truthlens.server.pairing import Pairings
from truthlens.server.parts import Parts
from truthlens.server.rate import Turns
from truthlens.server.reply import envelope, internal, place_of, refusal_headers
from truthlens.server.routes import blueprint
from truthlens.settings import Settings
from truthlens.store.library import Library

_log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    analyser: Analysing | None = None,
    *,
    library: Library,
    obtain: Obtain,
    render: Render | None = None,
    catalogue: Callable[[], dict[str, Any]] | None = None,
    titles: Callable[[], Mapping[str, str]] | None = None,
) -> Flask:
    """The application behind its guard; ``settings.port`` must be the port that clients name in `Host`.

    Without an analyser, jobs wait until ``parts(app).jobs.model_ready(analyser)``. ``obtain`` gives the
    article of a request (see `intake.Intake`). The last three come from `wire.py` when not given. The caller
    closes ``library`` after ``parts(app).jobs.stop(…)``.
    """
    app = Flask("truthlens", static_folder=None)
    app.url_map.merge_slashes = False  # one spelling per route
    app.config.update(
        PROPAGATE_EXCEPTIONS=False,
        CORS_ORIGINS=[],  # the paired origins, set anew for every request
        CORS_ALWAYS_SEND=False,
        CORS_SUPPORTS_CREDENTIALS=False,
        CORS_METHODS=["GET", "POST", "PUT", "DELETE"],
        CORS_ALLOW_HEADERS=["Authorization", "Content-Type", "X-TruthLens-Client"],
    )
    jobs = Jobs(
        library=library,
        computation=Computation(library=library, obtain=obtain, render=render or _wire_result),
        titles=titles or _wire_stages,
        queue_size=settings.queue_size,
    )
    if analyser is not None:
        jobs.model_ready(analyser)
    pairings = Pairings(library)
    app.extensions["truthlens"] = Parts(
        jobs=jobs,
        library=library,
        comparisons=Comparisons(library=library, jobs=jobs, feeds=Feeds(library)),
        pairings=pairings,
        language_model=LanguageModelChoice(settings=settings, library=library, jobs=jobs),
        catalogue=catalogue or _wire_catalogue,
        openapi=cache(partial(document, app)),
    )
    app.register_blueprint(blueprint)
    app.register_blueprint(option_routes)
    app.before_request(partial(_refresh_origins, app))
    for kind, handler in ((ServiceError, _refused), (HTTPException, _http), (Exception, _crashed)):
        app.register_error_handler(kind, cross_origin()(handler))
    adapter = app.url_map.bind("127.0.0.1")
    app.wsgi_app = Guard(  # type: ignore[method-assign]  # the way Flask names for middleware
        app.wsgi_app,
        port=settings.port,
        body_limit=settings.body_limit,
        allowed_methods=adapter.allowed_methods,
        pairings=pairings.listing,
        turns=Turns(settings.rates),
    )
    return app


def parts(app: Flask) -> Parts:
    """What the application works with."""
    made = app.extensions["truthlens"]
    assert isinstance(made, Parts)
    return made


def _refresh_origins(app: Flask) -> None:
    # flask-cors reads the configuration at each request; the list it is given at the start would be frozen.
    app.config["CORS_ORIGINS"] = list(request.environ[ORIGINS_KEY])


def _refused(error: ServiceError) -> Response:
    return Response(envelope(error), error.status, headers=refusal_headers(error))


def _http(error: HTTPException) -> Response:
    # The guard knows the routes, so this is for what only Flask notices.
    refusal = ServiceError(
        "bad_request", "The request cannot be read.", "Send it anew.", status=error.code or 400
    )
    return _refused(refusal)


def _crashed(error: Exception) -> Response:
    _log.error("a request crashed: %s", place_of(error))
    return _refused(internal())


# wire.py pulls in the whole analysis; the application is made, and bound to its port, before that is loaded.


def _wire_result(analysis_id: str, report: Any) -> dict[str, Any]:
    from truthlens.wire import result

    return result(analysis_id, report)


def _wire_catalogue() -> dict[str, Any]:
    from truthlens.wire import catalogue

    return catalogue()


def _wire_stages() -> Mapping[str, str]:
    from truthlens.wire import STAGES

    return STAGES
