"""The OpenAPI 3.1 document, generated: paths from the route table, schemas from the types of the wire."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from flask import Flask
from werkzeug.routing import Rule

from truthlens import __version__
from truthlens.server import comparison_types, library_types, option_types, reply_types, result_types
from truthlens.server.requests import (
    AnalysisRequest,
    ComparisonRequest,
    ExportQuery,
    LibraryQuery,
    PairRequest,
    PreferencesRequest,
)

Json = dict[str, Any]

_REPLIES: dict[str, dict[int, tuple[type[msgspec.Struct], ...]]] = {
    "v1.status": {200: (reply_types.Status,)},
    "v1.pair": {200: (reply_types.Paired,), 202: (reply_types.Asking,)},
    "v1.start_analysis": {200: (result_types.Done,), 202: (reply_types.Progress,)},
    "v1.read_analysis": {200: (reply_types.Progress, reply_types.Failed, result_types.Done)},
    "v1.end_analysis": {200: (reply_types.Ended,)},
    "v1.revisions": {200: (library_types.Revisions,)},
    "v1.export_analysis": {200: (reply_types.ExportedFile,)},
    "v1.siblings": {200: (library_types.LibraryPage,)},
    "v1.coverage": {200: (comparison_types.Coverage,)},
    "v1.compare": {200: (comparison_types.Comparison,)},
    "v1.list_library": {200: (library_types.LibraryPage,)},
    "v1.export_library": {200: (library_types.Export,)},
    "v1.empty_library": {200: (library_types.Emptied,)},
    "v1.read_preferences": {200: (library_types.PreferencesReply,)},
    "v1.set_preferences": {200: (library_types.PreferencesReply,)},
    "v1.indicators": {200: (reply_types.Catalogue,)},
    "options.list_feeds": {200: (option_types.ReadersFeeds,)},
    "options.add_feed": {200: (option_types.ReadersFeeds,)},
    "options.remove_feed": {200: (option_types.ReadersFeeds,)},
    "options.read_language_model": {200: (option_types.LanguageModelReply,)},
    "options.choose_language_model": {200: (option_types.LanguageModelReply,)},
    "options.versions": {200: (option_types.Versions,)},
    "options.list_figures": {200: (option_types.FiguresPage,)},
    "v1.list_departures": {200: (reply_types.Departures,)},
    "v1.openapi": {200: ()},
}
_BODIES: dict[str, type[msgspec.Struct]] = {
    "v1.start_analysis": AnalysisRequest,
    "v1.pair": PairRequest,
    "v1.set_preferences": PreferencesRequest,
    "v1.compare": ComparisonRequest,
    "options.add_feed": option_types.FeedRequest,
    "options.remove_feed": option_types.FeedRequest,
    "options.choose_language_model": option_types.LanguageModelRequest,
}
_QUERIES: dict[str, type[msgspec.Struct]] = {
    "v1.list_library": LibraryQuery,
    "v1.export_analysis": ExportQuery,
}
_OPEN = {"v1.status", "v1.pair"}
_WITHOUT_CLIENT_HEADER = {"v1.status"}
_TEMPLATE = "#/components/schemas/{name}"
_MEANINGS = {200: "Done.", 202: "Accepted, but not done yet; ask again until the state is another."}


def document(app: Flask) -> Json:
    """Describe every route of the application. Raises KeyError for a route that has no entry above."""
    types: set[type[msgspec.Struct]] = {reply_types.Refusal, *_BODIES.values()}
    for replies in _REPLIES.values():
        types.update(*replies.values())
    ordered = sorted(types, key=lambda each: each.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_TEMPLATE)
    paths: Json = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(app, rule)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "TruthLens",
            "version": __version__,
            "description": "Analyses articles on the reader's own computer. Listens on the loopback address.",
        },
        "servers": [{"url": "http://127.0.0.1:8765"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(app: Flask, rule: Rule) -> Json:
    endpoint = rule.endpoint
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in sorted(rule.arguments)
    ]
    if endpoint in _QUERIES:
        parameters += _query(_QUERIES[endpoint])
    if endpoint not in _WITHOUT_CLIENT_HEADER:
        parameters.append(
            {"name": "X-TruthLens-Client", "in": "header", "required": True, "schema": {"const": "1"}}
        )
    operation: Json = {
        "operationId": endpoint.rpartition(".")[2],
        "summary": (app.view_functions[endpoint].__doc__ or "").strip(),
        "parameters": parameters,
        "security": [] if endpoint in _OPEN else [{"token": []}],
        "responses": {
            **{
                str(status): {"description": _MEANINGS[status], **_content(kinds)}
                for status, kinds in _REPLIES[endpoint].items()
            },
            "default": {"description": "Refused or failed.", **_content((reply_types.Refusal,))},
        },
    }
    if endpoint in _BODIES:
        operation["requestBody"] = {"required": True, **_content((_BODIES[endpoint],))}
    return operation


def _query(kind: type[msgspec.Struct]) -> list[Json]:
    fields = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in fields.items()
    ]


def _content(kinds: tuple[type[msgspec.Struct], ...]) -> Json:
    references: list[Json] = [{"$ref": _TEMPLATE.format(name=kind.__name__)} for kind in kinds]
    schema = references[0] if len(references) == 1 else {"oneOf": references} if references else {}
    return {"content": {"application/json": {"schema": schema}}}
