"""Domain → JSON: what replies look like. Only this module and `requests.py` know both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from truthlens.annotate import Annotator, Json, Places
from truthlens.domain import (
    Article,
    Block,
    Evidence,
    Finding,
    Report,
    SectionResult,
    Sentence,
    Statement,
    Voice,
)
from truthlens.heads import WORD
from truthlens.indicator import indicators
from truthlens.section import sections

VOICES: dict[Voice, str] = {
    "own": "the outlet’s own words",
    "quote": "quoted",
    "attributed": "reported",
    "headline": "headline",
}
STAGES = {
    "extract": "reading the page",
    "voice": "finding who speaks",
    "encode": "weighing the wording",
    "report": "writing the report",
}
"""Stages of an analysis in their order, with the words that progress is told in."""


def result(analysis_id: str, report: Report) -> Json:
    """The result part of an analysis: article, annotations, report, versions, timings."""
    article = report.article
    annotator = Annotator(article, report.sentences)
    return {
        "article": {
            "title": article.title,
            "url": article.url,
            "canonical_url": article.canonical_url,
            "byline": article.byline,
            "published": article.published,
            "modified": article.modified,
            "outlet": article.outlet,
            "language": article.language,
            "extracted_by": article.extracted_by,
            "text": article.text,
            "words": len(WORD.findall(article.text)),
            "paragraphs": 1 + max((sentence.paragraph for sentence in report.sentences), default=-1),
            "links": [{"text": link.text, "url": link.url} for link in article.links],
            "labels": list(article.labels),
        },
        "annotations": _annotations(analysis_id, annotator, report.findings),
        "report": {
            "counts": _counts(report),
            "sections": [_section(section, Places(annotator)) for section in report.sections],
            "problems": [{"code": item.code, "message": item.message} for item in report.problems],
        },
        "versions": dict(report.versions),
        "timings_ms": {stage: round(took, 1) for stage, took in report.timings_ms.items()},
    }


def early(
    analysis_id: str, article: Article, sentences: Sequence[Sentence], findings: Sequence[Finding]
) -> list[Json]:
    """Annotations that are shown before the report is done, in the same shape."""
    return _annotations(analysis_id, Annotator(article, sentences), findings)


def catalogue() -> Json:
    """What the extension needs in order to keep no list of its own."""
    return {
        "indicators": [
            {"key": item.key, "title": item.title, "describes": item.describes.strip(), "colour": item.colour}
            for item in indicators().values()
        ],
        "sections": [
            {"key": item.key, "title": item.title, "order": item.order, "placement": item.placement}
            for item in sections().values()
        ],
        "voices": [{"key": key, "title": title} for key, title in VOICES.items()],
        "stages": [{"key": key, "title": title} for key, title in STAGES.items()],
    }


def _annotations(analysis_id: str, annotator: Annotator, findings: Sequence[Finding]) -> list[Json]:
    return [
        annotator.annotation(
            finding, identifier=f"urn:truthlens:{analysis_id}:{number}", indicators=indicators()
        )
        for number, finding in enumerate(findings)
    ]


def _counts(report: Report) -> Json:
    by_indicator = Counter(finding.indicator for finding in report.findings)
    by_voice = Counter(finding.voice for finding in report.findings)
    return {
        "words": len(WORD.findall(report.article.text)),
        "sentences": len(report.sentences),
        "findings": len(report.findings),
        "by_indicator": {key: by_indicator[key] for key in indicators()},
        "by_voice": {key: by_voice[key] for key in VOICES},
    }


def blocks(built: Sequence[Block], places: Places) -> list[Json]:
    """Blocks of a report or of anything that is shown like one."""
    return [_block(block, places) for block in built]


def _section(section: SectionResult, places: Places) -> Json:
    return {
        "key": section.key,
        "title": section.title,
        "placement": section.placement,
        "blocks": blocks(section.blocks, places),
    }


def _block(block: Block, places: Places) -> Json:
    fields: Json = {"kind": block.kind}
    match block.kind:
        case "text":
            fields["statement"] = _statement(block.statement, places)
        case "list":
            fields["statements"] = [_statement(item, places) for item in block.statements]
        case "meter":
            fields |= {
                "key": block.key,
                "title": block.title,
                "grade": block.grade,
                "unsure": block.unsure,
                "line": block.line,
                "formula": block.formula,
                "inputs": [list(pair) for pair in block.inputs],
                "evidence": _evidence(block.evidence, places),
            }
        case "table":
            fields["columns"] = list(block.columns)
            fields["rows"] = [
                [{"text": cell.text, "evidence": _evidence(cell.evidence, places)} for cell in row]
                for row in block.rows
            ]
        case "links":
            fields["links"] = [{"text": link.text, "url": link.url} for link in block.links]
        case "quote":
            fields |= {"text": block.text, "evidence": _evidence(block.evidence, places)}
        case "note" | "nothing":
            fields["text"] = block.text
        case "bars":
            fields |= {
                "unit": block.unit,
                "whole": block.whole,
                "bars": [
                    {
                        "label": bar.label,
                        "amounts": [[voice, amount] for voice, amount in bar.amounts],
                        "evidence": _evidence(bar.evidence, places),
                    }
                    for bar in block.bars
                ],
            }
        case "graph":
            fields["nodes"] = list(block.nodes)
            fields["edges"] = [
                {
                    "source": edge.source,
                    "target": edge.target,
                    "label": edge.label,
                    "evidence": _evidence(edge.evidence, places),
                }
                for edge in block.edges
            ]
    return fields


def _statement(statement: Statement, places: Places) -> Json:
    return {"text": statement.text, "evidence": _evidence(statement.evidence, places)}


def _evidence(evidence: Sequence[Evidence], places: Places) -> list[Json]:
    return [places.evidence(item) for item in evidence]
