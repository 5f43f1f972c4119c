"""Files of an analysis: tables that no spreadsheet runs, annotations that other programs read, one route."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from service_under_test import ask, client_headers, running
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.render.annotation_page import annotation_page
from truthlens.render.exports import MIMETYPES, Form, content, exported
from truthlens.render.findings_csv import BYTE_ORDER_MARK, COLUMNS, findings_csv
from truthlens.server.job import done_view

TITLE = '=HYPERLINK("https://evil.example/","click")'
ARTICLE = Article(
    text=f"{TITLE}\nThe mayor unveiled a stunning plan 😀 on Monday.\nCritics called it a stunning “loss”.",
    title=TITLE,
    url="https://quay.example/plan",
    outlet="@Quay, \n the",
)


@pytest.fixture
def result(analyser: Analyser) -> dict[str, Any]:
    return done_view("a1", wire.STAGES, dict(wire.result("a1", analyser.analyse(ARTICLE))))


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def test_the_table_has_a_row_for_each_finding(result: dict[str, Any]) -> None:
    found = rows(findings_csv(result))
    assert len(found) == len(result["annotations"]) > 0
    assert set(found[0]) == set(COLUMNS)
    first, annotation = found[0], result["annotations"][0]
    assert first["phrase"] == annotation["target"]["selector"][0]["exact"] == "stunning"
    assert first["indicator"] == annotation["body"]["indicator_title"]
    assert (first["whose words"], first["paragraph"]) == ("the outlet’s own", "¶1")
    assert first["address"] == ARTICLE.url


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r\n+", "＝"])
def test_no_cell_is_a_formula(result: dict[str, Any], start: str) -> None:
    for annotation in result["annotations"]:
        annotation["target"]["selector"][0]["exact"] = f"{start}cmd|' /C calc'!A0"
        annotation["body"]["speaker"] = start
    for row in rows(findings_csv(result)):
        assert row["phrase"].startswith("'")
        assert row["speaker"].startswith("'")
        assert row["title"] == f"'{TITLE}"
        assert row["outlet"] == "'@Quay, the"


def test_annotations_are_a_page_of_the_model(result: dict[str, Any]) -> None:
    page = annotation_page(result)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == len(result["annotations"])
    assert len({item["id"] for item in page["items"]} | {page["id"]}) == len(page["items"]) + 1
    for item, annotation in zip(page["items"], result["annotations"], strict=True):
        assert item["type"] == "Annotation"
        assert item["target"] == annotation["target"]
        assert item["body"][-1] == annotation["body"]
        texts = [body["value"] for body in item["body"] if body["type"] == "TextualBody"]
        assert annotation["body"]["indicator_title"] in texts
        assert all(texts)


def test_pasted_text_is_annotated_under_a_name_of_its_own(result: dict[str, Any]) -> None:
    for annotation in result["annotations"]:
        annotation["target"]["source"] = ""
    assert {item["target"]["source"] for item in annotation_page(result)["items"]} == {
        "urn:truthlens:a1:text"
    }


@pytest.mark.parametrize("form", get_args(Form))
def test_every_form_has_a_content_and_a_type(result: dict[str, Any], form: Form) -> None:
    assert exported(result, form) == {
        "form": form,
        "mimetype": MIMETYPES[form],
        "content": content(result, form),
    }
    assert "stunning" in content(result, form)


def test_json_is_the_analysis_itself(result: dict[str, Any]) -> None:
    assert json.loads(content(result, "json")) == result


def test_what_is_not_finished_is_no_file() -> None:
    with pytest.raises(ServiceError) as caught:
        exported({"id": "a1", "state": "working"}, "json")
    assert (caught.value.code, caught.value.status) == ("not_done", 409)


@pytest.mark.enable_socket
def test_over_the_wire(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        token = run.cli_token()
        done = run.client().analyse({"text": "It rained all day.", "keep": False})

        def asked(query: str, name: str = done["id"]) -> Any:
            return ask(run.port, "GET", f"/v1/analyses/{name}/export{query}", client_headers(run.cli_token()))

        reply = asked("?format=json")
        assert json.loads(reply.json["content"]) == done
        assert reply.header("Content-Type") == "application/json; charset=utf-8"
        assert asked("").json["form"] == "json"
        assert asked("?format=csv").json["mimetype"] == "text/csv"
        assert asked("?format=w3c").json["content"].startswith("{")
        for query in ("?format=pdf", "?format=csv&format=md", "?form=md"):
            assert (asked(query).status, asked(query).code) == (422, "bad_request")
        assert asked("?format=md", "none").code == "unknown_analysis"
        document = ask(run.port, "GET", "/v1/openapi.json", client_headers(token)).json
        described = document["paths"]["/v1/analyses/{analysis_id}/export"]["get"]["parameters"]
        assert {"name": "format", "in": "query"}.items() <= described[1].items()
