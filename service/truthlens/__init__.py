"""TruthLens: how a news article is worded, sourced and balanced, read on the reader's own computer."""

__version__ = "0.1.0"
API_VERSION = 1
"""Version of the HTTP interface. The extension refuses a service that speaks another one."""
