"""A finished analysis as a file of one of several forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from truthlens.server.job import require_done

Form = Literal["html", "md", "json", "csv", "w3c"]
MIMETYPES: dict[Form, str] = {
    "html": "text/html",
    "md": "text/markdown",
    "json": "application/json",
    "csv": "text/csv",
    "w3c": "application/ld+json",
}


def exported(view: Mapping[str, Any], form: Form) -> dict[str, str]:
    """The file inside a JSON reply, so that no page of ours is ever served from the service's own address.

    ``view`` is an analysis as clients see it, kept or not. Raises ServiceError ``not_done``.
    """
    require_done(view)
    return {"form": form, "mimetype": MIMETYPES[form], "content": content(view, form)}


def content(result: Mapping[str, Any], form: Form) -> str:
    """The text of the file."""
    # Late: these bring jinja2, rich and the sections, and the application is made before they are loaded.
    match form:
        case "html":
            from truthlens.render.export import html

            return html(result)
        case "md":
            from truthlens.render.markdown import markdown

            return markdown(result)
        case "csv":
            from truthlens.render.findings_csv import findings_csv

            return findings_csv(result)
        case "w3c":
            from truthlens.render.annotation_page import annotation_page

            return _json(annotation_page(result))
        case "json":
            return _json(result)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
