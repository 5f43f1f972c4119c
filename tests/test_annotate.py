"""One annotation, whole; strengths; evidence."""

from __future__ import annotations

import pytest
from truthlens.annotate import Annotator, Places, strength
from truthlens.domain import Article, Evidence, Finding, Similar, Span, Wording
from truthlens.indicator import indicators
from truthlens.segment import segment

ARTICLE = Article(
    text="Big 😀 day\nThe council saw a stunning vote on Monday, and nobody left the hall before ten.",
    title="Big 😀 day",
    url="https://example.test/a",
)
SPAN = Span(ARTICLE.text.index("stunning"), ARTICLE.text.index("stunning") + 8)


def test_one_annotation_whole() -> None:
    finding = Finding(
        indicator="loaded_language",
        span=SPAN,
        score=0.861,
        sentence=1,
        message="Judges instead of reporting.",
        voice="own",
        similar=(Similar(phrase="staggering", closeness=0.71),),
        wording=Wording(plainer="", lost="the emphasis"),
    )
    annotator = Annotator(ARTICLE, segment(ARTICLE))
    assert annotator.annotation(finding, identifier="urn:truthlens:x:0", indicators=indicators()) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:truthlens:x:0",
        "type": "Annotation",
        "motivation": "assessing",
        "target": {
            "source": "https://example.test/a",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "stunning",
                    "prefix": "Big 😀 day\nThe council saw a ",
                    "suffix": " vote on Monday, and nobody left",
                },
                {"type": "TextPositionSelector", "start": 28, "end": 36},
            ],
        },
        "body": {
            "type": "Dataset",
            "indicator": "loaded_language",
            "indicator_title": "Loaded language",
            "colour": "loaded",
            "voice": "own",
            "speaker": "",
            "verb": "",
            "score": 0.861,
            "strength": "strong",
            "message": "Judges instead of reporting.",
            "paragraph": 1,
            "sentence": 1,
            "utf16_start": 29,
            "utf16_end": 37,
            "wording": {"plainer": "", "lost": "the emphasis"},
            "similar": [{"phrase": "staggering", "closeness": 0.71}],
        },
    }


def test_evidence_opens_its_place() -> None:
    evidence = Annotator(ARTICLE, segment(ARTICLE)).evidence(Evidence(span=SPAN, note="why"))
    assert evidence["exact"] == "stunning"
    assert (evidence["start"], evidence["utf16_start"], evidence["paragraph"]) == (28, 29, 1)
    assert (evidence["note"], evidence["other"]) == ("why", "")


def test_a_place_in_another_article_is_rendered_by_that_articles_annotator() -> None:
    other = Article(text="A stunning vote.")
    places = Places(Annotator(ARTICLE, segment(ARTICLE)), {"saved": Annotator(other, segment(other))})
    elsewhere = places.evidence(Evidence(span=Span(2, 10), other="saved"))
    assert (elsewhere["exact"], elsewhere["suffix"], elsewhere["other"]) == ("stunning", " vote.", "saved")
    assert places.evidence(Evidence(span=SPAN))["other"] == ""
    with pytest.raises(KeyError):
        places.evidence(Evidence(span=SPAN, other="unknown"))


def test_strength_has_a_word_for_every_score() -> None:
    assert [strength(score) for score in (0.0, 0.54, 0.55, 0.75, 1.0)] == [
        "slight",
        "slight",
        "clear",
        "strong",
        "strong",
    ]
