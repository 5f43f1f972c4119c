"""The one feeling that a sentence's wording most invites: news_spans, GoEmotions' comments, our own seeds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from truthlens.seeds import load_families
from truthlens.training import data
from truthlens.training.task import Example, Parts, Task, one_of

OUTPUTS = ("none", "fear", "anger", "sadness", "disgust", "joy", "hope", "sympathy")
FROM_GOEMOTIONS = {
    "neutral": "none",
    "fear": "fear",
    "anger": "anger",
    "sadness": "sadness",
    "grief": "sadness",
    "disgust": "disgust",
    "joy": "joy",
    "optimism": "hope",
    "caring": "sympathy",
}
"""Where a commenter's feeling is the one that the words invite as well; the other 18 are left out."""

MOST = 400
"""Comments per emotion: they are no news, and more of them would drown the 1,600 emotive news sentences."""


def _news(folder: Path, part: str) -> list[Example]:
    return [one_of(row.text, OUTPUTS, row.emotion) for row in data.news(folder, part)]


def _comments(folder: Path) -> list[Example]:
    taken: Counter[str] = Counter()
    found = []
    for text, labels in data.goemotions(folder, "train"):
        emotion = FROM_GOEMOTIONS.get(labels[0]) if len(labels) == 1 else None
        if emotion is not None and taken[emotion] < MOST:
            taken[emotion] += 1
            found.append(one_of(text, OUTPUTS, emotion))
    return found


def _seeds() -> list[Example]:
    families = load_families()
    found = []
    for emotion in OUTPUTS[1:]:
        family = families[f"emotion_{emotion}"]
        found += [one_of(phrase.text, OUTPUTS, emotion) for phrase in family.phrases]
        found += [one_of(each.text, OUTPUTS, "none") for each in family.passes]
    return found


def read(folder: Path) -> Parts:
    return Parts(
        train=[*_news(folder, "train"), *_comments(folder), *_seeds()],
        calibrate=_news(folder, "calibrate"),
        test=_news(folder, "dev"),
        test_name="news_spans dev, sentences",
    )


TASK = Task(
    key="emotion",
    level="sentence",
    outputs=OUTPUTS,
    read=read,
    data=("news_spans", "goemotions", "seeds"),
    exclusive=True,
)
