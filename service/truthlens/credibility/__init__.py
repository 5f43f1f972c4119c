"""The five parts of the credibility summary: one file each, in the order in which they are shown.

Each part is four questions answered by counting, so that a reader can count again. Where the questions come
from stands in ``docs/credibility.md``, which a test holds to the formulas here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from truthlens.credibility import balance, headline, language, sourcing, transparency
from truthlens.domain import Finding, Meter
from truthlens.reading import Reading

PARTS: tuple[Callable[[Reading, Sequence[Finding]], Meter], ...] = (
    sourcing.meter,
    balance.meter,
    language.meter,
    headline.meter,
    transparency.meter,
)
FORMULAS = {
    "sourcing": sourcing.FORMULA,
    "balance": balance.FORMULA,
    "language": language.FORMULA,
    "headline": headline.FORMULA,
    "transparency": transparency.FORMULA,
}
