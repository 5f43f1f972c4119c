"""The articles that a report is about: whose they are, when they appeared, what they add to the counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from truthlens.batch import manifest
from truthlens.batch.manifest import Manifest
from truthlens.batch.tables import SCHEMA
from truthlens.corpus.counts import Counts, counted
from truthlens.corpus.periods import Length, day_of, length, period
from truthlens.errors import ServiceError

By = Literal["outlet", "site"]
NOBODY = "unknown"
"""Articles of which neither input nor page names the outlet, nor the address a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """``outlets[i]``, ``periods[i]`` ("" without a day) and row i of ``counts`` belong to one article.

    ``again`` counts articles left out since another of theirs has the same address.
    """

    run: Manifest
    by: By
    length: Length
    outlets: npt.NDArray[np.object_]
    periods: npt.NDArray[np.object_]
    counts: Counts
    again: int


def gather(out: Path, by: By, watch: Callable[[int], None] = lambda _: None) -> Corpus:
    """All finished parts; ``watch`` hears how many articles were read. About 400 bytes of memory an article.

    Raises ServiceError ``no_corpus`` or ``other_schema``.
    """
    run = _run(out)
    outlets, days, kept, seen, again = [], [], [], set[int](), 0
    for part in counted(out):
        about, keep = part.about, []
        for row in range(len(part.counts)):
            address = about["canonical_url"][row] or about["url"][row]
            digest = hash(address)  # of eight bytes: shorter than addresses, and as good as never shared
            if address and digest in seen:
                again += 1
                continue
            seen.add(digest)
            keep.append(row)
            outlets.append(sys.intern(_outlet(about, row, by)))
            days.append(day_of(about["published"][row], about["captured"][row]))
        kept.append(part.counts[keep])
        watch(len(outlets))
    if not outlets:
        raise _no_corpus("The folder holds no article of a finished part.")
    long = length([day for day in days if day is not None])
    return Corpus(
        run=run,
        by=by,
        length=long,
        outlets=np.array(outlets, object),
        periods=np.array([period(day, long) if day else "" for day in days], object),
        counts=np.concatenate(kept),
        again=again,
    )


def site(url: str) -> str:
    """The host of an address, without the www. before it; "" for what is no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _outlet(about: Mapping[str, list[str]], row: int, by: By) -> str:
    its_site = site(about["url"][row])
    if by == "site":
        return its_site or NOBODY
    return " ".join(about["outlet"][row].split()) or its_site or NOBODY


def _run(out: Path) -> Manifest:
    try:
        run = manifest.load(out)
    except ServiceError as error:
        raise _no_corpus("There are no tables of a batch in the folder.") from error
    if run is None:
        raise _no_corpus("There are no tables of a batch in the folder.")
    if run.schema != SCHEMA:
        raise ServiceError(
            "other_schema",
            f"The tables are of schema {run.schema}, and this version reads schema {SCHEMA}.",
            "Use the version of TruthLens that wrote them, or run the batch again.",
        )
    return run


def _no_corpus(message: str) -> ServiceError:
    return ServiceError("no_corpus", message, "Give the folder that `truthlens batch --out` wrote.")
