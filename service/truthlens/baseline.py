"""What the report's figures are set against."""

from __future__ import annotations

PLAIN = 0.55
"""Own-voice marks per 100 own words of plain reporting: 138 Reuters sentences that BABE's experts found
unbiased, 95% interval .32 to .80 (`truthlens evaluate plain_reporting`).
"""
