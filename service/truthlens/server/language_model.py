"""Which language model on this computer rewords reports: what the reader chose in the options, else what the
environment names."""

from __future__ import annotations

import logging
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from truthlens.errors import ServiceError
from truthlens.server.chosen_model import KEY, listens, settled
from truthlens.server.jobs import Jobs
from truthlens.server.reply import place_of
from truthlens.settings import Settings
from truthlens.store import preferences
from truthlens.store.library import Library

if TYPE_CHECKING:
    from truthlens.analyse import Analyser

Json = dict[str, Any]

_log = logging.getLogger(__name__)

# The encoder, and what rewords, are imported late: the application is made before they are loaded.


class LanguageModelChoice:
    """Fits the analyser that ``jobs`` work with anew when the reader chooses; later analyses use it."""

    def __init__(self, *, settings: Settings, library: Library, jobs: Jobs) -> None:
        self._settings = settings
        self._library = library
        self._jobs = jobs
        self._analyser: Analyser | None = None
        self._lock = Lock()

    def fit(self, analyser: Analyser) -> None:
        """Let the jobs begin with this analyser, and with what was chosen before.

        A choice of the options that no longer holds (a hosts file may have changed) is left out and logged;
        one of the environment raises ServiceError ``bad_settings``, as every setting of it does.
        """
        with self._lock:
            self._analyser = analyser
            self._equip()

    def choose(self, url: str, model: str) -> Json:
        """Keep a choice and use it from now on; ``url`` "" asks none. Raises ServiceError ``bad_settings``
        (422) for an address that is not this computer's, or without a name for the model.
        """
        from truthlens.llm.endpoint import endpoint

        wanted = replace(self._settings, llm_url=url.strip(), llm_model=model.strip())
        try:
            endpoint(wanted)
        except ServiceError as error:
            raise ServiceError(error.code, error.message, _REMEDY, status=422) from error
        with self._lock:
            value = msgspec.json.encode([wanted.llm_url, wanted.llm_model]).decode()
            with self._library.writing() as connection:
                preferences.put(connection, KEY, value)
            if self._analyser is not None:
                self._equip()
        return self.chosen()

    def chosen(self) -> Json:
        """What is asked, where that was named, and whether something listens there."""
        from truthlens.llm.endpoint import endpoint

        settings, in_options = settled(self._settings, self._library)
        try:
            found = endpoint(settings)
        except ServiceError:
            found = None
        return {
            "url": settings.llm_url,
            "model": settings.llm_model,
            "chosen_in": "" if not settings.llm_url else "options" if in_options else "environment",
            "reachable": (found is not None and listens(found)) if settings.llm_url else None,
        }

    def _equip(self) -> None:
        from truthlens.llm.rewording import with_language_model

        assert self._analyser is not None
        settings, in_options = settled(self._settings, self._library)
        try:
            fitted = with_language_model(self._analyser, settings)
        except ServiceError as error:
            if not in_options:
                raise
            _log.error("the language model that was chosen is not asked: %s", place_of(error))
            fitted = self._analyser
        self._jobs.model_ready(fitted)


_REMEDY = (
    "Give an http address of 127.0.0.1, ::1 or localhost, such as http://127.0.0.1:11434/v1, and a name."
)
