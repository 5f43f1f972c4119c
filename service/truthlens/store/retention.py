"""Which analyses are past their time, also on a computer whose clock was wrong for a while."""

from __future__ import annotations

import sqlite3

# Rows were saved in the order of their rowids. So a row is no older than any that was saved before it, and no
# younger than any saved after it, whatever the clock said. `since` takes in the first, as far as those
# moments are not in the future themselves; `until` the second.
_PAST = """
SELECT id FROM (
    SELECT id, created_at,
        max(created_at) FILTER (WHERE created_at <= ?2)
            OVER (ORDER BY analyses.rowid ROWS UNBOUNDED PRECEDING) AS since,
        min(created_at)
            OVER (ORDER BY analyses.rowid ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS until
    FROM analyses
) WHERE max(coalesce(since, 0), until) < ?1
"""


def past(connection: sqlite3.Connection, *, moment: float, now: float) -> list[str]:
    """Ids of what was saved before ``moment``; both are seconds since 1970.

    What was saved while the clock stood years back counts as saved after what was there already, and what was
    saved while it stood ahead as saved before what came later.
    """
    return [row[0] for row in connection.execute(_PAST, (moment, now))]
