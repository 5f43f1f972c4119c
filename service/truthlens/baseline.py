"""What the report's figures are set against."""

from __future__ import annotations

PLAIN = 0.5
"""Own-voice marks per 100 own words of plain reporting: 138 Reuters sentences that BABE's experts found
unbiased, 95% interval .30 to .75 (`truthlens evaluate plain_reporting`). Sentences of three partisan
outlets that they found biased have 2.8 to 3.0.
"""
