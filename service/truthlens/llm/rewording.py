"""An analyser whose reports are reworded after they are made, when a language model is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truthlens.domain import Article, Report
from truthlens.llm.client import LanguageModel
from truthlens.llm.endpoint import endpoint
from truthlens.llm.rewrite import Asked, reworded, version
from truthlens.settings import Settings

if TYPE_CHECKING:
    from truthlens.analyse import Analyser, Early, Progress
    from truthlens.reading import Reading

SHARE = 0.95  # of an analysis's progress at which the questions begin


class Rewording:
    """Stands where an `Analyser` stands; ``versions`` tell its results from those without the model."""

    def __init__(self, analyser: Analyser, model: Asked) -> None:
        self._analyser = analyser
        self._model = model
        self.versions = {**analyser.versions, "language_model": version(model.name)}

    def reading(self, article: Article, *, progress: Progress) -> Reading:
        return self._analyser.reading(article, progress=progress)

    def analyse(self, article: Article, *, progress: Progress) -> Report:
        return self.analyse_with_reading(article, progress=progress, early=None)[0]

    def analyse_with_reading(
        self, article: Article, *, progress: Progress, early: Early | None
    ) -> tuple[Report, Reading]:
        report, reading = self._analyser.analyse_with_reading(article, progress=progress, early=early)
        told = reworded(
            report,
            self._model,
            self._analyser,
            progress=lambda share: progress("report", SHARE + (1 - SHARE) * share),
        )
        return told, reading


def with_language_model(analyser: Analyser, settings: Settings) -> Analyser | Rewording:
    """The analyser itself when no language model is wanted. Raises ServiceError ``bad_settings``."""
    found = endpoint(settings)
    return analyser if found is None else Rewording(analyser, LanguageModel(found))
