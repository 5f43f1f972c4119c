"""A run of `truthlens batch` as it lies on disk, of articles that a test makes up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from truthlens.batch import manifest, output
from truthlens.batch.inputs.source import Source
from truthlens.batch.journal import Journal
from truthlens.batch.manifest import Manifest
from truthlens.batch.record import Finished
from truthlens.batch.tables import TABLES
from truthlens.digest.impact import FRAMES

Row = dict[str, Any]
Rows = dict[str, list[Row]]
EMPTY: Mapping[str, Any] = {
    "text": "", "int32": 0, "int64": 0, "float32": 0.0, "float64": 0.0, "bool": False, "texts": [],
    "checks": [],
}  # fmt: skip
VERSIONS = {"truthlens": "0", "model": "fake", "heads": "made-up", "seeds": "none"}


def row(table: str, **told: Any) -> Row:
    """Every column of ``table``; empty where nothing is told."""
    return {column.name: EMPTY[column.type] for column in TABLES[table]} | told


def made_up(draw: Random, number: int, outlet: str, published: str) -> Rows:
    """One article with some of everything."""
    key = f"0000-{number:08d}"
    voices = ["headline", *draw.choices(["own", "quote", "attributed"], [6, 2, 2], k=draw.randint(3, 9))]
    sentences = [
        row(
            "sentences", article=key, sentence=at, voice=voice, is_loaded=draw.random() < 0.2,
            clickbait=draw.random() if voice == "headline" else None,
            frames=[frame for frame in FRAMES if draw.random() < 0.1],
        )
        for at, voice in enumerate(voices)
    ]  # fmt: skip
    findings = [
        row("findings", article=key, voice=draw.choice(["own", "quote", "headline"]))
        for _ in range(draw.randint(0, 3))
    ]
    sources = [
        row("sources", article=key, kind=draw.choice(["named", "document", "unnamed"]), role=role)
        for role in draw.choices(["official", "expert", ""], k=draw.randint(0, 3))
    ]
    checks = [
        {"element": "figure", "words": "3", "result": draw.choice(["found", "rounded", "missing"])}
        for _ in range(draw.randint(0, 2))
    ]
    article = row(
        "articles", id=key, number=number, url=f"http://www.paper.test/{number}", outlet=outlet,
        published=published, title=f"Ward {number} votes", headline_checks=checks,
        own_words=draw.randint(50, 200), quote_words=draw.randint(0, 80),
        attributed_words=draw.randint(0, 80),
    )  # fmt: skip
    numbers = [row("numbers", article=key, voice="own", kind="plain")]
    return {
        "articles": [article], "sentences": sentences, "findings": findings, "sources": sources,
        "numbers": numbers,
    }  # fmt: skip


def written(out: Path, parts: Sequence[Sequence[Rows]], *, unfinished: int = 0) -> Path:
    """Tables, journal and manifest of a run with these parts, the last ``unfinished`` of them not done."""
    out.mkdir()
    source = Source(number=0, kind="jsonl", path="news.jsonl", size=1, digest="d")
    output.prepare(out)
    journal = Journal(out)
    for index, articles in enumerate(parts):
        done = Finished(
            source=0, index=index, last=index == len(parts) - 1, weight=1, records=len(articles),
            articles=len(articles), errors=0, words=0, written=0,
        )  # fmt: skip
        output.write(out, done.name, output.merged(articles), VERSIONS)
        if index < len(parts) - unfinished:
            journal.add(done)
    journal.close()
    run = Manifest(inputs=(source,), options={}, versions=VERSIONS)
    state = "interrupted" if unfinished else "finished"
    manifest.save(run.counted(journal.finished.values(), state), out)
    return out
