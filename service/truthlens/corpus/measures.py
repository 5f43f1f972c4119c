"""What is compared: each measure is one count over another, both of which every article has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from truthlens.digest.impact import FRAMES

Unit = Literal["%", "per 1,000 words", "per article"]
SCALE: Mapping[Unit, float] = {"%": 100.0, "per 1,000 words": 1000.0, "per article": 1.0}


@dataclass(frozen=True, slots=True)
class Measure:
    """``count`` over ``cases``, both columns of `counts.COLUMNS`. ``says`` is the measure in a sentence.

    With ``each`` an article is one case or none, and the count is of articles.
    """

    key: str
    title: str
    count: str
    cases: str
    says: str
    unit: Unit = "%"
    each: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that stand together on the page. ``together`` are read side by side: one plot holds them."""

    key: str
    title: str
    measures: tuple[Measure, ...]
    together: Literal["", "shares", "many"] = ""


GROUPS = (
    Group(
        "loading",
        "Loading",
        (
            Measure(
                "loaded_own",
                "Loaded sentences of the outlet’s own",
                "own_loaded",
                "own_sentences",
                "of the sentences in the outlet’s own voice, headline apart, those that read as loaded",
            ),
            Measure(
                "loaded_said",
                "Loaded sentences of those it lets speak",
                "said_loaded",
                "said_sentences",
                "of the sentences that are mostly quoted or reported, those that read as loaded",
            ),
            Measure(
                "marks_own",
                "Marked phrases of the outlet’s own",
                "own_marks",
                "own_words",
                "phrases marked by any indicator in the outlet’s own voice, for every thousand of its words",
                "per 1,000 words",
            ),
        ),
    ),
    Group(
        "frames",
        "Frames",
        tuple(
            Measure(
                f"frame_{key}",
                title,
                f"frame_{key}",
                "sentences",
                f"of all sentences, those that show the matter from this side: {title.lower()}",
            )
            for key, title in FRAMES.items()
        ),
        "many",
    ),
    Group(
        "sources",
        "Sources",
        (
            Measure(
                "sources_each",
                "Sources",
                "sources",
                "articles",
                "people, documents and unnamed sources whose words an article gives, on average",
                "per article",
            ),
            Measure(
                "sources_unnamed",
                "Unnamed sources",
                "sources_unnamed",
                "sources",
                "of all sources, those that have no name",
            ),
            Measure(
                "sources_official",
                "Officials among the sources",
                "sources_official",
                "sources",
                "of all sources, those whom the words beside the name call an official or an office",
            ),
            Measure(
                "without_named",
                "Articles without a named source",
                "without_named",
                "articles",
                "of all articles, those in which nobody who is named, and no named document, has a word",
                each=True,
            ),
        ),
    ),
    Group(
        "voices",
        "Voices",
        (
            Measure(
                "words_own", "The outlet’s own", "own_words", "text_words", "of all words below the headline"
            ),
            Measure("words_quoted", "Quoted", "quote_words", "text_words", "of all words below the headline"),
            Measure(
                "words_reported",
                "Reported",
                "attributed_words",
                "text_words",
                "of all words below the headline",
            ),
        ),
        "shares",
    ),
    Group(
        "headlines",
        "Headline audits",
        (
            Measure(
                "headline_missing",
                "Headlines with something that the text lacks",
                "headline_missing",
                "headline_checked",
                "of the headlines that hold a figure, a name, quoted words or a strong word of claim, those "
                "of which at least one is not in the text",
                each=True,
            ),
            Measure(
                "checks_missing",
                "Elements that the text lacks",
                "checks_missing",
                "checks",
                "of these figures, names, quoted words and strong words, those that are not in the text",
            ),
            Measure(
                "headline_loaded",
                "Loaded headlines",
                "headline_loaded",
                "headlines",
                "of all headlines, those that read as loaded",
                each=True,
            ),
            Measure(
                "clickbait",
                "Clickbait",
                "clickbait",
                "headlines",
                "mean chance that annotators would call the headline clickbait",
            ),
        ),
    ),
)

MEASURES: Mapping[str, Measure] = {measure.key: measure for group in GROUPS for measure in group.measures}
