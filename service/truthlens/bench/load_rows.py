"""What `truthlens bench load` looks at, one row for each; importing this loads nothing else."""

from __future__ import annotations

from dataclasses import dataclass

KEYS = {
    "overload": "10, 50 and 200 analyses asked for at once: taken or told when to come back",
    "same": "one article asked for a hundred times at once: analysed once",
    "alike": "the same pages by one reader and by eight: the same bytes",
    "slow": "the status route beside 150 clients that send slowly or do not read",
    "refusals": "every reply under load: no 5xx but 503 with Retry-After",
    "status": "the status route under load, ten times a second",
    "replies": "the slowest reply to a reader, against the 25 s that a browser's worker is allowed",
    "memory": "resident memory under load",
    "descriptors": "open files and threads under load",
    "stop": "a clean end within 10 s, with eight analyses under way",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``key`` is one of KEYS, ``tried`` counts inputs, ``figure`` says in a few words what was found.

    ``passed`` is None where there was too little to judge by.
    """

    key: str
    tried: int
    passed: bool | None
    figure: str
