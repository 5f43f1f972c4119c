"""One analysed article as rows of the tables. Pure: no files, no pyarrow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from truthlens.batch.obtain import Obtained
from truthlens.digest.impact import emotions, frames
from truthlens.digest.values import appeals
from truthlens.domain import Article, Report, Span
from truthlens.heads import WORD
from truthlens.ledgers.headline_audit import headline_audit
from truthlens.ledgers.ledger import sources
from truthlens.ledgers.number_ledger import Stated, in_headline, stated
from truthlens.reading import Reading

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]


def article_rows(obtained: Obtained, source: str, report: Report, reading: Reading, *, text: bool) -> Rows:
    """Rows by table. ``source`` is the input's name; without ``text`` none holds words of the article but its
    headline and the names in it.
    """
    key = obtained.record.id
    sentences, findings = _sentences(key, reading, text=text), _findings(key, report, text=text)
    article = _article(obtained, source, report, reading)
    return {
        "articles": [article | {"sentences": len(sentences), "findings": len(findings)}],
        "sentences": sentences,
        "findings": findings,
        "sources": _sources(key, reading),
        "numbers": [_number(key, item, text=text) for item in (*in_headline(reading), *stated(reading))],
    }


def error_row(obtained: Obtained, source: str) -> Row:
    """Of a record that was refused. Raises ValueError for any other."""
    record = obtained.record
    if record.refusal is None:
        raise ValueError(f"{record.id}: expected a refusal")
    return _record(obtained, source) | {
        "url": record.url,
        "stage": record.refusal.stage,
        "code": record.refusal.code,
        "message": record.refusal.message,
    }


def _record(obtained: Obtained, source: str) -> Row:
    record = obtained.record
    return {"id": record.id, "input": source, "number": record.number, "name": record.name}


def _article(obtained: Obtained, source: str, report: Report, reading: Reading) -> Row:
    article: Article = report.article
    words: Counter[str] = Counter()
    for piece in reading.voices:
        words[piece.voice] += _words(piece.span, article)
    return _record(obtained, source) | {
        "url": article.url or obtained.record.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published,
        "modified": article.modified,
        "captured": obtained.record.captured,
        "language": article.language,
        "extracted_by": article.extracted_by,
        "labels": list(article.labels),
        "words": words.total(),
        **{f"{voice}_words": words[voice] for voice in ("own", "quote", "attributed", "headline")},
        "headline_checks": [
            {"element": check.element, "words": check.span.of(article.text), "result": check.result}
            for check in headline_audit(reading)
        ],
        "problems": [problem.code for problem in report.problems],
    }


def _sentences(key: str, reading: Reading, *, text: bool) -> list[Row]:
    scores = reading.scores
    loaded, worthy = scores.of_sentences("loaded"), scores.of_sentences("check_worthy")
    clickbait, modes = scores.of_sentences("clickbait"), scores.by_sentence["mode"].argmax(axis=1)
    felt = {each.sentence.index: each.output for each in emotions(reading)}
    shown: defaultdict[int, list[str]] = defaultdict(list)
    valued: defaultdict[int, list[str]] = defaultdict(list)
    for each in frames(reading):
        shown[each.sentence.index].append(each.output)
    for appeal in appeals(reading):
        if appeal.value not in valued[appeal.sentence]:
            valued[appeal.sentence].append(appeal.value)
    headline = reading.article.headline
    found = []
    for sentence in reading.sentences:
        at = sentence.index
        voiced = reading.voice_of(sentence.span)
        found.append(
            {
                "article": key,
                "sentence": at,
                "start": sentence.span.start,
                "end": sentence.span.end,
                "paragraph": sentence.paragraph,
                "text": sentence.text if text else None,
                "words": _words(sentence.span, reading.article),
                "voice": voiced.voice,
                "speaker": voiced.speaker,
                "loaded": float(loaded[at]),
                "is_loaded": bool(loaded[at] >= reading.thresholds["loaded"]["loaded"]),
                "check_worthy": float(worthy[at]),
                "clickbait": float(clickbait[at]) if headline and headline.contains(sentence.span) else None,
                "mode": scores.outputs["mode"][int(modes[at])],
                "emotion": felt.get(at, ""),
                "frames": shown[at],
                "values": valued[at],
            }
        )
    return found


def _findings(key: str, report: Report, *, text: bool) -> list[Row]:
    return [
        {
            "article": key,
            "sentence": finding.sentence,
            "indicator": finding.indicator,
            "start": finding.span.start,
            "end": finding.span.end,
            "phrase": finding.span.of(report.article.text) if text else None,
            "score": finding.score,
            "voice": finding.voice,
            "speaker": finding.speaker,
            "verb": finding.verb,
            "message": finding.message,
            "plainer": finding.wording.plainer if finding.wording else None,
        }
        for finding in report.findings
    ]


def _sources(key: str, reading: Reading) -> list[Row]:
    return [
        {
            "article": key,
            "name": source.name,
            "kind": source.kind,
            "role": source.role,
            "sentences": source.sentences,
            "quotations": len(source.quoted),
            "reports": len(source.reported),
            "verb": source.verb,
            "verbs": [verb for verb, _ in source.verbs],
        }
        for source in sources(reading)
    ]


def _number(key: str, item: Stated, *, text: bool) -> Row:
    amount, numeral = item.amount, item.amount.numeral
    return {
        "article": key,
        "sentence": item.sentence.index,
        "start": item.span.start,
        "end": item.span.end,
        "words": item.words if text else None,
        "figure": amount.figure,
        "value": float(numeral.value),
        "upper": float(numeral.upper),
        "kind": numeral.kind,
        "money": numeral.money,
        "percent": numeral.percent,
        "qualifier": amount.qualifier,
        "unit": amount.unit,
        "period": amount.period,
        "voice": item.voiced.voice,
        "speaker": item.voiced.speaker,
    }


def _words(span: Span, article: Article) -> int:
    return len(WORD.findall(article.text, span.start, span.end))
