"""The whole response for every demo article, with the fake encoder: what changes shows as a diff.

To add one: put `<slug>.html` and `<slug>.toml` into seeds/articles, run `make golden`, and read the new file.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.extract.article import extract
from truthlens.seeds import articles_dir
from truthlens.server.admit import admit

GOLDEN = Path(__file__).with_name("golden")
SLUGS = sorted(path.stem for path in articles_dir().glob("*.html"))


def response(slug: str, analyser: Analyser) -> dict[str, Any]:
    """Without what differs from run to run, and with versions that a new release does not touch."""
    about = tomllib.loads((articles_dir() / f"{slug}.toml").read_text("utf-8"))
    page = (articles_dir() / f"{slug}.html").read_text("utf-8")
    article = admit(extract(page, about["url"]))
    result: dict[str, Any] = json.loads(json.dumps(wire.result(slug, analyser.analyse(article))))
    del result["timings_ms"], result["versions"]
    return result


@pytest.mark.parametrize("slug", SLUGS)
def test_response(slug: str, analyser: Analyser, request: pytest.FixtureRequest) -> None:
    found = response(slug, analyser)
    path = GOLDEN / f"{slug}.json"
    if request.config.getoption("--write-golden"):
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(path.read_text("utf-8")) == found, "run `make golden` and read the diff"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_place_is_in_the_article(slug: str, analyser: Analyser) -> None:
    result = response(slug, analyser)
    text: str = result["article"]["text"]
    utf16 = text.encode("utf-16-le")
    places = [
        {**a["target"]["selector"][0], **a["target"]["selector"][1], **a["body"]}
        for a in result["annotations"]
    ]
    places += list(_evidence(result["report"]["sections"]))
    assert places
    for place in places:
        start, end = place["start"], place["end"]
        assert text[start:end] == place["exact"] != ""
        assert text[:start].endswith(place["prefix"])
        assert text[end:].startswith(place["suffix"])
        units = utf16[2 * place["utf16_start"] : 2 * place["utf16_end"]]
        assert units.decode("utf-16-le") == place["exact"]


def _evidence(value: Any) -> Any:
    if isinstance(value, dict):
        yield from value.get("evidence", ())
        for inner in value.values():
            yield from _evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)
