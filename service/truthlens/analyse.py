"""The one pass: article in, report out. Everything slow happens in one call of the encoder, and a small
second one where plainer wordings have to be checked.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from truthlens import __version__, seeds, stored_bank, weights
from truthlens.domain import Article, Finding, Problem, Report, SectionResult, Sentence, Voiced
from truthlens.encode import Encoded, Encoder, MiniLM, joined
from truthlens.heads import Blend, Head, Scores, score, together
from truthlens.indicator import Indicator, indicators
from truthlens.overlap import resolve
from truthlens.reading import Reading, SeedBank
from truthlens.relations.parties import parties
from truthlens.rewording.plainer import plainer
from truthlens.section import sections
from truthlens.seeds import SeedFamily
from truthlens.segment import segment
from truthlens.voices.voice import voices

if TYPE_CHECKING:
    from truthlens.settings import Settings

WORDING_HEADS = ("phrase", "loaded")
"""All that says how loaded a sentence is: see `heads.Blend`."""

Progress = Callable[[str, float], None]
"""Called with a stage (see `wire.STAGES`) and the share 0..1 of the whole; may raise to stop the analysis."""


Early = Callable[[Sequence[Sentence], Sequence[Finding]], None]
"""Given findings before the report is done: those of an article's first sentences, then all. What it was
given last is what the report has, but for plainer wordings."""

LEAD = 12
"""Sentences that are read first: headline and beginning, what a reader sees before scrolling."""

STAGED = 2 * LEAD
"""Articles with fewer sentences are read in one go: their marks would come a tenth of a second sooner."""


def _silent(stage: str, share: float) -> None:
    """For callers that do not watch."""


class Analyser:
    """Built once, shared by all requests: encoder, heads and seeds are only read after that.

    ``thresholds[head][output]`` come from the manifests. ``versions`` names all that decides a result, and so
    is part of every cache key. Without a ``bank`` the seeds are encoded here, which takes a minute.
    """

    def __init__(
        self,
        *,
        encoder: Encoder,
        heads: Mapping[str, Head],
        thresholds: Mapping[str, Mapping[str, float]],
        digest: str,
        blend: Blend | None = None,
        families: Mapping[str, SeedFamily] | None = None,
        bank: SeedBank | None = None,
    ) -> None:
        self._encoder = encoder
        self._heads = heads
        self._blend = blend
        self._wording_heads = {name: heads[name] for name in WORDING_HEADS if name in heads}
        self.thresholds = thresholds
        self._families = seeds.load_families() if families is None else families
        self._wording = seeds.load_wording()
        self._countries = seeds.load_countries()
        self._markets = seeds.load_markets()
        self._bank = bank or SeedBank.build(encoder, self._families)
        self._lock = Lock()
        self.versions = {
            "truthlens": __version__,
            "model": encoder.digest,
            "heads": digest,
            "seeds": seeds.digest()[:16],
        }

    @classmethod
    def load_for_good(cls, settings: Settings) -> Analyser:
        """The same as `load`, for a process that keeps it to its end.

        The search for garbage then leaves out all that is there already, 200,000 objects of libraries, model
        and seeds: looking through them took 93 ms, about once in fifteen articles.
        """
        analyser = cls.load(settings)
        gc.freeze()
        return analyser

    @classmethod
    def load(cls, settings: Settings, device: str = "cpu") -> Analyser:
        """Load model, weights and seeds; the encoder computes on ``device``, as torch names it.

        Raises ServiceError ``model_failed`` when one is unusable.
        """
        loaded = weights.load_all()
        families = seeds.load_families()
        return cls(
            encoder=MiniLM.load(settings.model_dir, loaded.adapter, settings.precision, device),
            heads=loaded.heads,
            thresholds=loaded.thresholds,
            digest=loaded.digest[:16],
            blend=loaded.blend,
            families=families,
            bank=stored_bank.load(families),
        )

    def read(self, texts: Sequence[str]) -> tuple[Encoded, Scores]:
        """One pass of the encoder over sentences, and what every head says of them."""
        encoded = self._encode(texts, None)
        return encoded, score(encoded, texts, self._heads, self._blend)

    def _read_wording(self, texts: Sequence[str]) -> tuple[Encoded, Scores]:
        """The same of sentences that are offered instead of others: only how loaded each is."""
        encoded = self._encode(texts, None)
        return encoded, score(encoded, texts, self._wording_heads, self._blend)

    def _encode(self, texts: Sequence[str], progress: Callable[[float], None] | None) -> Encoded:
        with self._lock:
            return self._encoder.encode(texts, progress)

    def reading(self, article: Article, *, progress: Progress = _silent) -> Reading:
        """What there is to know of an article before anyone judges it: one pass of the encoder."""
        return self._reading(article, progress, None, _Clock())

    def _reading(self, article: Article, progress: Progress, early: Early | None, clock: _Clock) -> Reading:
        progress("voice", 0.2)
        sentences = segment(article)
        clock.lap("segment")
        voiced = voices(article, sentences)
        clock.lap("voice")
        encoded, scores = self._read_in_stages(article, sentences, voiced, progress, early, clock)
        return self._known(article, sentences, voiced, encoded, scores, clock)

    def _read_in_stages(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        voiced: tuple[Voiced, ...],
        progress: Progress,
        early: Early | None,
        clock: _Clock,
    ) -> tuple[Encoded, Scores]:
        """Of a long article the first sentences by themselves, and what is found in them to ``early``.

        The same for all callers, so that a report does not depend on who watches.
        """
        texts = [sentence.text for sentence in sentences]
        lead = LEAD if len(texts) >= STAGED else 0
        progress("encode", 0.25)
        part = 0.65 * lead / max(len(texts), 1)
        if lead:
            first = self._encode(texts[:lead], lambda share: progress("encode", 0.25 + part * share))
            clock.lap("encode")
            begun = score(first, texts[:lead], self._heads, self._blend)
            clock.lap("heads")
            if early is not None:
                known = self._known(article, sentences[:lead], voiced, first, begun, _Clock())
                early(sentences[:lead], _found(known, []))
                clock.lap("early")
        rest = self._encode(
            texts[lead:], lambda share: progress("encode", 0.25 + part + (0.65 - part) * share)
        )
        clock.lap("encode")
        scores = score(rest, texts[lead:], self._heads, self._blend)
        clock.lap("heads")
        return (joined(first, rest), together(begun, scores)) if lead else (rest, scores)

    def _known(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        voiced: tuple[Voiced, ...],
        encoded: Encoded,
        scores: Scores,
        clock: _Clock,
    ) -> Reading:
        named = parties(sentences, scores, countries=self._countries)
        clock.lap("names")
        return Reading(
            article=article,
            sentences=sentences,
            voices=voiced,
            encoded=encoded,
            scores=scores,
            thresholds=self.thresholds,
            families=self._families,
            bank=self._bank,
            wording=self._wording,
            parties=named,
            countries=self._countries,
            markets=self._markets,
        )

    def analyse(self, article: Article, *, progress: Progress = _silent) -> Report:
        """Read one article. Same article, same report: nothing here depends on time, order or chance."""
        return self.analyse_with_reading(article, progress=progress)[0]

    def analyse_with_reading(
        self, article: Article, *, progress: Progress = _silent, early: Early | None = None
    ) -> tuple[Report, Reading]:
        """The same, and all that is known of the article, for what is kept beside its report."""
        clock = _Clock()
        reading = self._reading(article, progress, early, clock)
        progress("report", 0.9)
        problems: list[Problem] = []
        findings = _found(reading, problems)
        clock.lap("indicators")
        if early is not None:
            early(reading.sentences, findings)
        reading, findings = plainer(reading, findings, self._read_wording)
        clock.lap("rewording")
        built = _sections(reading, findings, problems)
        clock.lap("sections")
        report = Report(
            article=article,
            sentences=reading.sentences,
            voices=reading.voices,
            findings=findings,
            sections=built,
            problems=tuple(problems),
            versions=dict(self.versions),
            timings_ms=clock.laps,
        )
        return report, reading


def _found(reading: Reading, problems: list[Problem]) -> tuple[Finding, ...]:
    return resolve([item for each in indicators().values() for item in _find(each, reading, problems)])


def _find(indicator: Indicator, reading: Reading, problems: list[Problem]) -> list[Finding]:
    try:
        return list(indicator.find(reading))
    except Exception as error:  # noqa: BLE001  # one broken plug-in must not cost the reader the others
        problems.append(_problem("indicator_failed", indicator.title, error))
        return []


def _sections(
    reading: Reading, findings: Sequence[Finding], problems: list[Problem]
) -> tuple[SectionResult, ...]:
    built = []
    for section in sections().values():
        try:
            blocks = tuple(section.build(reading, findings))
        except Exception as error:  # noqa: BLE001  # as above
            problems.append(_problem("section_failed", section.title, error))
            continue
        built.append(
            SectionResult(key=section.key, title=section.title, placement=section.placement, blocks=blocks)
        )
    return tuple(built)


def _problem(code: str, title: str, error: Exception) -> Problem:
    # The type alone: an exception's text may quote the article, and problems reach logs.
    return Problem(code=code, message=f"“{title}” could not be worked out ({type(error).__name__}).")


class _Clock:
    """What each stage took; one that comes in two parts adds up."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = self.laps.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now
