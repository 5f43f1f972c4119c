"""The findings of an analysis as a W3C AnnotationPage in JSON-LD (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from truthlens.render.terminal import whose

Json = Mapping[str, Any]


def annotation_page(result: Json) -> dict[str, Any]:
    """``result`` is a finished analysis as the service returns it. Beside the data each annotation has its
    words as bodies that other annotation programs show.
    """
    page_id = f"urn:truthlens:{result['id']}"
    versions = result["versions"]
    generator = {
        "id": f"urn:truthlens:version:{versions['truthlens']}",
        "type": "Software",
        "name": f"TruthLens {versions['truthlens']}",
    }
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": page_id,
        "type": "AnnotationPage",
        "generator": generator,
        "startIndex": 0,
        "items": [_annotation(each, page_id) for each in result["annotations"]],
    }


def _annotation(annotation: Json, page_id: str) -> dict[str, Any]:
    target, body = annotation["target"], annotation["body"]
    said = [_text("tagging", body["indicator_title"]), _text("tagging", whose(body))]
    if body["message"]:
        said.insert(0, _text("commenting", body["message"]))
    return {
        **{key: value for key, value in annotation.items() if key != "@context"},
        # Pasted text has no address, and a source must have one.
        "target": {**target, "source": target["source"] or f"{page_id}:text"},
        "body": [*said, body],
    }


def _text(purpose: str, value: str) -> dict[str, str]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
        "language": "en",
    }
