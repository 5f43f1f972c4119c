"""Are two articles about the same event? By what they are about, whom they name, and when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from truthlens.events.event_trace import EventTrace
from truthlens.heads import WORD

SAME = 0.625
"""Score from which two articles are called reports of one event. Chosen on the first 250 events of NeuS's
train part (744 articles of three sentences, no dates), where it is the bar of the best F1."""

SAME_TITLE = 0.55
"""The same where one side is known by its title alone; chosen on the same articles in the same way."""

NAMES = 0.2
"""How much shared names count beside the vectors' closeness. F1 on those articles: .652 without names, .662
with .1, .668 with .2, .667 with .3."""
STEADY = 3
"""Words of names that nothing shares, added to the smaller side: two names out of two are no proof."""

APART = 0.2
"""What a gap between the dates takes from a score, in full from GRACE + SPREAD days on. On the even-numbered
triples of BASIL F1 at the best bar was .969 without dates, .975 with .1, .988 with .2, .994 with .3; the
smallest that reached recall 1 among the nearest two was kept, since dates may be those of an update."""
GRACE = 3  # days: no two of BASIL's triples lie further apart
SPREAD = 7  # days


def closeness(one: EventTrace, other: EventTrace) -> float:
    """How likely it is that both tell of one event, 0..1; not a probability. Compare with `SAME`."""
    close = float(one.vector @ other.vector)
    gap = days_apart(one.published, other.published)
    late = min(max(gap - GRACE, 0), SPREAD) / SPREAD
    score = (close + NAMES * shared_names(one.names, other.names) - APART * late) / (1 + NAMES)
    return min(max(score, 0.0), 1.0)


def shared_names(one: Iterable[str], other: Iterable[str]) -> float:
    """Share of the words of names that both have, by the side with fewer, 0..1.

    By words: one article writes "Jane Roe" where the other has "Roe".
    """
    ours, theirs = _words(one), _words(other)
    return len(ours & theirs) / (min(len(ours), len(theirs)) + STEADY)


def days_apart(one: str, other: str) -> int:
    """Days between two ISO dates; 0 when one is unknown or none."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 0


def _words(names: Iterable[str]) -> frozenset[str]:
    found = (match.group().lower() for name in names for match in WORD.finditer(name))
    return frozenset(word for word in found if len(word) > 2)
