"""The document names every route there is and no other, and what the service answers keeps to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from service_under_test import CHROME, Running, ask, client_headers, until
from truthlens import domain, wire
from truthlens.domain import Cell, Evidence, Link, Span, Statement
from truthlens.indicator import indicators

PLACE = Evidence(span=Span(4, 9), note="a note")
ELSEWHERE = Evidence(span=Span(0, 3), other="1")
SAID = Statement(text="Said.", evidence=(PLACE,))
BLOCKS: tuple[domain.Block, ...] = (
    domain.Text(statement=SAID),
    domain.Listing(statements=(SAID, SAID)),
    domain.Meter(key="k", title="T", grade=3, line="l", formula="f", inputs=(("a", "1"),), evidence=(PLACE,)),
    domain.Meter(key="k", title="T", grade=None, line="l", formula="f", inputs=(), unsure=True),
    domain.Table(columns=("c",), rows=((Cell(text="x", evidence=(PLACE,)),), (Cell(text="y"),))),
    domain.Links(links=(Link("a", "https://a.example/"),)),
    domain.Quote(text="quoted", evidence=(PLACE,)),
    domain.Note(text="note"),
    domain.Nothing(text="nothing found"),
)


@pytest.fixture(scope="module")
def document(run: Running, token: str) -> Any:
    reply = ask(run.port, "GET", "/v1/openapi.json", client_headers(token))
    assert reply.status == 200
    return reply.json


def check(document: Any, schema: Any, value: Any) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


def reply_schema(document: Any, path: str, method: str, status: int) -> Any:
    replies = document["paths"][path][method]["responses"]
    return replies.get(str(status), replies["default"])["content"]["application/json"]["schema"]


def test_document_and_routes_agree(run: Running, document: Any) -> None:
    served = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in run.service.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert served == described


def test_every_reference_leads_somewhere(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_operations_are_named_and_explained(document: Any) -> None:
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["summary"] for each in operations)
    open_ones = {each["operationId"] for each in operations if not each["security"]}
    assert open_ones == {"status", "pair"}


def test_requests_are_described_with_their_limits(document: Any) -> None:
    schema = document["paths"]["/v1/analyses"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    check(document, schema, {"url": "https://a.example/", "html": "<p>"})
    described = document["components"]["schemas"]["AnalysisRequest"]
    assert set(described["properties"]) == {"url", "html", "text", "title", "keep"}
    assert described["additionalProperties"] is False


def test_the_query_of_a_search_is_described(document: Any) -> None:
    described = document["paths"]["/v1/library"]["get"]["parameters"]
    names = {each["name"]: each["schema"] for each in described if each["in"] == "query"}
    assert set(names) == {"query", "outlet", "before", "after", "like", "limit", "offset"}
    assert names["limit"]["maximum"] == 200


def test_replies_keep_to_the_document(run: Running, token: str, document: Any) -> None:
    def answered(method: str, target: str, path: str, body: bytes | None = None, **more: str) -> Any:
        headers = client_headers(more.get("token", token))
        headers += [("Origin", more["origin"])] if "origin" in more else []
        reply = ask(run.port, method, target, headers, body)
        check(document, reply_schema(document, path, method.lower(), reply.status), reply.json)
        return reply.json

    answered("GET", "/v1/status", "/v1/status")
    answered("GET", "/v1/indicators", "/v1/indicators")
    code = run.service.pairings.mint().text
    claim = json.dumps({"code": code, "name": "Chromium"}).encode()
    answered("POST", "/v1/pair", "/v1/pair", claim, origin=CHROME)
    run.analyser.gate.clear()
    one = "/v1/analyses/{analysis_id}"
    started = answered("POST", "/v1/analyses", "/v1/analyses", b'{"text":"An article."}')
    target = f"/v1/analyses/{started['id']}"
    assert answered("GET", target, one)["state"] in {"queued", "working"}
    run.analyser.gate.set()
    until(lambda: answered("GET", target, one)["state"] == "done")
    assert answered("POST", "/v1/analyses", "/v1/analyses", b'{"text":"An article."}')["state"] == "done"
    changed = json.dumps({"text": "An article of 9 words.", "url": "https://a.example/"}).encode()
    for body in (changed, changed.replace(b"9", b"12")):
        last = f"/v1/analyses/{answered('POST', '/v1/analyses', '/v1/analyses', body)['id']}"
        until(lambda target=last: answered("GET", target, one)["state"] == "done")
    assert answered("GET", f"{last}/revisions", f"{one}/revisions")["earlier"][0]["blocks"]
    assert answered("GET", "/v1/library?query=article", "/v1/library")["total"] == 3
    near = answered("GET", f"/v1/library?like={last.rpartition('/')[2]}", "/v1/library")
    assert near["analyses"][0]["closeness"] is not None
    assert answered("GET", "/v1/library?limit=0", "/v1/library")["error"]
    assert len(answered("GET", "/v1/library/export", "/v1/library/export")["analyses"]) == 3
    preferences = "/v1/library/preferences"
    answered("GET", preferences, preferences)
    answered("PUT", preferences, preferences, b'{"keeping":true,"retention_days":90}')
    answered("PUT", preferences, preferences, b'{"keeping":true,"retention_days":null}')
    answered("DELETE", target, one)
    assert answered("DELETE", "/v1/library", "/v1/library") == {"forgotten": 2}
    run.analyser.error = RuntimeError()
    failing = answered("POST", "/v1/analyses", "/v1/analyses", b'{"text":"Another."}')
    until(lambda: answered("GET", f"/v1/analyses/{failing['id']}", one)["state"] == "failed")
    run.analyser.error = None
    answered("GET", "/v1/analyses/0", one)
    answered("POST", "/v1/analyses", "/v1/analyses", b"{}")
    answered("GET", "/v1/indicators", "/v1/indicators", token="wrong")


def test_a_result_with_everything_in_it_keeps_to_the_document(document: Any) -> None:
    text = "The vile plan 😀 was announced."
    finding = domain.Finding(
        indicator=next(iter(indicators())),
        span=Span(4, 8),
        score=0.86,
        sentence=0,
        message="m",
        voice="quote",
        speaker="s",
        verb="said",
        similar=(domain.Similar(phrase="p", closeness=0.7),),
        wording=domain.Wording(plainer="", lost="l"),
    )
    report = domain.Report(
        article=domain.Article(text=text, links=(Link("a", "https://a.example/"),), labels=("opinion",)),
        sentences=(domain.Sentence(0, Span(0, len(text)), text, 0),),
        voices=(),
        findings=(finding,),
        sections=(
            domain.SectionResult(key="k", title="T", placement="strip", blocks=BLOCKS),
            domain.SectionResult(key="l", title="T", placement="report", blocks=()),
        ),
        problems=(domain.Problem(code="c", message="m"),),
        versions={"model": "v"},
        timings_ms={"encode": 1.25},
    )
    state = {"id": "0", "state": "done", "stage": "report", "stage_title": "t", "progress": 1.0}
    done = json.loads(json.dumps({**state, **wire.result("0", report)}))
    schema = {"$ref": "#/components/schemas/Done"}
    check(document, schema, done)
    done["annotations"][0]["body"]["extra"] = 1
    assert not Draft202012Validator({**schema, "components": document["components"]}).is_valid(done)
