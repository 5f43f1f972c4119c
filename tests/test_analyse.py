"""The one pass, with an encoder that counts."""

from __future__ import annotations

import pytest
from fake_encoder import BagOfWordsEncoder
from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.indicator import Indicator

TEXT = (
    "Orly gets stunning win\nCritics said the stunning plan was late. "
    "“A massive, shameful mess,” Jane Roe said. It rained."
)


def test_the_encoder_sees_each_sentence_once(analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    analyser.analyse(Article(text="One here. Two there.\nThree."))
    assert encoder.calls == [["One here.", "Two there.", "Three."]]


def test_findings_carry_the_voice_of_their_place(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text=TEXT, title="Orly gets stunning win"))
    found = [(f.indicator, f.span.of(TEXT), f.voice, f.speaker) for f in report.findings]
    assert found == [
        ("loaded_language", "stunning", "headline", ""),
        ("vague_sourcing", "Critics", "own", ""),
        ("loaded_language", "stunning", "attributed", "Critics"),
        ("loaded_language", "massive, shameful", "quote", "Jane Roe"),
    ]


def test_a_plainer_wording_is_never_offered_inside_a_quotation(analyser: Analyser) -> None:
    report = analyser.analyse(Article(text=TEXT, title="Orly gets stunning win"))
    assert {f.voice: f.wording is None for f in report.findings if f.indicator == "loaded_language"} == {
        "headline": False,
        "attributed": False,
        "quote": True,
    }


def test_same_article_same_report(analyser: Analyser) -> None:
    one, other = (analyser.analyse(Article(text=TEXT, title="Orly gets stunning win")) for _ in range(2))
    assert (one.findings, one.sections, one.voices) == (other.findings, other.sections, other.voices)


def test_progress_names_the_stages_in_order_and_never_falls(analyser: Analyser) -> None:
    told: list[tuple[str, float]] = []
    analyser.analyse(Article(text=TEXT), progress=lambda stage, share: told.append((stage, share)))
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["voice", "encode", "report"]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0


def test_progress_may_stop_the_analysis(analyser: Analyser, encoder: BagOfWordsEncoder) -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, _share: float) -> None:
        if stage == "encode":
            raise Stopped

    with pytest.raises(Stopped):
        analyser.analyse(Article(text=TEXT), progress=stop)
    assert encoder.calls == []
    assert analyser.analyse(Article(text=TEXT)).findings


def test_a_broken_indicator_costs_only_itself(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    from truthlens import analyse, indicator

    def broken(_reading: object) -> None:
        raise RuntimeError(TEXT)

    known = dict(indicator.indicators())
    doubt = known["doubt"]
    known["doubt"] = Indicator(
        key="doubt", title="Doubt", describes="", colour="doubt", find=broken, flags=(), passes=()
    )
    assert doubt.key == "doubt"
    monkeypatch.setattr(analyse, "indicators", lambda: known)
    report = analyser.analyse(Article(text=TEXT))
    assert report.findings
    assert [problem.code for problem in report.problems] == ["indicator_failed"]
    assert "stunning" not in report.problems[0].message


def test_an_article_of_one_word_and_one_of_nothing(analyser: Analyser) -> None:
    assert analyser.analyse(Article(text="Stunning")).findings
    assert analyser.analyse(Article(text="")).findings == ()
