"""A plug-in of pytest for `make trust`: writes each test's outcome and what it recorded as a line of JSON.

A test records it with pytest's own ``record_property``: "tried" is a count, "figure" a few words.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_outcomes: dict[str, dict[str, Any]] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Called after set-up, call and tear-down of each test; the worst of the three is its outcome."""
    seen = _outcomes.setdefault(report.nodeid, {"outcome": "passed"})
    if report.outcome != "passed" and seen["outcome"] != "failed":
        seen["outcome"] = report.outcome
    if report.skipped and isinstance(report.longrepr, tuple):
        seen["reason"] = str(report.longrepr[2]).removeprefix("Skipped: ")
    if report.when == "teardown":
        seen["tried"] = [value for name, value in report.user_properties if name == "tried"]
        seen["figures"] = [str(value) for name, value in report.user_properties if name == "figure"]
        with Path(os.environ["TRUTHLENS_TRUST_OUTCOMES"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": report.nodeid, **seen}) + "\n")
