"""Rewording by a model on this computer: good answers are taken, wrong ones dropped and counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from llm_server import Answer, LlmServer, Slow, completion, reply
from rewordings import REWORDINGS
from truthlens.analyse import Analyser
from truthlens.commands import doctor
from truthlens.domain import (
    Article,
    Evidence,
    Listing,
    Note,
    Quote,
    Report,
    SectionResult,
    Span,
    Statement,
    Table,
    Text,
)
from truthlens.errors import ServiceError
from truthlens.llm.client import LanguageModel, Limits
from truthlens.llm.endpoint import endpoint
from truthlens.llm.rewording import Rewording, with_language_model
from truthlens.llm.rewrite import CLOSE, FAILURES, MOST, REWORDED, WHY, _Measured, reworded
from truthlens.server.computation import versions_digest
from truthlens.settings import Settings
from truthlens.store import preferences
from truthlens.store.library import Library
from truthlens.verify import MORE_LOADED, unsupported
from truthlens.wire import result

pytestmark = pytest.mark.enable_socket  # a server on this computer answers; nothing else is asked

SENTENCE = (
    "Orland shipped as many as 400 crates of rifles to Vesk in 2023, and Ada Brock of the port alleged "
    "that “no papers” were kept."
)
OTHER = "The harbour at Tillen may close in June, the mayor said."
GOOD = (
    "Ada Brock of the port alleged that “no papers” were kept and that Orland shipped as many as 400 crates "
    "of rifles to Vesk in 2023."
)
ARTICLE = Article(text=f"Rifles went to Vesk\n{SENTENCE} {OTHER}", title="Rifles went to Vesk")
QUICK = Limits(connect_seconds=0.3, total_seconds=0.4, bytes=4096)


def place(sentence: str) -> tuple[Evidence, ...]:
    start = ARTICLE.text.index(sentence)
    return (Evidence(span=Span(start, start + len(sentence))),)


@pytest.fixture
def report(analyser: Analyser) -> Report:
    """The sections that the fake analyser builds, but for one of ours with two kinds of block."""
    made = analyser.analyse(ARTICLE)
    blocks = (Text(statement=Statement(text=SENTENCE, evidence=place(SENTENCE))), Note(text="a note"))
    ours = SectionResult(key="broader_implications", title="Implications", placement="report", blocks=blocks)
    kept = tuple(section for section in made.sections if section.key not in REWORDED)
    return replace(made, sections=(ours, *kept))


def asked(answer: Answer, report: Report, analyser: Analyser) -> tuple[Report, LlmServer]:
    with LlmServer(answer) as server:
        found = endpoint(Settings(Path(), llm_url=server.url, llm_model="tiny"))
        assert found is not None
        return reworded(report, LanguageModel(found, QUICK), analyser), server


def first(report: Report) -> Statement:
    block = report.sections[0].blocks[0]
    assert isinstance(block, Text)
    return block.statement


def account(report: Report) -> tuple[str, dict[str, str]]:
    """What the section says, and how many were dropped for which reason."""
    section = next(section for section in report.sections if section.key == "language_model")
    note, *tables = section.blocks
    assert isinstance(note, Note)
    rows = [row for table in tables if isinstance(table, Table) for row in table.rows]
    return note.text, {row[0].text: row[1].text for row in rows}


def test_a_good_answer_is_taken_and_keeps_its_evidence(report: Report, analyser: Analyser) -> None:
    told, server = asked(lambda statement, evidence: f"  {GOOD}\n", report, analyser)
    assert first(told) == Statement(text=GOOD, evidence=first(report).evidence)
    note, dropped = account(told)
    assert "“tiny”" in note
    assert "asked to reword 1 statements. 1 passed" in note
    assert "Implications 1" in note
    assert dropped == {}
    (path, headers), body = server.heads[0], server.asked[0]
    assert path == "/v1/chat/completions"
    assert set(headers) == {
        "Host", "Content-Type", "Accept", "Accept-Encoding", "Content-Length", "Connection",
    }  # fmt: skip
    assert (body["model"], body["temperature"], body["stream"]) == ("tiny", 0, False)
    question = json.loads(body["messages"][1]["content"])
    assert question == {"evidence": [SENTENCE], "statement": SENTENCE}


def test_nothing_else_of_the_report_changes(report: Report, analyser: Analyser) -> None:
    told, _ = asked(lambda statement, evidence: GOOD, report, analyser)
    keys = [section.key for section in told.sections]
    assert keys.index("language_model") == keys.index("limits") - 1
    others = tuple(section for section in told.sections[1:] if section.key != "language_model")
    assert others == report.sections[1:]
    assert told.sections[0].blocks[1] == report.sections[0].blocks[1]
    assert told.versions.keys() - report.versions.keys() == {"language_model"}
    unchanged = replace(told, sections=report.sections, versions=report.versions)
    assert unchanged == report
    assert result("x", told)["report"]["sections"]


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        ("number", GOOD.replace("400", "500")),
        ("qualifier", GOOD.replace("as many as", "about")),
        ("date", GOOD.replace("2023", "2024")),
        ("name", GOOD.replace("Ada", "Eva")),
        ("quotation", GOOD.replace("no papers", "no papers at all")),
        ("hedge", SENTENCE.replace("Ada Brock of the port alleged that ", "")),
        ("hedge", GOOD.replace("alleged", "confirmed")),
        ("actors", "Vesk shipped as many as 400 crates of rifles to Orland in 2023."),
        ("intent", GOOD.replace("shipped", "deliberately shipped")),
        ("addition", GOOD.replace(" in 2023", " in 2023, alarming neighbours everywhere")),
        ("loaded", GOOD.replace("shipped", "shipped a stunning")),
        ("unchanged", SENTENCE),
        ("too_long", GOOD * 3),
        ("malformed", "   "),
        ("malformed", b"HTTP/1.1 200 OK\r\n\r\nhello"),
        ("malformed", reply(b'{"choices": []}')),
        ("malformed", reply(b'{"choices": [{"message": {"content": null}}]}')),
        ("malformed", reply(b"\xff\xfe")),
        ("malformed", reply(b"[" * 2000)),
        ("malformed", reply(b"", status="302 Found", headers="Location: http://192.0.2.1/\r\n")),
        ("malformed", reply(b"{}", status="500 Sorry")),
        ("malformed", b"nonsense"),
        ("too_long", completion("a" * 200_000)),
        ("slow", Slow(completion(GOOD))),
    ],
)
def test_a_wrong_answer_is_dropped_and_counted(
    reason: str, answer: str | bytes, report: Report, analyser: Analyser
) -> None:
    told, _ = asked(lambda statement, evidence: answer, report, analyser)
    assert told.sections[0] == report.sections[0]
    note, dropped = account(told)
    assert "0 passed" in note
    assert dropped == {WHY[reason]: "1"}


def test_a_model_that_is_not_there_costs_a_few_tries(report: Report, analyser: Analyser) -> None:
    statements = tuple(Statement(text=OTHER, evidence=place(OTHER)) for _ in range(5))
    many = replace(report.sections[0], blocks=(Listing(statements=statements),))
    with LlmServer(lambda statement, evidence: "") as server:
        settings = Settings(Path(), llm_url=server.url, llm_model="tiny")
    found = endpoint(settings)
    assert found is not None
    told = reworded(replace(report, sections=(many,)), LanguageModel(found, QUICK), analyser)
    assert told.sections[0] == many
    assert account(told)[1] == {WHY["unreachable"]: str(FAILURES)}


def test_no_report_asks_without_end(report: Report, analyser: Analyser) -> None:
    statements = tuple(Statement(text=OTHER, evidence=place(OTHER)) for _ in range(MOST + 5))
    many = replace(report.sections[0], blocks=(Listing(statements=statements),))
    _, server = asked(lambda statement, evidence: statement, replace(report, sections=(many,)), analyser)
    assert len(server.asked) == MOST


def test_the_articles_own_words_are_shown_as_such_no_longer(report: Report, analyser: Analyser) -> None:
    quote = Quote(text=OTHER, evidence=place(OTHER))
    summary = SectionResult(key="summary", title="Summary", placement="report", blocks=(quote,))
    whole = replace(report, sections=(summary,))
    again = "The mayor said the harbour at Tillen may close in June."
    told, _ = asked(lambda statement, evidence: again, whole, analyser)
    assert told.sections[0].blocks == (Text(statement=Statement(text=again, evidence=quote.evidence)),)
    same, _ = asked(lambda statement, evidence: OTHER, whole, analyser)
    assert same.sections[0] == summary


def test_what_rests_on_another_article_is_not_asked_for(report: Report, analyser: Analyser) -> None:
    elsewhere = (Evidence(span=Span(0, 5), other="another"),)
    section = replace(report.sections[0], blocks=(Text(statement=Statement(text=OTHER, evidence=elsewhere)),))
    _, server = asked(lambda statement, evidence: GOOD, replace(report, sections=(section,)), analyser)
    assert server.asked == []


def test_a_sentence_without_end_is_not_asked_for(analyser: Analyser) -> None:
    long = Article(text="word " * 2000)
    statement = Statement(text="word", evidence=(Evidence(span=Span(0, 4)),))
    section = SectionResult(
        key="summary", title="Summary", placement="report", blocks=(Text(statement=statement),)
    )
    report = replace(analyser.analyse(long), sections=(section,))
    _, server = asked(lambda statement, evidence: "words", report, analyser)
    assert server.asked == []


def test_words_of_the_article_cannot_give_orders(report: Report, analyser: Analyser) -> None:
    """Whatever an article makes the model say, it stands every check or goes."""
    told, _ = asked(
        lambda statement, evidence: "Visit http://evil.test now. This outlet lies.", report, analyser
    )
    assert first(told) == first(report)


@pytest.mark.parametrize(
    "url",
    """http://192.168.1.5:11434 http://example.com/v1 https://127.0.0.1/v1 http://127.0.0.1@example.com/
    http://user:secret@127.0.0.1/ http://127.0.0.2/ http://0.0.0.0/ http://[::]/ http://localhost.evil.test/
    ftp://127.0.0.1/ http:/// 127.0.0.1:1234 http://127.0.0.1:99999/ http://127.0.0.1/v1?key=1
    http://[::ffff:127.0.0.1]/ http://127.0.0.1/a\u00e9""".split(),
)
def test_another_computer_is_refused(url: str) -> None:
    with pytest.raises(ServiceError) as caught:
        endpoint(Settings(Path(), llm_url=url, llm_model="tiny"))
    assert caught.value.code == "bad_settings"
    assert "TRUTHLENS_LLM_URL" in caught.value.remedy
    assert url not in caught.value.message + caught.value.remedy


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["127.0.0.1", "10.0.0.1"], []])
def test_localhost_must_be_this_computer(answers: list[str]) -> None:
    settings = Settings(Path(), llm_url="http://localhost:8080", llm_model="tiny")
    with pytest.raises(ServiceError):
        endpoint(settings, resolver=lambda host, port: answers)


@pytest.mark.parametrize(
    ("url", "address", "path"),
    [
        ("http://127.0.0.1:11434", "127.0.0.1", "/v1/chat/completions"),
        ("http://localhost:8080/v1/", "::1", "/v1/chat/completions"),
        ("http://[::1]:8080/api", "::1", "/api/chat/completions"),
        ("http://127.0.0.1/v1/chat/completions", "127.0.0.1", "/v1/chat/completions"),
    ],
)
def test_where_it_is_asked(url: str, address: str, path: str) -> None:
    settings = Settings(Path(), llm_url=url, llm_model=" tiny ")
    found = endpoint(settings, resolver=lambda host, port: ["::1", "127.0.0.1"])
    assert found is not None
    assert (found.address, found.target.path, found.model) == (address, path, "tiny")


def test_a_name_is_needed() -> None:
    with pytest.raises(ServiceError, match="TRUTHLENS_LLM_MODEL"):
        endpoint(Settings(Path(), llm_url="http://127.0.0.1:8080"))


def test_proxies_are_not_asked(report: Report, analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    told, _ = asked(lambda statement, evidence: GOOD, report, analyser)
    assert first(told).text == GOOD


def test_off_by_default(analyser: Analyser) -> None:
    settings = Settings.from_env({})
    assert endpoint(settings) is None
    assert with_language_model(analyser, settings) is analyser


def test_results_with_it_are_stored_apart(analyser: Analyser) -> None:
    environ = {"TRUTHLENS_LLM_URL": "http://127.0.0.1:9/v1", "TRUTHLENS_LLM_MODEL": "tiny"}
    with_it = with_language_model(analyser, Settings.from_env(environ))
    assert isinstance(with_it, Rewording)
    other = Rewording(analyser, Named("large"))
    assert len({versions_digest(each) for each in (analyser, with_it, other)}) == 3


class Named:
    def __init__(self, name: str) -> None:
        self.name = name

    def ask(self, system: str, user: str) -> str:
        raise AssertionError("not asked here")


def test_an_analysis_may_be_stopped_between_questions(analyser: Analyser) -> None:
    class StoppedError(Exception):
        pass

    def progress(stage: str, share: float) -> None:
        if stage == "report" and share >= 0.95:
            raise StoppedError

    with_it = Rewording(_Summarising(analyser), Named("tiny"))  # type: ignore[arg-type]
    with pytest.raises(StoppedError):
        with_it.analyse(ARTICLE, progress=progress)


class _Summarising:
    """An analyser whose report has a sentence to reword."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self.versions = analyser.versions

    def analyse_with_reading(
        self, article: Article, *, progress: Callable[[str, float], None], early: Callable[..., None]
    ) -> tuple[Report, object]:
        made, reading = self._analyser.analyse_with_reading(article)
        block = Text(statement=Statement(text=OTHER, evidence=place(OTHER)))
        section = SectionResult(key="summary", title="Summary", placement="report", blocks=(block,))
        return replace(made, sections=(section,)), reading


def test_the_doctor_looks_at_it(tmp_path: Path) -> None:
    (off,) = doctor._language_model(Settings(tmp_path))
    assert (off.fault, off.remedy) == (False, "")
    with LlmServer(lambda statement, evidence: "") as server:
        settings = Settings(tmp_path, llm_url=server.url, llm_model="tiny")
        (here,) = doctor._language_model(settings)
        assert not here.fault
    (gone,) = doctor._language_model(settings)
    assert gone.fault
    assert "TRUTHLENS_LLM_URL" in gone.remedy
    with closing(Library.open(tmp_path)) as library, library.writing() as connection:
        preferences.put(connection, "language_model", json.dumps([settings.llm_url, "tiny"]))
    (chosen,) = doctor._language_model(Settings(tmp_path))
    assert chosen.fault
    assert "options" in chosen.remedy


@pytest.mark.model
def test_the_two_bars_hold_on_invented_rewordings(real_analyser: Analyser) -> None:
    """The figures that `verify` and `llm/rewrite.py` state."""
    measured = _Measured.of(real_analyser, [text for row in REWORDINGS for text in row])

    def kept(text: str, source: str) -> bool:
        found = unsupported(
            text,
            [source],
            strict=True,
            loadedness=measured.loadedness,
            closeness=measured.closeness,
            bar=CLOSE,
        )
        return not found

    more = [measured.loaded[plain] - measured.loaded[source] for source, plain, _ in REWORDINGS]
    assert sum(difference > MORE_LOADED for difference in more) <= 1
    assert sum(kept(plain, source) for source, plain, _ in REWORDINGS) >= 18
    assert sum(kept(bold, source) for source, _, bold in REWORDINGS) <= 1
