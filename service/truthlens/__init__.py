"""TruthLens: how a news article is worded, sourced and balanced, read on the reader's own computer."""

import os

# numpy's arithmetic and torch's each keep threads of their own, and on two cores those that wait keep those
# that work from working: the demo article took 506 ms, and 385 ms with one thread for numpy, whose products
# are small. numpy reads this when it is imported, and whatever of ours imports it imports this file first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
API_VERSION = 1
"""Version of the HTTP interface. The extension refuses a service that speaks another one."""
