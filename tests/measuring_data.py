"""Where the training and measuring data lie, if here: beside the repository, or named by a variable."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
DATA = Path(os.environ.get("TRUTHLENS_DATA") or BESIDE)
